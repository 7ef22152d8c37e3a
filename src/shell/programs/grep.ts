import { decodeUtf8, type Routine } from '../../kernel/index.ts';
import { FileError } from '../file-system.ts';
import { parseOptions, UsageError, type ParsedOptions } from './options.ts';
import { compileRegex } from './posix-regex.ts';
import { linesOf, type Tool } from './tool.ts';

const escapeFixed = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

export function* grep(tool: Tool): Routine<number> {
  const args = tool.args.map((arg) => arg.replace(/^-(\d+)$/, '-C$1'));
  const options = parseOptions(args, {
    flags: 'EFGPvincoqrRlLhHwxsaz',
    valued: 'efABCm',
    long: {
      'extended-regexp': 'E',
      'fixed-strings': 'F',
      'perl-regexp': 'P',
      'basic-regexp': 'G',
      'invert-match': 'v',
      'ignore-case': 'i',
      'line-number': 'n',
      count: 'c',
      'only-matching': 'o',
      quiet: 'q',
      silent: 'q',
      recursive: 'r',
      'dereference-recursive': 'R',
      'files-with-matches': 'l',
      'files-without-match': 'L',
      'no-filename': 'h',
      'with-filename': 'H',
      'word-regexp': 'w',
      'line-regexp': 'x',
      'no-messages': 's',
      text: 'a',
      color: 'color',
      colour: 'color',
      'regexp:': 'e',
      'file:': 'f',
      'after-context:': 'A',
      'before-context:': 'B',
      'context:': 'C',
      'max-count:': 'm',
      'include:': 'include',
      'exclude:': 'exclude',
      'exclude-dir:': 'exclude-dir',
    },
    errorStatus: 2,
  });
  const operands = [...options.operands];
  const patterns = yield* patternsOf(tool, options, operands);
  const matcher = matcherOf(tool, options, patterns);
  const isRecursive = options.has('r') || options.has('R');
  const paths = operands.length > 0 ? operands : [isRecursive ? '.' : '-'];
  const files = isRecursive ? paths.flatMap((path) => filesBelow(tool, path, options, operands.length === 0)) : paths;
  const showsName = options.has('H') || (!options.has('h') && (isRecursive || paths.length > 1));
  let status = 1;
  let hasFailed = false;
  for (const path of files) {
    try {
      const text = decodeUtf8(yield* tool.readAll(path));
      const isFound = yield* search(tool, options, matcher, text, path === '-' ? '(standard input)' : path, showsName);
      if (isFound !== options.has('L')) status = 0;
      if (isFound && options.has('q')) return 0;
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      hasFailed = true;
      if (!options.has('s')) yield* tool.complain(`${path}: ${error.message}`);
    }
  }
  return hasFailed ? 2 : status;
}

/** `egrep` and `fgrep` are grep with -E and -F. */
export function grepAs(option: '-E' | '-F') {
  return (tool: Tool): Routine<number> =>
    grep(Object.create(tool, { args: { value: [option, ...tool.args] } }) as Tool);
}

function* patternsOf(tool: Tool, options: ParsedOptions, operands: string[]): Routine<string[]> {
  const patterns = options.values('e').flatMap((text) => text.split('\n'));
  for (const path of options.values('f')) patterns.push(...linesOf(yield* tool.readText(path)));
  if (patterns.length > 0 || options.has('f')) return patterns;
  const first = operands.shift();
  if (first === undefined) {
    if (!tool.isGnu)
      throw new UsageError(
        'Usage: grep [-HhnlLoqvsrRiwFE] [-m N] [-A|B|C N] { PATTERN | -e PATTERN... | -f FILE... } [FILE]...',
        1,
      );
    throw new UsageError('usage: grep [OPTION]... PATTERNS [FILE]...', 2);
  }
  return first.split('\n');
}

/** Gives all matches in a line, as [start, end]. */
type Matcher = (line: string) => readonly (readonly [number, number])[];

