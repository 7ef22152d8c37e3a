import { goQuote } from '../../api/index.ts';
import type { Invocation } from '../command/invocation.ts';
import { kustomizedText } from '../kustomize/kustomized-text.ts';
import type { KubectlFiles, KubectlInput } from '../kubectl-io.ts';

/** `-f`, `-k` and `-R` of a command. Upstream: cli-runtime/pkg/resource FilenameOptions */
export interface FilenameOptions {
  readonly filenames: readonly string[];
  readonly kustomize: string;
  readonly isRecursive: boolean;
}

/** One file to read objects from; reading is put off until its turn comes. */
export interface FileSource {
  /** As messages name it; `STDIN` for standard input. */
  readonly name: string;
  read(): Promise<string>;
}

export interface FileSources {
  readonly sources: readonly FileSource[];
  readonly errors: readonly Error[];
  /** One plain file, so that one object is expected. */
  readonly isSingle: boolean;
}

const extensions = ['.json', '.yaml', '.yml'];

/** Finds the files that `-f` names: files, directories, patterns, standard input. */
export async function fileSources(options: FilenameOptions, { io }: Pick<Invocation, 'io'>): Promise<FileSources> {
  const { files, stdin } = io;
  const sources: FileSource[] = [];
  const errors: Error[] = checkOptions(options);
  let isSingle = false;
  let usesStdin = false;
  const { kustomize } = options;
  if (kustomize !== '' && errors.length === 0) {
    sources.push({ name: kustomize, read: () => kustomizedText({ io }, kustomize) });
  }
  for (const path of errors.length > 0 ? [] : options.filenames) {
    if (path === '-') {
      if (usesStdin) errors.push(new Error('standard input cannot be used for multiple arguments'));
      usesStdin = true;
      sources.push({ name: 'STDIN', read: () => readAll(stdin) });
    } else if (/^https?:\/\//.test(path)) {
      sources.push({ name: path, read: () => Promise.reject(unreachable(path)) });
    } else {
      const matches = await expandPattern(path, files);
      if (!options.isRecursive && matches.length === 1) isSingle = true;
      const before = sources.length;
      for (const match of matches) await collect(match, options.isRecursive, files, sources, errors);
      if (sources.length === before && errors.length === 0) {
        errors.push(
          new Error(`error reading [${matches.join(' ')}]: recognized file extensions are [${extensions.join(' ')}]`),
        );
      }
    }
  }
  return { sources, errors, isSingle: isSingle && sources.length === 1 };
}

function checkOptions({ filenames, kustomize, isRecursive }: FilenameOptions): Error[] {
  const errors: Error[] = [];
  if (filenames.length > 0 && kustomize) errors.push(new Error('only one of -f or -k can be specified'));
  if (kustomize && isRecursive) errors.push(new Error("the -k flag can't be used with -f or -R"));
  return errors;
}

/** The sandbox has no way out to other machines. */
function unreachable(url: string): Error {
  const host = new URL(url).hostname;
  return new Error(`Get ${goQuote(url)}: dial tcp: lookup ${host}: no such host`);
}

async function collect(
  path: string,
  isRecursive: boolean,
  files: KubectlFiles,
  sources: FileSource[],
  errors: Error[],
): Promise<void> {
  const stat = await files.stat(path);
  if (!stat) errors.push(new Error(`the path ${goQuote(path)} does not exist`));
  else if (stat.isDirectory) sources.push(...(await filesIn(path, isRecursive, files)));
  else sources.push(fileSource(path, files));
}

async function filesIn(directory: string, isRecursive: boolean, files: KubectlFiles): Promise<FileSource[]> {
  const found: FileSource[] = [];
  for (const entry of await files.list(directory)) {
    const path = `${directory.replace(/\/+$/, '')}/${entry.name}`;
    if (entry.isDirectory) {
      if (isRecursive) found.push(...(await filesIn(path, true, files)));
    } else if (extensions.some((extension) => entry.name.endsWith(extension))) found.push(fileSource(path, files));
  }
  return found;
}

function fileSource(path: string, files: KubectlFiles): FileSource {
  return {
    name: path,
    read: async () => {
      try {
        return decode(await files.read(path));
      } catch (error) {
        throw new Error(`open ${path}: ${(error as Error).message}`);
      }
    },
  };
}

function decode(bytes: Uint8Array): string {
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  return new TextDecoder(isUtf16 ? (bytes[0] === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8').decode(bytes);
}

/** All of standard input, as text. */
export async function readAll(input: KubectlInput): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for (let bytes = await input.read(); bytes; bytes = await input.read())
    text += decoder.decode(bytes, { stream: true });
  return text + decoder.decode();
}

/** Expands `*`, `?` and `[…]` where no file has that very name. Upstream: expandIfFilePattern */
async function expandPattern(pattern: string, files: KubectlFiles): Promise<readonly string[]> {
  if (!/[*?[]/.test(pattern) || (await files.stat(pattern))) return [pattern];
  let paths = [pattern.startsWith('/') ? '/' : ''];
  for (const part of pattern.split('/').filter((each) => each !== '')) {
    const next: string[] = [];
    for (const path of paths) next.push(...(await matchesIn(path, part, files)));
    paths = next;
  }
  return paths.length > 0 ? paths : [pattern];
}

async function matchesIn(directory: string, part: string, files: KubectlFiles): Promise<string[]> {
  const join = (name: string) =>
    directory === '' || directory.endsWith('/') ? directory + name : `${directory}/${name}`;
  if (!/[*?[]/.test(part)) return (await files.stat(join(part))) ? [join(part)] : [];
  const stat = await files.stat(directory || '.');
  if (!stat?.isDirectory) return [];
  const expression = new RegExp(`^${toRegExp(part)}$`, 's');
  const entries = await files.list(directory || '.');
  return entries.filter((entry) => expression.test(entry.name)).map((entry) => join(entry.name));
}

/** A pattern of filepath.Match. */
function toRegExp(pattern: string): string {
  return pattern.replace(/\[\^?[^\]]+\]|[*?]|[.+^${}()|\\[\]]/g, (piece) => {
    if (piece === '*') return '[^/]*';
    if (piece === '?') return '[^/]';
    return piece.length > 1 && piece.startsWith('[') ? piece : `\\${piece}`;
  });
}
