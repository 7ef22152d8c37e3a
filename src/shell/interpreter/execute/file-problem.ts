import { FileError, type FileErrno } from '../../file-system.ts';
import { ShellError } from '../control-flow.ts';
import type { Shell } from '../state/shell.ts';

const dashWords: Partial<Record<FileErrno, { open: string; create: string }>> = {
  ENOENT: { open: 'No such file', create: 'Directory nonexistent' },
  ENOTDIR: { open: 'No such file', create: 'Directory nonexistent' },
};

const ashWords: Partial<Record<FileErrno, { open: string; create: string }>> = {
  ENOENT: { open: 'no such file', create: 'nonexistent directory' },
  ENOTDIR: { open: 'no such file', create: 'nonexistent directory' },
};

/** What a shell says when a redirection cannot open its file. Rethrows what is no file error. */
export function fileProblem(shell: Shell, error: unknown, target: string, verb: 'open' | 'create'): ShellError {
  if (!(error instanceof FileError)) throw error;
  const { id } = shell.personality;
  if (id === 'bash') return new ShellError(`${target}: ${error.message}`, { isFatal: false });
  const words = (id === 'dash' ? dashWords : ashWords)[error.errno]?.[verb] ?? error.message;
  const phrase = verb === 'open' ? "can't open" : "can't create";
  return new ShellError(`${id === 'dash' ? phrase.replace("can't", 'cannot') : phrase} ${target}: ${words}`, {
    status: id === 'dash' ? 2 : 1,
    isFatal: false,
  });
}
