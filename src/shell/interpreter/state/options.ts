/** `set -o` and `shopt`. */
export interface ShellOptions {
  allexport: boolean;
  errexit: boolean;
  noclobber: boolean;
  noexec: boolean;
  noglob: boolean;
  nounset: boolean;
  pipefail: boolean;
  verbose: boolean;
  xtrace: boolean;
  monitor: boolean;
  errtrace: boolean;
  functrace: boolean;
  posix: boolean;
  shopt: Set<string>;
}

export type OptionName = Exclude<keyof ShellOptions, 'shopt'>;

export const optionLetters: Readonly<Record<string, OptionName>> = {
  a: 'allexport',
  e: 'errexit',
  C: 'noclobber',
  n: 'noexec',
  f: 'noglob',
  u: 'nounset',
  v: 'verbose',
  x: 'xtrace',
  m: 'monitor',
  E: 'errtrace',
  T: 'functrace',
};

/** Options that can be set by name alone. */
const namedOnly: readonly OptionName[] = ['pipefail', 'posix'];

export const optionNames: readonly OptionName[] = [...Object.values(optionLetters), ...namedOnly].sort();

export const shoptNames: readonly string[] = [
  'autocd',
  'cdspell',
  'checkwinsize',
  'dotglob',
  'expand_aliases',
  'extglob',
  'failglob',
  'globstar',
  'histappend',
  'inherit_errexit',
  'lastpipe',
  'nocaseglob',
  'nocasematch',
  'nullglob',
  'sourcepath',
];

export function defaultOptions(): ShellOptions {
  return {
    allexport: false,
    errexit: false,
    noclobber: false,
    noexec: false,
    noglob: false,
    nounset: false,
    pipefail: false,
    verbose: false,
    xtrace: false,
    monitor: false,
    errtrace: false,
    functrace: false,
    posix: false,
    shopt: new Set(['checkwinsize', 'extglob', 'sourcepath']),
  };
}
