import type { ParameterExpansionPart, Word } from 'unbash';
import { ShellError } from '../control-flow.ts';
import type { Shell } from '../state/shell.ts';
import { specialValue } from '../state/special-variables.ts';
import { entriesOf, scalarOf } from '../state/variable.ts';
import type { Steps } from '../steps.ts';
import { arithmetic, indexIn } from './shell-arithmetic.ts';

/** What a parameter stands for before anything is done to it. */
export type ParameterValue =
  | { readonly kind: 'scalar'; readonly text: string | undefined }
  | { readonly kind: 'list'; readonly items: readonly string[]; readonly isStar: boolean };

/** How a subscript's word becomes text: given by the expansion of words, which uses this file. */
export type ExpandText = (shell: Shell, word: Word) => Steps<string>;

/** A parameter without braces: `$1`, `$x`, `$?`, `$@`. */
export function plainParameter(shell: Shell, name: string): ParameterValue {
  if (name === '@' || name === '*') return { kind: 'list', items: shell.positional, isStar: name === '*' };
  return { kind: 'scalar', text: scalarParameter(shell, name) };
}

function scalarParameter(shell: Shell, name: string): string | undefined {
  if (/^\d+$/.test(name)) return name === '0' ? shell.name : shell.positional[Number(name) - 1];
  switch (name) {
    case '?':
      return String(shell.lastStatus);
    case '$':
      return String(shell.shellPid);
    case '!':
      return shell.backgroundPid === undefined ? undefined : String(shell.backgroundPid);
    case '#':
      return String(shell.positional.length);
    case '-':
      return optionFlags(shell);
    case '_':
      return shell.lastArgument;
    default:
      break;
  }
  const variable = shell.variables.find(name);
  return variable ? scalarOf(variable.value) : specialValue(shell, name);
}

function optionFlags(shell: Shell): string {
  const { options } = shell;
  return [
    options.allexport && 'a',
    options.errexit && 'e',
    options.noglob && 'f',
    shell.personality.id === 'bash' && 'h',
    shell.isInteractive && 'i',
    options.monitor && 'm',
    options.noexec && 'n',
    options.nounset && 'u',
    options.verbose && 'v',
    options.xtrace && 'x',
    shell.personality.id === 'bash' && 'B',
    options.noclobber && 'C',
    shell.isCommandString && 'c',
    shell.readsInput && 's',
  ]
    .filter((letter) => letter !== false)
    .join('');
}

/** The parameter of `${…}`, with its subscript and after one indirection (`!`). */
export function* bracedParameter(
  shell: Shell,
  part: ParameterExpansionPart,
  expandText: ExpandText,
): Steps<ParameterValue> {
  const index = part.index;
  const value = index
    ? yield* subscripted(shell, part.parameter, index, expandText)
    : plainParameter(shell, part.parameter);
  if (part.prefix !== '!') return value;
  return indirect(shell, part, value);
}

function indirect(shell: Shell, part: ParameterExpansionPart, value: ParameterValue): ParameterValue {
  const reference = shell.variables.findDirect(part.parameter);
  if (reference?.isReference) return { kind: 'scalar', text: shell.variables.resolve(part.parameter) };
  const target = value.kind === 'scalar' ? value.text : value.items[0];
  if (!target) {
    if (target === undefined && !part.operation) {
      throw new ShellError(`${part.parameter}: invalid indirect expansion`);
    }
    return { kind: 'scalar', text: undefined };
  }
  const element = /^([A-Za-z_]\w*)\[(.+)\]$/s.exec(target);
  if (element) return elementOf(shell, element[1]!, element[2]!);
  if (!/^(?:[A-Za-z_]\w*|\d+|[@*#?$!-])$/.test(target)) {
    throw new ShellError(`${target}: invalid variable name`, { isFatal: false });
  }
  return plainParameter(shell, target);
}

function* subscripted(shell: Shell, name: string, index: Word, expandText: ExpandText): Steps<ParameterValue> {
  if (index.text === '@' || index.text === '*') return elementOf(shell, name, index.text);
  return elementOf(shell, name, yield* expandText(shell, index));
}

function elementOf(shell: Shell, name: string, subscript: string): ParameterValue {
  const value = shell.variables.find(name)?.value;
  if (subscript === '@' || subscript === '*') {
    if (name === 'FUNCNAME') return { kind: 'list', items: shell.callNames.toReversed(), isStar: subscript === '*' };
    if (name === 'PIPESTATUS') return { kind: 'list', items: shell.pipeStatus.map(String), isStar: subscript === '*' };
    return { kind: 'list', items: entriesOf(value).map(([, text]) => text), isStar: subscript === '*' };
  }
  if (value?.kind === 'associative') return { kind: 'scalar', text: value.items.get(subscript) };
  if (name === 'FUNCNAME') {
    return { kind: 'scalar', text: shell.callNames.at(-1 - Number(arithmetic(shell, subscript))) };
  }
  const at = indexIn(shell, name, arithmetic(shell, subscript));
  if (name === 'PIPESTATUS') return { kind: 'scalar', text: shell.pipeStatus[at]?.toString() };
  if (value?.kind === 'indexed') return { kind: 'scalar', text: value.items.get(at) };
  return { kind: 'scalar', text: at === 0 ? scalarOf(value) : undefined };
}

/** `${#x}`, `${#a[@]}` */
export function lengthOf(value: ParameterValue): string {
  return String(value.kind === 'list' ? value.items.length : [...(value.text ?? '')].length);
}

/** `${!prefix@}`: names that begin so. */
export function namesWith(shell: Shell, prefix: string): readonly string[] {
  return shell.variables.names().filter((name) => name.startsWith(prefix) && shell.variables.find(name)?.value);
}

/** `${!a[@]}`: the subscripts. */
export function keysOf(shell: Shell, name: string): readonly string[] {
  return entriesOf(shell.variables.find(name)?.value).map(([key]) => key);
}
