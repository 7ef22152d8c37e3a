import type { Script } from 'unbash';
import { concatBytes, decodeUtf8, waitForExit, type ByteSource } from '../../../kernel/index.ts';
import { makePipe } from '../state/descriptor.ts';
import type { Shell } from '../state/shell.ts';
import { SourceUnit } from '../state/source-unit.ts';
import { parseSource } from '../syntax/parse-source.ts';
import { wordSyntaxProblem } from '../syntax/syntax-problem.ts';
import type { Steps } from '../steps.ts';
import { forkShell } from './processes.ts';
import { openRead, readFile } from './redirect.ts';

/** `$(…)`: the output of a subshell, without NUL bytes and without the newlines at its end. */
export function* substitute(shell: Shell, script: Script | undefined, text: string): Steps<string> {
  const file = script && onlyInput(script);
  if (file !== undefined) return trimmed(decodeUtf8(yield* readAll(openRead(shell, file))));
  const { readEnd, writeEnd } = makePipe();
  readEnd.retain();
  writeEnd.retain();
  const child = yield* forkShell(shell, {
    prepare(copy) {
      copy.descriptors.set(1, writeEnd);
      copy.substitutionDepth++;
      if (!shell.options.shopt.has('inherit_errexit')) copy.options.errexit = false;
    },
    run: (copy) => runScript(copy, script, text),
  });
  writeEnd.release();
  shell.foreground = [child];
  try {
    const output = yield* readAll(readEnd);
    const exit = yield* waitForExit(child);
    if (exit.fault !== undefined) throw exit.fault;
    shell.substitutionStatus = exit.code;
    shell.lastStatus = exit.code;
    return trimmed(decodeUtf8(output));
  } finally {
    readEnd.release();
    shell.foreground = [];
  }
}

function trimmed(output: string): string {
  return output.replaceAll('\0', '').replace(/\n+$/, '');
}

/** `$(<file)` names the file if its word is plain. */
function onlyInput({ commands }: Script): string | undefined {
  const command = commands.length === 1 ? commands[0]!.command : undefined;
  if (command?.type !== 'Command' || command.name || command.prefix.length !== 1) return undefined;
  const redirect = command.prefix[0]!;
  const isPlain =
    redirect.type === 'Redirect' && redirect.operator === '<' && redirect.target && !redirect.target.parts;
  return isPlain ? redirect.target!.text : undefined;
}

function* runScript(shell: Shell, script: Script | undefined, text: string): Steps<number> {
  const errors = script && (script as { errors?: readonly unknown[] }).errors;
  if (!script || errors) {
    const inner = text.startsWith('`') ? text.slice(1, -1) : text.slice(2, -1);
    const { problem } = parseSource(inner, shell.line);
    if (problem) {
      const lines = wordSyntaxProblem(problem, shell.personality, shell.name, 'command substitution', false);
      for (const line of lines) yield* shell.complainBare(`${line}\n`);
      return 2;
    }
    return yield* shell.engine.runSource(shell, inner, { firstLine: shell.line, isLast: true });
  }
  // Inside backquotes the positions belong to the text without its backslashes.
  if (script.source !== undefined) shell.unit = new SourceUnit(script.source, shell.line);
  return yield* shell.engine.runStatements(shell, script.commands, true);
}

export function* readAll(source: ByteSource): Steps<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for (let bytes = yield* source.read(); bytes; bytes = yield* source.read()) chunks.push(bytes);
  return concatBytes(chunks);
}

/**
 * `<(…)` and `>(…)`: a path under /dev/fd.
 * Differs: what `<(…)` reads from is written to a file first, so that a command that never ends never hands over its output.
 */
export function* substituteProcess(shell: Shell, script: Script | undefined, operator: '<' | '>'): Steps<string> {
  const { files } = shell.machine;
  const path = freePath(shell);
  if (operator === '<') {
    const output = yield* captured(shell, script);
    files.write(path, output);
  } else {
    files.write(path, new Uint8Array(0));
    shell.afterCommand.push({ path, script });
  }
  shell.temporaryFiles.push(path);
  return path;
}

/** `/dev/fd/63` and downwards; where everybody may write, on a system that has no such folder. */
function freePath({ machine: { files } }: Shell): string {
  const [folder, prefix] =
    files.stat('/dev/fd') && files.mayAccess('/dev/fd', 'write') ? ['/dev/fd', ''] : ['/tmp', 'sh-np-'];
  let number = 63;
  while (number > 3 && files.lstat(`${folder}/${prefix}${number}`)) number--;
  return `${folder}/${prefix}${number}`;
}

function* captured(shell: Shell, script: Script | undefined): Steps<Uint8Array> {
  const { readEnd, writeEnd } = makePipe();
  readEnd.retain();
  writeEnd.retain();
  yield* forkShell(shell, {
    prepare: (copy) => copy.descriptors.set(1, writeEnd),
    run: (copy) => copy.engine.runStatements(copy, script?.commands ?? [], true),
  });
  writeEnd.release();
  try {
    return yield* readAll(readEnd);
  } finally {
    readEnd.release();
  }
}

/** After a command: feeds what it wrote to its `>(…)`, and removes the files that stood for both kinds. */
export function* finishProcessSubstitutions(shell: Shell): Steps<void> {
  const waiting = shell.afterCommand.splice(0);
  for (const { path, script } of waiting) {
    const input = readFile(shell, path);
    const child = yield* forkShell(shell, {
      prepare: (copy) => copy.descriptors.set(0, input),
      run: (copy) => copy.engine.runStatements(copy, script?.commands ?? [], true),
    });
    yield* waitForExit(child);
  }
  for (const path of shell.temporaryFiles.splice(0)) shell.machine.files.remove(path);
}
