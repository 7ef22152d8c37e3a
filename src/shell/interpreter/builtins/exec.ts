import { decodeUtf8 } from '../../../kernel/index.ts';
import { FileError } from '../../file-system.ts';
import { ExitShell, ReturnFromFunction, ShellError } from '../control-flow.ts';
import { findProgram, searchPath } from '../execute/find-program.ts';
import { execProgram } from '../execute/processes.ts';
import { runScriptFile } from '../execute/script-file.ts';
import type { Shell } from '../state/shell.ts';
import { call, type Steps } from '../steps.ts';

export function* evaluate(shell: Shell, [, ...words]: readonly string[]): Steps<number> {
  if (words[0] === '--') words.shift();
  const text = words.join(' ');
  if (text.trim() === '') return 0;
  return yield* call(shell.engine.runSource(shell, text, { origin: 'eval', firstLine: shell.line }));
}

/** `.` and `source` */
export function* source(shell: Shell, [name, file, ...positional]: readonly string[]): Steps<number> {
  if (file === undefined) {
    yield* shell.complain('filename argument required', name);
    yield* shell.complainBare(`${name}: usage: ${name} filename [arguments]\n`);
    return 2;
  }
  const path = file.includes('/') ? file : (searchReadable(shell, file) ?? file);
  let content: Uint8Array;
  try {
    content = shell.machine.files.read(shell.path(path));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    if (shell.personality.id !== 'bash') {
      const words =
        shell.personality.id === 'dash'
          ? `.: cannot open ${file}: No such file`
          : `can't open '${file}': ${error.message}`;
      throw new ShellError(words, { status: 2 });
    }
    yield* shell.complain(error.errno === 'EISDIR' ? `${name}: ${file}: is a directory` : `${file}: ${error.message}`);
    return 1;
  }
  const saved = { positional: shell.positional, name: shell.name };
  if (positional.length > 0) shell.positional = positional;
  // Messages about a sourced script name it; `$0` stays.
  if (shell.personality.id === 'bash' && !shell.isInteractive) shell.name = path;
  shell.sourceDepth++;
  try {
    return yield* call(shell.engine.runSource(shell, decodeUtf8(content)));
  } catch (thrown) {
    if (thrown instanceof ReturnFromFunction) return thrown.status;
    throw thrown;
  } finally {
    shell.sourceDepth--;
    shell.name = saved.name;
    if (positional.length > 0) shell.positional = saved.positional;
  }
}

function searchReadable(shell: Shell, file: string): string | undefined {
  const onPath = (shell.variables.get('PATH') ?? '')
    .split(':')
    .map((directory) => `${directory === '' ? '.' : directory}/${file}`)
    .find((path) => shell.machine.files.stat(shell.path(path))?.type === 'file');
  return onPath ?? searchPath(shell, file);
}

export function* exec(shell: Shell, [, ...words]: readonly string[]): Steps<number> {
  let argumentZero: string | undefined;
  let isClean = false;
  while (/^-[acl]/.test(words[0] ?? '')) {
    const option = words.shift()!;
    if (option === '-a') argumentZero = words.shift();
    if (option.includes('c')) isClean = true;
  }
  if (words[0] === '--') words.shift();
  if (words.length === 0) return 0;
  const found = findProgram(shell, words[0]!);
  if (found.kind === 'problem') {
    const said = found.status === 127 && !words[0]!.includes('/') ? `${words[0]}: not found` : found.message;
    yield* shell.complain(said, shell.personality.id === 'ash' ? undefined : 'exec');
    if (!shell.isInteractive) throw new ExitShell(found.status);
    return found.status;
  }
  if (found.kind === 'script') throw new ExitShell(yield* runScriptFile(shell, found.path, words.slice(1)));
  for (const name of shell.traps.keys()) shell.traps.delete(name);
  const environment = new Map(isClean ? [] : shell.variables.environment());
  throw new ExitShell(
    yield* execProgram(shell, found.program, [argumentZero ?? words[0]!, ...words.slice(1)], environment),
  );
}
