import { FileError, type FileSystem } from '../../file-system.ts';
import { compilePattern, isPattern, unescapePattern } from './pattern.ts';

export interface GlobOptions {
  readonly matchesDots: boolean;
  readonly ignoresCase: boolean;
  /** `**` goes down any number of directories. */
  readonly isDeep: boolean;
}

/** The paths that a pattern matches, sorted; as the pattern is relative or absolute, so are they. */
export function globPaths(files: FileSystem, cwd: string, pattern: string, options: GlobOptions): readonly string[] {
  const isAbsolute = pattern.startsWith('/');
  const parts = splitPath(isAbsolute ? pattern.replace(/^\/+/, '') : pattern);
  let found: string[] = [isAbsolute ? '/' : ''];
  parts.forEach((part, index) => {
    const isLast = index === parts.length - 1;
    found = found.flatMap((base) => step(files, cwd, base, part, isLast, options));
  });
  return found.sort(compareNames);
}

function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Cuts at slashes; one that stands in brackets or behind a backslash is a slash all the same. */
function splitPath(pattern: string): string[] {
  return pattern.split(/\/+/);
}

function step(
  files: FileSystem,
  cwd: string,
  base: string,
  part: string,
  isLast: boolean,
  options: GlobOptions,
): string[] {
  const directory = base === '' ? cwd : base.startsWith('/') ? base : `${cwd}/${base}`;
  if (part === '') return files.stat(directory)?.type === 'directory' ? [base] : [];
  if (part === '**' && options.isDeep) {
    const below = descend(files, cwd, base, isLast);
    return isLast ? below : ['', ...below].map((path) => (path === '' ? base : `${path}/`));
  }
  if (!isPattern(part)) {
    const name = unescapePattern(part);
    if (!files.lstat(`${directory}/${name}`)) return [];
    return [isLast ? base + name : `${base}${name}/`];
  }
  const expression = compilePattern(part, options.ignoresCase ? 'i' : '');
  const seesDots = options.matchesDots || part.startsWith('.') || part.startsWith('\\.');
  return namesIn(files, directory)
    .filter((name) => (seesDots || !name.startsWith('.')) && expression.test(name))
    .filter((name) => isLast || files.stat(`${directory}/${name}`)?.type === 'directory')
    .map((name) => (isLast ? base + name : `${base}${name}/`));
}

function descend(files: FileSystem, cwd: string, base: string, withFiles: boolean): string[] {
  const directory = base === '' ? cwd : base.startsWith('/') ? base : `${cwd}/${base}`;
  return namesIn(files, directory)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) => {
      const path = base + name;
      const isDirectory = files.lstat(`${directory}/${name}`)?.type === 'directory';
      const below = isDirectory ? descend(files, cwd, `${path}/`, withFiles) : [];
      return withFiles || isDirectory ? [path, ...below] : below;
    });
}

function namesIn(files: FileSystem, directory: string): readonly string[] {
  try {
    return files.list(directory);
  } catch (error) {
    if (error instanceof FileError) return [];
    throw error;
  }
}