function matcherOf(tool: Tool, options: ParsedOptions, patterns: readonly string[]): Matcher {
  const flags = `g${options.has('i') ? 'i' : ''}`;
  const expressions = patterns.map((pattern) => {
    const isFixed = options.has('F');
    const kind = options.has('E') ? 'extended' : 'basic';
    let source = isFixed
      ? escapeFixed(pattern)
      : options.has('P')
        ? pattern
        : compileRegex(pattern, kind).source.replace(/^\(\?:\)$/, '');
    if (options.has('w')) source = `(?<!\\w)(?:${source})(?!\\w)`;
    if (options.has('x')) source = `^(?:${source})$`;
    return new RegExp(source, flags);
  });
  return (line) => {
    const found = expressions.flatMap((expression) =>
      [...line.matchAll(expression)].map((match) => [match.index, match.index + match[0].length] as const),
    );
    return found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  };
}

function filesBelow(tool: Tool, path: string, options: ParsedOptions, isImplied: boolean): string[] {
  const stat = tool.files.stat(tool.path(path));
  if (stat?.type !== 'directory') return [path];
  return tool.files.list(tool.path(path)).flatMap((name) => {
    const child = isImplied && path === '.' ? name : `${path.replace(/\/$/, '')}/${name}`;
    const type = tool.files.lstat(tool.path(child))?.type;
    if (type === 'directory')
      return options.values('exclude-dir').includes(name) ? [] : filesBelow(tool, child, options, isImplied);
    const isIncluded = !options.has('include') || options.values('include').some((glob) => globMatch(name, glob));
    return type === 'file' && isIncluded && !options.values('exclude').some((glob) => globMatch(name, glob))
      ? [child]
      : [];
  });
}

function globMatch(name: string, glob: string): boolean {
  return new RegExp(`^${glob.split('*').map(escapeFixed).join('.*')}$`).test(name);
}

function* search(
  tool: Tool,
  options: ParsedOptions,
  matcher: Matcher,
  text: string,
  name: string,
  showsName: boolean,
): Routine<boolean> {
  const lines = linesOf(text);
  const after = options.number('A') ?? options.number('C') ?? 0;
  const before = options.number('B') ?? options.number('C') ?? 0;
  const most = options.number('m') ?? Number.POSITIVE_INFINITY;
  const isQuiet = options.has('q') || options.has('l') || options.has('L') || options.has('c');
  const prefix = (line: number, mark: string): string =>
    `${showsName ? `${name}${mark}` : ''}${options.has('n') ? `${line + 1}${mark}` : ''}`;
  let count = 0;
  let printed = -1;
  let trailing = 0;
  let output = '';
  for (let index = 0; index < lines.length && (count < most || trailing > 0); index++) {
    const line = lines[index]!;
    const found = count < most ? matcher(line) : [];
    const isMatch = count < most && found.length > 0 !== options.has('v');
    if (isMatch) {
      count++;
      if (isQuiet) {
        if (!options.has('c')) break;
        continue;
      }
      if (options.has('o')) {
        output += options.has('v')
          ? ''
          : parts(line, found)
              .map((part) => `${prefix(index, ':')}${part}\n`)
              .join('');
        continue;
      }
      const from = Math.max(printed + 1, index - before);
      if (printed >= 0 && from > printed + 1 && (before > 0 || after > 0)) output += '--\n';
      for (let near = from; near < index; near++) output += `${prefix(near, '-')}${lines[near]}\n`;
      output += `${prefix(index, ':')}${line}\n`;
      printed = index;
      trailing = after;
    } else if (trailing > 0) {
      output += `${prefix(index, '-')}${line}\n`;
      printed = index;
      trailing--;
    }
    if (output.length > 16_384) {
      yield* tool.print(output);
      output = '';
    }
  }
  yield* tool.print(output);
  if (options.has('c') && !options.has('q')) yield* tool.print(`${showsName ? `${name}:` : ''}${count}\n`);
  if (!options.has('q') && ((options.has('l') && count > 0) || (options.has('L') && count === 0)))
    yield* tool.print(`${name}\n`);
  return count > 0;
}

/** The matches themselves, the longest at each place, none within another. */
function parts(line: string, found: readonly (readonly [number, number])[]): string[] {
  const texts: string[] = [];
  let end = 0;
  for (const [from, to] of found) {
    if (from < end || from === to) continue;
    texts.push(line.slice(from, to));
    end = to;
  }
  return texts;
}
