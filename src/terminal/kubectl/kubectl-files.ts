import { decodeUtf8, encodeUtf8 } from '../../kernel/index.ts';
import type { FileEntry, KubectlFiles } from '../../kubectl/index.ts';
import { FileError, type DeviceKind, type FileSystem } from '../../shell/index.ts';

export interface KubectlFilesOptions {
  readonly files: FileSystem;
  readonly workingDirectory: string;
  /** Everything that can still be read from standard input. */
  readonly readInput: () => Promise<Uint8Array>;
}

/** The workstation's files as kubectl sees them: from its working directory, with errors in Go's words. */
export function kubectlFiles({ files, workingDirectory, readInput }: KubectlFilesOptions): KubectlFiles {
  const resolve = (path: string) => (path.startsWith('/') ? path : `${workingDirectory.replace(/\/$/, '')}/${path}`);
  return {
    async read(path) {
      const device = inGo(() => files.stat(resolve(path)))?.device;
      if (device) return readDevice(device, readInput);
      return inGo(() => files.read(resolve(path)));
    },
    async write(path, content, mode) {
      const bytes = typeof content === 'string' ? encodeUtf8(content) : content;
      inGo(() => files.write(resolve(path), bytes, mode === undefined ? {} : { mode }));
    },
    async stat(path) {
      const stat = inGo(() => files.stat(resolve(path)));
      return stat && { isDirectory: stat.type === 'directory', isExecutable: (stat.mode & 0o111) !== 0 };
    },
    async list(path) {
      return inGo(() =>
        files.list(resolve(path)).map((name): FileEntry => {
          const stat = files.stat(`${resolve(path)}/${name}`);
          return { name, isDirectory: stat?.type === 'directory' };
        }),
      );
    },
    async makeDirectory(path) {
      inGo(() => files.makeDirectory(resolve(path), { parents: true }));
    },
    async remove(path) {
      inGo(() => files.remove(resolve(path), { recursive: true }));
    },
  };
}

async function readDevice(device: DeviceKind, readInput: () => Promise<Uint8Array>): Promise<Uint8Array> {
  if (device === 'stdin' || device === 'tty') return readInput();
  if (device === 'null') return new Uint8Array();
  throw new Error('invalid argument');
}

/** Go's syscall errors are strerror's texts without the capital. */
function inGo<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new Error(error.message.charAt(0).toLowerCase() + error.message.slice(1), { cause: error });
  }
}

/** The text of a file; undefined when it cannot be read. */
export function textOf(files: FileSystem, path: string): string | undefined {
  try {
    return decodeUtf8(files.read(path));
  } catch (error) {
    if (error instanceof FileError) return undefined;
    throw error;
  }
}
