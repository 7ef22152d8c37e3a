import type { Assignment } from 'unbash';
import type { Personality } from '../state/personality.ts';
import type { Shell } from '../state/shell.ts';
import type { Steps } from '../steps.ts';
import { alias, unalias } from './aliases.ts';
import { command, builtin, hash, type } from './commands.ts';
import { declare, exportVariables, local, readonly } from './declare.ts';
import { changeDirectory, dirs, popDirectory, printDirectory, pushDirectory } from './directories.ts';
import { exec, evaluate, source } from './exec.ts';
import { breakLoop, continueLoop, exit, returnFrom } from './flow.ts';
import { getopts } from './getopts.ts';
import { history } from './history.ts';
import { background, disown, foreground, jobs, wait } from './jobs.ts';
import { kill } from './kill.ts';
import { letBuiltin } from './let.ts';
import { mapfile } from './mapfile.ts';
import { echo, printf } from './output.ts';
import { read } from './read.ts';
import { set, shift, shopt, unset } from './set.ts';
import { test } from './test.ts';
import { times, ulimit, umask } from './limits.ts';
import { trap } from './trap.ts';

export type PlainBuiltin = (shell: Shell, argv: readonly string[]) => Steps<number>;
export type DeclarationBuiltin = (shell: Shell, argv: readonly (string | Assignment)[]) => Steps<number>;

/** A command that runs in the shell itself. A declaration gets assignments as they were parsed. */
export type Builtin =
  | { readonly kind: 'plain'; readonly isSpecial: boolean; readonly run: PlainBuiltin }
  | { readonly kind: 'declaration'; readonly isSpecial: boolean; readonly run: DeclarationBuiltin };

const succeed: PlainBuiltin = function* () {
  return 0;
};

const fail: PlainBuiltin = function* () {
  return 1;
};

/** POSIX's special builtins: their errors end a shell that is not interactive. */
const special: Readonly<Record<string, PlainBuiltin>> = {
  ':': succeed,
  '.': source,
  break: breakLoop,
  continue: continueLoop,
  eval: evaluate,
  exec,
  exit,
  return: returnFrom,
  set,
  shift,
  times,
  trap,
  unset,
};

const ordinary: Readonly<Record<string, PlainBuiltin>> = {
  '[': test,
  alias,
  bg: background,
  cd: changeDirectory,
  command,
  echo,
  false: fail,
  fg: foreground,
  getopts,
  hash,
  jobs,
  kill,
  printf,
  pwd: printDirectory,
  read,
  test,
  true: succeed,
  type,
  ulimit,
  umask,
  unalias,
  wait,
};

const bashOnly: Readonly<Record<string, PlainBuiltin>> = {
  builtin,
  dirs,
  disown,
  history,
  let: letBuiltin,
  logout: exit,
  mapfile,
  popd: popDirectory,
  pushd: pushDirectory,
  readarray: mapfile,
  shopt,
  source,
};

const declarations: Readonly<Record<string, DeclarationBuiltin>> = { export: exportVariables, local, readonly };
const bashDeclarations: Readonly<Record<string, DeclarationBuiltin>> = { declare, typeset: declare };

function tableFor(isBash: boolean, alsoNames: readonly string[]): ReadonlyMap<string, Builtin> {
  const table = new Map<string, Builtin>();
  const addPlain = (builtins: Readonly<Record<string, PlainBuiltin>>, isSpecial: boolean): void => {
    for (const [name, run] of Object.entries(builtins)) table.set(name, { kind: 'plain', isSpecial, run });
  };
  addPlain(special, true);
  addPlain(ordinary, false);
  if (isBash) addPlain(bashOnly, false);
  for (const name of alsoNames) table.set(name, { kind: 'plain', isSpecial: false, run: bashOnly[name]! });
  const declaring = isBash ? { ...declarations, ...bashDeclarations } : declarations;
  for (const [name, run] of Object.entries(declaring)) {
    table.set(name, { kind: 'declaration', isSpecial: name !== 'local', run });
  }
  return table;
}

const tables: Readonly<Record<Personality['id'], ReadonlyMap<string, Builtin>>> = {
  bash: tableFor(true, []),
  dash: tableFor(false, []),
  ash: tableFor(false, ['let', 'source', 'history']),
};

export function builtinNamed(name: string, personality: Personality): Builtin | undefined {
  return tables[personality.id].get(name);
}

export function builtinNames(personality: Personality): readonly string[] {
  return [...tables[personality.id].keys()].sort();
}
