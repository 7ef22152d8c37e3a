import { FileError } from '../../file-system.ts';
import { ShellError } from '../control-flow.ts';
import type { Shell } from '../state/shell.ts';
import type { Steps } from '../steps.ts';

/** A path without `.`, `..` and double slashes, as `cd -L` sees it: symlinks keep their names. */
export function logicalPath(path: string): string {
  const names: string[] = [];
  for (const name of path.split('/')) {
    if (name === '..') names.pop();
    else if (name !== '' && name !== '.') names.push(name);
  }
  return `/${names.join('/')}`;
}

export function* changeDirectory(shell: Shell, [, ...words]: readonly string[]): Steps<number> {
  let isPhysical = false;
  while (/^-[LPe@]+$/.test(words[0] ?? '')) isPhysical = words.shift()!.includes('P');
  if (words[0] === '--') words.shift();
  const isBash = shell.personality.id === 'bash';
  if (words.length > 1 && isBash) throw new ShellError('too many arguments', { isFatal: false });
  let target = words[0];
  let shows = false;
  if (target === undefined) {
    target = shell.variables.get('HOME');
    if (target === undefined) throw new ShellError('HOME not set', { isFatal: false });
  } else if (target === '-') {
    target = shell.variables.get('OLDPWD');
    if (target === undefined) throw new ShellError('OLDPWD not set', { isFatal: false });
    shows = true;
  }
  const found = alongPath(shell, target);
  if (found.isElsewhere) shows = true;
  enter(shell, found.path, target, isPhysical);
  if (shows) yield* shell.print(`${shell.cwd}\n`);
  return 0;
}

/** CDPATH */
function alongPath(shell: Shell, target: string): { path: string; isElsewhere: boolean } {
  const directories = shell.variables.get('CDPATH');
  if (directories && !/^\.{0,2}\//.test(target) && target !== '.' && target !== '..') {
    for (const directory of directories.split(':')) {
      const path = shell.path(`${directory === '' ? '.' : directory}/${target}`);
      if (shell.machine.files.stat(path)?.type === 'directory')
        return { path, isElsewhere: directory !== '' && directory !== '.' };
    }
  }
  return { path: shell.path(target), isElsewhere: false };
}

function enter(shell: Shell, path: string, shown: string, isPhysical: boolean): void {
  const { files } = shell.machine;
  const refuse = (reason: string): never => {
    const { id } = shell.personality;
    if (id === 'bash') throw new ShellError(`${shown}: ${reason}`, { isFatal: false });
    throw new ShellError(`can't cd to ${shown}${id === 'ash' ? `: ${reason}` : ''}`, {
      isFatal: false,
      status: id === 'dash' ? 2 : 1,
    });
  };
  const logical = logicalPath(path);
  const stat = files.stat(logical);
  if (!stat) refuse(reasonFor(shell, logical));
  else if (stat.type !== 'directory') refuse('Not a directory');
  else if (!files.mayAccess(logical, 'execute')) refuse('Permission denied');
  const old = shell.cwd;
  shell.cwd = isPhysical ? files.realPath(logical) : logical;
  shell.variables.set('OLDPWD', old);
  shell.variables.set('PWD', shell.cwd);
}

function reasonFor(shell: Shell, path: string): string {
  try {
    shell.machine.files.realPath(path);
  } catch (error) {
    if (error instanceof FileError) return error.message;
    throw error;
  }
  return 'No such file or directory';
}

export function* printDirectory(shell: Shell, [, option]: readonly string[]): Steps<number> {
  yield* shell.print(`${option === '-P' ? shell.machine.files.realPath(shell.cwd) : shell.cwd}\n`);
  return 0;
}

function shortened(shell: Shell, path: string): string {
  const home = shell.variables.get('HOME');
  if (home && (path === home || path.startsWith(`${home}/`))) return `~${path.slice(home.length)}`;
  return path;
}

function* showStack(shell: Shell): Steps<void> {
  yield* shell.print(`${[shell.cwd, ...shell.directoryStack].map((path) => shortened(shell, path)).join(' ')}\n`);
}

export function* pushDirectory(shell: Shell, [, target]: readonly string[]): Steps<number> {
  const [top, ...rest] = shell.directoryStack;
  if (target === undefined) {
    if (top === undefined) throw new ShellError('no other directory', { isFatal: false });
    const from = shell.cwd;
    enter(shell, top, top, false);
    shell.directoryStack = [from, ...rest];
  } else {
    const from = shell.cwd;
    enter(shell, shell.path(target), target, false);
    shell.directoryStack = [from, ...shell.directoryStack];
  }
  yield* showStack(shell);
  return 0;
}

export function* popDirectory(shell: Shell): Steps<number> {
  const [top, ...rest] = shell.directoryStack;
  if (top === undefined) throw new ShellError('directory stack empty', { isFatal: false });
  enter(shell, top, top, false);
  shell.directoryStack = rest;
  yield* showStack(shell);
  return 0;
}

export function* dirs(shell: Shell, [, option]: readonly string[]): Steps<number> {
  if (option === '-c') shell.directoryStack = [];
  else yield* showStack(shell);
  return 0;
}
