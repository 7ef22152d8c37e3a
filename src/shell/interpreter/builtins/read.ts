import { ShellError } from '../control-flow.ts';
import type { Shell } from '../state/shell.ts';
import type { Steps } from '../steps.ts';
import { Interruption, drive } from '../steps.ts';
import { readLine, type ReadLine } from './read-line.ts';

interface ReadOptions {
  isRaw: boolean;
  array: string | undefined;
  delimiter: string;
  limit: number;
  ignoresDelimiter: boolean;
  prompt: string;
  descriptor: number;
  timeoutMs: number | undefined;
}

const timedOutStatus = 142;

class TimedOut extends Error {}

export function* read(shell: Shell, argv: readonly string[]): Steps<number> {
  const { options, names } = readOptions(argv.slice(1));
  for (const name of names) {
    if (!/^[A-Za-z_]\w*(?:\[.*\])?$/s.test(name)) {
      throw new ShellError(`\`${name}': not a valid identifier`, { isFatal: false });
    }
  }
  const descriptor = shell.descriptor(options.descriptor);
  if (!descriptor.isReadable) {
    throw new ShellError(`${options.descriptor}: invalid file descriptor: Bad file descriptor`, { isFatal: false });
  }
  if (options.prompt !== '' && shell.isTerminal(2)) yield* shell.complainBare(options.prompt);
  const input = yield* readWithin(shell, options);
  if (!input) return timedOutStatus;
  give(shell, input.text, options, names);
  return input.isEnded ? 0 : 1;
}

function readOptions(words: readonly string[]): { options: ReadOptions; names: string[] } {
  const options: ReadOptions = {
    isRaw: false,
    array: undefined,
    delimiter: '\n',
    limit: Number.POSITIVE_INFINITY,
    ignoresDelimiter: false,
    prompt: '',
    descriptor: 0,
    timeoutMs: undefined,
  };
  let index = 0;
  for (; index < words.length && /^-./.test(words[index]!); index++) {
    const word = words[index]!;
    if (word === '--') {
      index++;
      break;
    }
    for (let at = 1; at < word.length; at++) {
      const letter = word[at]!;
      if (letter === 'r') options.isRaw = true;
      else if ('esE'.includes(letter)) continue;
      else {
        const value = word.slice(at + 1) || words[++index] || '';
        setOption(options, letter, value);
        break;
      }
    }
  }
  return { options, names: words.slice(index) };
}

function setOption(options: ReadOptions, letter: string, value: string): void {
  if (letter === 'p') options.prompt = value;
  else if (letter === 'a') options.array = value;
  else if (letter === 'd') options.delimiter = value === '' ? '\0' : value;
  else if (letter === 'u') options.descriptor = Number(value);
  else if (letter === 't') options.timeoutMs = Number(value) * 1000;
  else if (letter === 'n') options.limit = Number(value);
  else if (letter === 'N') {
    options.limit = Number(value);
    options.ignoresDelimiter = true;
  } else throw new ShellError(`-${letter}: invalid option`, { status: 2, isFatal: false });
}

function* readWithin(shell: Shell, options: ReadOptions): Steps<ReadLine | undefined> {
  const { timeoutMs } = options;
  if (timeoutMs === undefined) return yield* readContinued(shell, options);
  const interruption = new Interruption();
  const cancel = shell.machine.processes.turns.after(timeoutMs, () => interruption.request(new TimedOut()));
  try {
    return yield* drive(readContinued(shell, options), interruption);
  } catch (thrown) {
    if (thrown instanceof TimedOut) return undefined;
    throw thrown;
  } finally {
    cancel();
  }
}

/** Without -r, a backslash at the end of a line joins the next one to it. */
function* readContinued(shell: Shell, options: ReadOptions): Steps<ReadLine> {
  const descriptor = shell.descriptor(options.descriptor);
  let text = '';
  for (;;) {
    const line = yield* readLine(descriptor, options.ignoresDelimiter ? '\uffff' : options.delimiter, options.limit);
    text += line.text;
    const isContinued = !options.isRaw && line.isEnded && /(?:^|[^\\])(?:\\\\)*\\$/.test(text);
    if (!isContinued) return { text, isEnded: line.isEnded };
    text = text.slice(0, -1);
  }
}

function give(shell: Shell, text: string, { isRaw, array }: ReadOptions, names: readonly string[]): void {
  const unescaped = (part: string) => (isRaw ? part : part.replace(/\\([\s\S])/g, '$1'));
  if (array !== undefined) {
    const fields = splitFields(shell, text, isRaw, Number.POSITIVE_INFINITY).map(unescaped);
    shell.variables.force(array, { kind: 'indexed', items: new Map(fields.entries()) });
    return;
  }
  if (names.length === 0) {
    shell.variables.set('REPLY', unescaped(text));
    return;
  }
  const fields = splitFields(shell, text, isRaw, names.length);
  names.forEach((name, index) => {
    shell.variables.set(name, unescaped(fields[index] ?? ''));
  });
}

/** Cuts a line into at most `count` fields; the last one gets the rest. */
function splitFields(shell: Shell, text: string, isRaw: boolean, count: number): string[] {
  const separators = shell.variables.get('IFS') ?? ' \t\n';
  const isSpace = (letter: string) => separators.includes(letter) && /[ \t\n]/.test(letter);
  const fields: string[] = [];
  let index = 0;
  const skipSpaces = (): void => {
    while (index < text.length && isSpace(text[index]!)) index++;
  };
  skipSpaces();
  while (index < text.length) {
    if (fields.length === count - 1) {
      fields.push(withoutTrailing(text.slice(index), separators, isRaw));
      break;
    }
    let field = '';
    while (index < text.length && !separators.includes(text[index]!)) {
      if (text[index] === '\\' && !isRaw && index + 1 < text.length) field += text[index++];
      field += text[index++];
    }
    fields.push(field);
    skipSpaces();
    if (index < text.length && separators.includes(text[index]!)) {
      index++;
      skipSpaces();
    }
  }
  return fields;
}

/** The last field loses the white space behind it, and one separator if nothing else follows. */
function withoutTrailing(rest: string, separators: string, isRaw: boolean): string {
  let end = rest.length;
  const isEscaped = () => !isRaw && rest[end - 2] === '\\';
  while (end > 0 && separators.includes(rest[end - 1]!) && /[ \t\n]/.test(rest[end - 1]!) && !isEscaped()) end--;
  const last = rest[end - 1];
  if (last !== undefined && separators.includes(last) && !isEscaped()) {
    const before = rest.slice(0, end - 1);
    if (![...before].some((letter) => separators.includes(letter) && !/[ \t\n]/.test(letter))) return before;
  }
  return rest.slice(0, end);
}
