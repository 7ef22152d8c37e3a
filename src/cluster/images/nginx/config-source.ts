import { FileError, globPaths, type FileSystem } from '../../../shell/index.ts';

/** The files of one configuration, and what was found there: enough to tell later whether they are still the same. */
export class ConfigSource {
  readonly #files: FileSystem;
  readonly #contents = new Map<string, Uint8Array>();
  readonly #globs = new Map<string, readonly string[]>();

  constructor(files: FileSystem) {
    this.#files = files;
  }

  /** Throws FileError. */
  read(path: string): Uint8Array {
    const content = this.#files.read(path);
    this.#contents.set(path, content);
    return content;
  }

  glob(pattern: string): readonly string[] {
    const paths = expandGlob(this.#files, pattern);
    this.#globs.set(pattern, paths);
    return paths;
  }

  /** What was found, without the tree in which it was found. */
  get findings(): ConfigFindings {
    return { contents: this.#contents, globs: this.#globs };
  }
}

export interface ConfigFindings {
  readonly contents: ReadonlyMap<string, Uint8Array>;
  readonly globs: ReadonlyMap<string, readonly string[]>;
}

/** Whether `files` hold the very same. A file system replaces the bytes of a file and never changes them in place. */
export function isSameSource(files: FileSystem, { contents, globs }: ConfigFindings): boolean {
  for (const [path, content] of contents) if (contentAt(files, path) !== content) return false;
  for (const [pattern, paths] of globs) {
    const now = expandGlob(files, pattern);
    if (now.length !== paths.length || now.some((path, index) => path !== paths[index])) return false;
  }
  return true;
}

function contentAt(files: FileSystem, path: string): Uint8Array | undefined {
  try {
    return files.read(path);
  } catch (error) {
    if (error instanceof FileError) return undefined;
    throw error;
  }
}

function expandGlob(files: FileSystem, pattern: string): readonly string[] {
  return globPaths(files, '/', pattern, { matchesDots: false, ignoresCase: false, isDeep: false });
}
