import { FileError, type FileSystem } from '../../file-system.ts';
import type { Program } from '../../program.ts';
import type { Shell } from '../state/shell.ts';

export type FoundProgram =
  | { readonly kind: 'program'; readonly path: string; readonly program: Program }
  /** An executable text file without `#!`: the shell runs it itself. */
  | { readonly kind: 'script'; readonly path: string }
  | { readonly kind: 'problem'; readonly status: number; readonly message: string };

export const standardPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The file that a command name means: found along PATH unless it holds a slash. */
export function findProgram(shell: Shell, name: string, usesStandardPath = false): FoundProgram {
  if (name.includes('/')) return programAt(shell, name, name);
  const hashed = shell.hashed.get(name);
  if (hashed !== undefined && shell.machine.files.stat(hashed)?.type === 'file') return programAt(shell, name, hashed);
  const path = searchPath(shell, name, usesStandardPath);
  if (path === undefined) return notFound(shell, name);
  shell.hashed.set(name, path);
  return programAt(shell, name, path);
}

export function searchPath(shell: Shell, name: string, usesStandardPath = false): string | undefined {
  return allOnPath(shell, name, usesStandardPath)[0];
}

/** Every executable of that name along PATH. */
export function allOnPath(shell: Shell, name: string, usesStandardPath = false): readonly string[] {
  const { files } = shell.machine;
  const path = usesStandardPath ? standardPath : (shell.variables.get('PATH') ?? '');
  return path
    .split(':')
    .map((directory) => `${directory === '' ? '.' : directory.replace(/\/$/, '')}/${name}`)
    .filter((candidate) => {
      const absolute = shell.path(candidate);
      return files.stat(absolute)?.type === 'file' && files.mayAccess(absolute, 'execute');
    });
}

function programAt(shell: Shell, name: string, path: string): FoundProgram {
  const absolute = shell.path(path);
  const { files } = shell.machine;
  const stat = files.stat(absolute);
  const isBash = shell.personality.id === 'bash';
  if (!stat) return isBash ? missing(files, name, absolute) : notFound(shell, name);
  if (stat.type === 'directory') return problem(126, isBash ? `${name}: Is a directory` : `${name}: Permission denied`);
  if (!files.mayAccess(absolute, 'execute')) return problem(126, `${name}: Permission denied`);
  const program = shell.machine.loadProgram(absolute);
  if (program) return { kind: 'program', path: absolute, program };
  const content = files.read(absolute);
  if (content[0] === 0x23 && content[1] === 0x21) {
    return isBash ? problem(127, `${name}: cannot execute: required file not found`) : notFound(shell, name);
  }
  if (content.subarray(0, 80).includes(0)) {
    return problem(
      126,
      isBash ? `${name}: cannot execute binary file: Exec format error` : `${name}: Exec format error`,
    );
  }
  return { kind: 'script', path: absolute };
}

function missing(files: FileSystem, name: string, path: string): FoundProgram {
  try {
    files.realPath(path);
  } catch (error) {
    if (error instanceof FileError && error.errno !== 'ENOENT') return problem(126, `${name}: ${error.message}`);
    if (!(error instanceof FileError)) throw error;
  }
  return problem(127, `${name}: No such file or directory`);
}

function notFound(shell: Shell, name: string): FoundProgram {
  return problem(127, `${name}: ${shell.personality.notFound}`);
}

function problem(status: number, message: string): FoundProgram {
  return { kind: 'problem', status, message };
}
