import { ShellError } from '../control-flow.ts';
import { allOnPath, searchPath } from '../execute/find-program.ts';
import { functionSource } from '../expand/function-source.ts';
import type { Shell } from '../state/shell.ts';
import type { Steps } from '../steps.ts';

const keywords = new Set(
  'if then else elif fi case esac for select while until do done in function time { } ! [[ ]] coproc'.split(' '),
);

type Meaning =
  | { readonly kind: 'alias'; readonly value: string }
  | { readonly kind: 'keyword' | 'function' | 'builtin' }
  | { readonly kind: 'file'; readonly path: string; readonly isHashed: boolean };

/** Everything that a name could mean, what the shell would take first. */
function meaningsOf(shell: Shell, name: string): readonly Meaning[] {
  const found: Meaning[] = [];
  const alias = shell.aliases.get(name);
  if (alias !== undefined) found.push({ kind: 'alias', value: alias });
  if (keywords.has(name)) found.push({ kind: 'keyword' });
  if (shell.functions.has(name)) found.push({ kind: 'function' });
  if (shell.engine.isBuiltin(shell, name)) found.push({ kind: 'builtin' });
  if (name.includes('/')) {
    const path = shell.path(name);
    if (shell.machine.files.stat(path)?.type === 'file' && shell.machine.files.mayAccess(path, 'execute')) {
      found.push({ kind: 'file', path: name, isHashed: false });
    }
  } else {
    for (const path of allOnPath(shell, name))
      found.push({ kind: 'file', path, isHashed: shell.hashed.get(name) === path });
  }
  return found;
}

const typeWords = {
  alias: 'alias',
  keyword: 'keyword',
  function: 'function',
  builtin: 'builtin',
  file: 'file',
} as const;

export function* type(shell: Shell, [, ...words]: readonly string[]): Steps<number> {
  const options = words.filter((word) => /^-[aftpP]+$/.test(word)).join('');
  const names = words.filter((word) => !/^-[aftpP]+$/.test(word));
  let status = 0;
  for (const name of names) {
    let meanings = meaningsOf(shell, name);
    if (options.includes('P') || options.includes('p')) meanings = meanings.filter(({ kind }) => kind === 'file');
    if (!options.includes('a')) meanings = meanings.slice(0, 1);
    if (meanings.length === 0) {
      status = shell.personality.id === 'bash' ? 1 : 127;
      if (shell.personality.id !== 'bash') yield* shell.print(`${name}: not found\n`);
      else if (!/[tpP]/.test(options))
        yield* shell.complain(`${name}: not found`, shell.personality.id === 'bash' ? 'type' : undefined);
    }
    for (const meaning of meanings) {
      if (options.includes('t')) yield* shell.print(`${typeWords[meaning.kind]}\n`);
      else if (/[pP]/.test(options)) yield* shell.print(meaning.kind === 'file' ? `${meaning.path}\n` : '');
      else yield* shell.print(describe(shell, name, meaning));
    }
  }
  return status;
}

function describe(shell: Shell, name: string, meaning: Meaning): string {
  const isBash = shell.personality.id === 'bash';
  switch (meaning.kind) {
    case 'alias':
      return isBash ? `${name} is aliased to \`${meaning.value}'\n` : `${name} is an alias for ${meaning.value}\n`;
    case 'keyword':
      return isBash ? `${name} is a shell keyword\n` : `${name} is a shell keyword\n`;
    case 'builtin':
      return `${name} is a shell builtin\n`;
    case 'function':
      return isBash
        ? `${name} is a function\n${functionSource(shell.functions.get(name)!)}\n`
        : `${name} is a shell function\n`;
    case 'file':
      return meaning.isHashed && isBash ? `${name} is hashed (${meaning.path})\n` : `${name} is ${meaning.path}\n`;
  }
}

export function* command(shell: Shell, argv: readonly string[]): Steps<number> {
  let words = argv.slice(1);
  let verbosity = '';
  let usesStandardPath = false;
  while (/^-[pvV]+$/.test(words[0] ?? '')) {
    for (const letter of words[0]!.slice(1)) {
      if (letter === 'p') usesStandardPath = true;
      else verbosity = letter;
    }
    words = words.slice(1);
  }
  if (words[0] === '--') words = words.slice(1);
  if (words.length === 0) return 0;
  if (verbosity === '') {
    return yield* shell.engine.runCommand(shell, words, { skipsFunctions: true, usesStandardPath });
  }
  let status = 0;
  // The POSIX shells look at one name only.
  for (const name of shell.personality.id === 'bash' ? words : words.slice(0, 1)) {
    const meaning = meaningsOf(shell, name)[0];
    if (!meaning) {
      status = shell.personality.id === 'bash' ? 1 : 127;
      if (verbosity === 'V')
        yield* shell.complain(`${name}: not found`, shell.personality.id === 'bash' ? 'command' : undefined);
    } else if (verbosity === 'V') yield* shell.print(describe(shell, name, meaning));
    else yield* shell.print(`${brief(name, meaning)}\n`);
  }
  return status;
}

function brief(name: string, meaning: Meaning): string {
  if (meaning.kind === 'alias') return `alias ${name}='${meaning.value}'`;
  return meaning.kind === 'file' ? meaning.path : name;
}

export function* builtin(shell: Shell, [, ...words]: readonly string[]): Steps<number> {
  const name = words[0];
  if (name === undefined) return 0;
  if (!shell.engine.isBuiltin(shell, name)) throw new ShellError(`${name}: not a shell builtin`, { isFatal: false });
  return yield* shell.engine.runCommand(shell, words, { skipsFunctions: true, skipsPrograms: true });
}

export function* hash(shell: Shell, [, ...words]: readonly string[]): Steps<number> {
  if (words[0] === '-r') {
    shell.hashed.clear();
    return 0;
  }
  if (words.length === 0) {
    if (shell.hashed.size === 0) yield* shell.print('hash: hash table empty\n');
    else yield* shell.print(`hits\tcommand\n${[...shell.hashed.values()].map((path) => `   1\t${path}\n`).join('')}`);
    return 0;
  }
  let status = 0;
  for (const name of words) {
    const path = searchPath(shell, name);
    if (path !== undefined) shell.hashed.set(name, path);
    else {
      yield* shell.complain(`${name}: not found`, 'hash');
      status = 1;
    }
  }
  return status;
}
