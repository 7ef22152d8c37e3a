import { FileError } from '../file-system.ts';
import { builtinNames } from './builtins/registry.ts';
import { expandTilde } from './expand/tilde.ts';
import type { Shell } from './state/shell.ts';

export interface Completion {
  /** Where the word begins that a candidate replaces (up to the cursor). */
  readonly start: number;
  /** Whole words, quoted as needed; one that is final ends in a space, a directory in a slash. */
  readonly candidates: readonly string[];
  readonly kind: 'command' | 'variable' | 'file' | 'argument';
  /** The command's words up to the cursor, the last one unfinished: for completions that a command brings itself. */
  readonly words: readonly string[];
}

interface LineContext {
  readonly start: number;
  readonly word: string;
  readonly words: readonly string[];
  readonly isRedirect: boolean;
}

/** Candidates for the word at the cursor: commands, variables or files. */
export function completeLine(shell: Shell, line: string, cursor: number): Completion {
  const context = contextAt(line.slice(0, cursor));
  const { start, word, words, isRedirect } = context;
  const variable = /^(.*)\$(\{?)(\w*)$/.exec(word);
  if (variable) {
    const [, before, brace, prefix] = variable;
    const names = shell.variables.names().filter((name) => name.startsWith(prefix!));
    const candidates = names.map((name) => `${before}$${brace}${name}${brace === '' ? ' ' : '} '}`);
    return { start, candidates, kind: 'variable', words };
  }
  if (words.length === 1 && !isRedirect && !word.includes('/')) {
    return { start, candidates: commands(shell, word).map((name) => `${name} `), kind: 'command', words };
  }
  const onlyDirectories = words[0] === 'cd' || words[0] === 'pushd' || words[0] === 'rmdir';
  const candidates = files(shell, word, { onlyDirectories, onlyExecutables: words.length === 1 && !isRedirect });
  return { start, candidates, kind: isRedirect || words.length === 1 ? 'file' : 'argument', words };
}

/** The words of the command that the cursor is in. */
function contextAt(text: string): LineContext {
  let words: string[] = [];
  let word = '';
  let start = 0;
  let isInWord = false;
  let quote = '';
  let isRedirect = false;
  let lastWasRedirect = false;
  const end = (): void => {
    if (isInWord && !lastWasRedirect && !/^\w+=/.test(word)) words.push(word);
    if (isInWord) lastWasRedirect = false;
    isInWord = false;
    word = '';
  };
  for (let index = 0; index < text.length; index++) {
    const letter = text[index]!;
    if (quote !== '') {
      if (letter === quote) quote = '';
      else word += letter;
      continue;
    }
    if (/[\s;&|()<>]/.test(letter)) {
      end();
      if (/[;&|(]/.test(letter)) words = [];
      else if (/[<>]/.test(letter)) lastWasRedirect = true;
      // A reserved word stands before a command of its own.
      if (
        words.length === 1 &&
        /^(?:then|do|else|elif|if|while|until|time|!|\{|sudo|exec|command|nohup)$/.test(words[0]!)
      )
        words = [];
      continue;
    }
    if (!isInWord) start = index;
    isInWord = true;
    if (letter === "'" || letter === '"') quote = letter;
    else if (letter === '\\' && index + 1 < text.length) word += text[++index];
    else word += letter;
  }
  if (!isInWord) start = text.length;
  isRedirect = lastWasRedirect;
  return { start, word, words: [...words, word], isRedirect };
}

function commands(shell: Shell, prefix: string): readonly string[] {
  const onPath = (shell.variables.get('PATH') ?? '')
    .split(':')
    .flatMap((directory) =>
      namesIn(shell, directory).filter((name) => shell.machine.files.mayAccess(`${directory}/${name}`, 'execute')),
    );
  const all = [...builtinNames(shell.personality), ...shell.functions.keys(), ...shell.aliases.keys(), ...onPath];
  return [...new Set(all.filter((name) => name.startsWith(prefix) && (prefix !== '' || /^\w/.test(name))))].sort();
}

function namesIn(shell: Shell, directory: string): readonly string[] {
  try {
    return shell.machine.files.list(directory);
  } catch (error) {
    if (error instanceof FileError) return [];
    throw error;
  }
}

interface FileFilter {
  readonly onlyDirectories: boolean;
  readonly onlyExecutables: boolean;
}

function files(shell: Shell, word: string, { onlyDirectories, onlyExecutables }: FileFilter): readonly string[] {
  const slash = word.lastIndexOf('/') + 1;
  const directory = word.slice(0, slash);
  const prefix = word.slice(slash);
  const home = directory.startsWith('~') ? expandTilde(shell, directory.slice(0, directory.indexOf('/'))) : undefined;
  const real = home === undefined ? directory : home + directory.slice(directory.indexOf('/'));
  const base = shell.path(real === '' ? '.' : real);
  return namesIn(shell, base)
    .filter((name) => name.startsWith(prefix) && (prefix.startsWith('.') || !name.startsWith('.')))
    .flatMap((name) => {
      const path = `${base}/${name}`;
      const isDirectory = shell.machine.files.stat(path)?.type === 'directory';
      if (!isDirectory && (onlyDirectories || (onlyExecutables && !shell.machine.files.mayAccess(path, 'execute'))))
        return [];
      return [`${home === undefined ? quoted(directory) : directory}${quoted(name)}${isDirectory ? '/' : ' '}`];
    });
}

function quoted(text: string): string {
  return text.replace(/[\s'"\\$`&;|<>(){}*?!#[\]]/g, '\\$&');
}
