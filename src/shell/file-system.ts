import type { Program } from './program.ts';

/**
 * A file tree in memory, without waiting: the learner's home, a container's layers, a mounted volume.
 * Paths are absolute; `.`/`..` and symlinks are resolved as POSIX does. Failures throw FileError with the errno's name.
 */
export interface FileSystem {
  /** The content now. The bytes never change afterwards; do not change them either. */
  read(path: string): Uint8Array;
  write(path: string, content: Uint8Array, options?: { readonly append?: boolean; readonly mode?: number }): void;
  /** A file that stays the same file while it is renamed or removed. Flags as in open(2). */
  open(path: string, options?: OpenOptions): FileHandle;
  /** Follows symlinks; undefined when there is nothing. */
  stat(path: string): FileStat | undefined;
  /** Does not follow the last symlink. */
  lstat(path: string): FileStat | undefined;
  /** Names in a directory, sorted. */
  list(path: string): readonly string[];
  makeDirectory(path: string, options?: { readonly parents?: boolean; readonly mode?: number }): void;
  remove(path: string, options?: { readonly recursive?: boolean }): void;
  rename(from: string, to: string): void;
  link(target: string, path: string, options: { readonly symbolic: boolean }): void;
  readLink(path: string): string;
  setMode(path: string, mode: number): void;
  setOwner(path: string, uid: number, gid: number): void;
  setTimes(path: string, modifiedMs: number): void;
  /** The path with every symlink resolved. */
  realPath(path: string): string;
  /** The program that an executable file stands for, if it is no script. */
  programOf(path: string): Program | undefined;
  /** Whether the user of this view may do it, as access(2). */
  mayAccess(path: string, wanted: 'read' | 'write' | 'execute'): boolean;
  /** Puts another tree at `path` (a volume). Makes the mount point when it is missing, as a container runtime does. */
  mount(path: string, tree: FileSystem, options?: { readonly readOnly?: boolean; readonly source?: string }): void;
  unmount(path: string): void;
  readonly mounts: readonly { readonly path: string; readonly source: string; readonly readOnly: boolean }[];
}

export interface OpenOptions {
  readonly write?: boolean;
  readonly create?: boolean;
  readonly exclusive?: boolean;
  readonly truncate?: boolean;
  /** Permission bits of a new file, after the umask. */
  readonly mode?: number;
}

/** An open file. Offsets are the caller's business. */
export interface FileHandle {
  readonly stat: FileStat;
  /** Up to `length` bytes; empty at or after the end. */
  readAt(offset: number, length: number): Uint8Array;
  writeAt(offset: number, bytes: Uint8Array): void;
  /** Writes at the end, wherever that is by now. */
  append(bytes: Uint8Array): void;
  truncate(size: number): void;
}

/** Whose permissions count. */
export interface FileUser {
  readonly uid: number;
  readonly gid: number;
  readonly groups?: readonly number[];
}

/** What a device file does: shells and programs open it through `openFile` functions, never through `read`. */
export type DeviceKind = 'null' | 'zero' | 'full' | 'random' | 'tty' | 'stdin' | 'stdout' | 'stderr';

export interface FileStat {
  readonly type: 'file' | 'directory' | 'symlink' | 'device';
  readonly size: number;
  /** Permission bits, e.g. 0o644. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly modifiedMs: number;
  /** The same number within one tree means the same file. */
  readonly inode: number;
  /** Hard links. */
  readonly links: number;
  readonly device?: DeviceKind;
}

export type FileErrno =
  | 'ENOENT'
  | 'EEXIST'
  | 'ENOTDIR'
  | 'EISDIR'
  | 'ENOTEMPTY'
  | 'EACCES'
  | 'EROFS'
  | 'EBUSY'
  | 'ELOOP'
  | 'EINVAL'
  | 'ENOSPC'
  | 'EFBIG'
  | 'EXDEV'
  | 'EPERM';

/** strerror(3) for each errno: what programs print. */
export const fileErrorTexts: Readonly<Record<FileErrno, string>> = {
  ENOENT: 'No such file or directory',
  EEXIST: 'File exists',
  ENOTDIR: 'Not a directory',
  EISDIR: 'Is a directory',
  ENOTEMPTY: 'Directory not empty',
  EACCES: 'Permission denied',
  EROFS: 'Read-only file system',
  EBUSY: 'Device or resource busy',
  ELOOP: 'Too many levels of symbolic links',
  EINVAL: 'Invalid argument',
  ENOSPC: 'No space left on device',
  EFBIG: 'File too large',
  EXDEV: 'Invalid cross-device link',
  EPERM: 'Operation not permitted',
};

export class FileError extends Error {
  override readonly name = 'FileError';
  readonly errno: FileErrno;
  readonly path: string;

  constructor(errno: FileErrno, path: string) {
    super(fileErrorTexts[errno]);
    this.errno = errno;
    this.path = path;
  }
}
