import type { Redirect, Redirection } from 'unbash';
import { encodeUtf8, sourceOf } from '../../../kernel/index.ts';
import { FileError } from '../../file-system.ts';
import type { DeviceContext } from '../../io/devices.ts';
import { openForReading, openForWriting } from '../../io/open-file.ts';
import { ShellError } from '../control-flow.ts';
import { expandArguments, expandHereDocument, expandWord } from '../expand/words.ts';
import { Descriptor } from '../state/descriptor.ts';
import type { Shell } from '../state/shell.ts';
import type { Steps } from '../steps.ts';
import { fileProblem } from './file-problem.ts';

/** Puts the descriptors back as they were. */
export type Undo = () => void;

/** Redirects descriptors one after the other; when one fails, those before are undone and the command does not run. */
export function* applyRedirects(shell: Shell, redirects: readonly Redirection[]): Steps<Undo> {
  const saved: { number: number; descriptor: Descriptor | undefined }[] = [];
  const undo = (): void => {
    for (const { number, descriptor } of saved.toReversed()) {
      if (descriptor) {
        shell.descriptors.set(number, descriptor);
        descriptor.release();
      } else shell.descriptors.close(number);
    }
    saved.length = 0;
  };
  const change = (number: number, descriptor: Descriptor | undefined): void => {
    saved.push({ number, descriptor: shell.descriptors.get(number)?.retain() });
    if (descriptor) shell.descriptors.set(number, descriptor);
    else shell.descriptors.close(number);
  };
  try {
    for (const redirect of redirects) yield* applyOne(shell, redirect, change);
  } catch (error) {
    undo();
    throw error;
  }
  return undo;
}

type Change = (number: number, descriptor: Descriptor | undefined) => void;

function* applyOne(shell: Shell, redirect: Redirection, change: Change): Steps<void> {
  const number = descriptorNumber(shell, redirect);
  if (redirect.type === 'HereString') {
    const text = redirect.target ? yield* expandWord(shell, redirect.target) : '';
    return change(number(0), new Descriptor({ source: sourceOf(encodeUtf8(`${text}\n`)) }));
  }
  if (redirect.type === 'HereDoc') {
    const { body, delimiter } = redirect;
    if (!redirect.closing && shell.personality.id === 'bash') {
      const line = shell.unit?.lineAt(redirect.pos) ?? shell.line;
      shell.line = shell.unit?.lineAt(body.end) ?? shell.line;
      yield* shell.complain(
        `warning: here-document at line ${line} delimited by end-of-file (wanted \`${delimiter?.value ?? ''}')`,
      );
    }
    const source = redirect.operator === '<<-' ? body.text.replace(/^\t+/gm, '') : body.text;
    const isPlain = delimiter?.quoted ?? false;
    const text = isPlain ? source : yield* expandHereDocument(shell, body);
    const end = redirect.closing || text === '' || text.endsWith('\n') ? '' : '\n';
    const stripped = redirect.operator === '<<-' && !isPlain ? text.replace(/^\t+/gm, '') : text;
    return change(number(0), new Descriptor({ source: sourceOf(encodeUtf8(stripped + end)) }));
  }
  yield* applyFile(shell, redirect, number, change);
}

/** The descriptor that an operator is about; `{name}>file` picks a free one and says which. */
function descriptorNumber(shell: Shell, { descriptor }: Redirection): (byDefault: number) => number {
  return (byDefault) => {
    if (!descriptor) return byDefault;
    if (descriptor.type === 'FileDescriptor') return descriptor.value;
    const number = shell.descriptors.free(10);
    shell.variables.set(descriptor.name, String(number));
    return number;
  };
}

function* applyFile(
  shell: Shell,
  redirect: Redirect,
  number: (byDefault: number) => number,
  change: Change,
): Steps<void> {
  const target = yield* targetOf(shell, redirect);
  const { operator } = redirect;
  if (operator === '<&' || operator === '>&') {
    const byDefault = operator === '<&' ? 0 : 1;
    if (target === '-') return change(number(byDefault), undefined);
    const moved = /^(\d+)(-?)$/.exec(target);
    if (moved) {
      const from = Number(moved[1]);
      const descriptor = shell.descriptors.get(from);
      if (!descriptor) throw new ShellError(`${from}: Bad file descriptor`, { isFatal: false });
      change(number(byDefault), descriptor);
      if (moved[2] === '-') change(from, undefined);
      return;
    }
    if (operator === '<&' || redirect.descriptor)
      throw new ShellError(`${target}: ambiguous redirect`, { isFatal: false });
  }
  if (operator === '<') return change(number(0), openRead(shell, target));
  if (operator === '<>') return change(number(0), openRead(shell, target));
  const isAppending = operator === '>>' || operator === '&>>';
  const sink = openWrite(shell, target, isAppending, operator === '>|');
  if (operator === '&>' || operator === '&>>' || operator === '>&') {
    change(1, sink);
    return change(2, sink);
  }
  change(number(1), sink);
}

function* targetOf(shell: Shell, { target }: Redirect): Steps<string> {
  if (!target) return '';
  const words = yield* expandArguments(shell, [target]);
  if (words.length !== 1) throw new ShellError(`${target.text}: ambiguous redirect`, { isFatal: false });
  return words[0]!;
}

function deviceContext(shell: Shell): DeviceContext {
  return {
    stdin: shell.descriptor(0),
    stdout: shell.descriptor(1),
    stderr: shell.descriptor(2),
    random: shell.machine.random,
  };
}

/** `/dev/fd/3` is the shell's own descriptor, and so are /dev/stdin and its like. */
function ownDescriptor(shell: Shell, target: string): Descriptor | undefined {
  const number = /^\/dev\/fd\/(\d+)$/.exec(target)?.[1];
  if (number === undefined || shell.temporaryFiles.includes(target)) return undefined;
  return shell.descriptors.get(Number(number));
}

export function openRead(shell: Shell, target: string): Descriptor {
  return ownDescriptor(shell, target) ?? readFile(shell, target);
}

/** Opens a file proper, whatever its path looks like. */
export function readFile(shell: Shell, target: string): Descriptor {
  try {
    const stat = shell.machine.files.stat(shell.path(target));
    if (stat?.type === 'directory') return new Descriptor({ source: directorySource(target) });
    return new Descriptor({ source: openForReading(shell.machine.files, shell.path(target), deviceContext(shell)) });
  } catch (error) {
    throw fileProblem(shell, error, target, 'open');
  }
}

/** A directory can be opened, but not read. */
function directorySource(path: string): ConstructorParameters<typeof Descriptor>[0]['source'] {
  return {
    *read() {
      throw new FileError('EISDIR', path);
    },
    close: () => {},
  };
}

function openWrite(shell: Shell, target: string, append: boolean, force: boolean): Descriptor {
  const own = ownDescriptor(shell, target);
  if (own) return own;
  const path = shell.path(target);
  const { files } = shell.machine;
  if (shell.options.noclobber && !append && !force && files.stat(path)?.type === 'file') {
    throw new ShellError(`${target}: cannot overwrite existing file`, { isFatal: false });
  }
  try {
    const mode = 0o666 & ~shell.umask;
    return new Descriptor({ sink: openForWriting(files, path, deviceContext(shell), { append, mode }) });
  } catch (error) {
    throw fileProblem(shell, error, target, 'create');
  }
}
