import type { Program } from '../program.ts';
import type { DeviceKind, FileStat } from '../file-system.ts';

/** One file, whatever its names are. Belongs to a layer; a layer above copies it before it changes it. */
export interface Inode {
  readonly type: FileStat['type'];
  mode: number;
  uid: number;
  gid: number;
  modifiedMs: number;
  links: number;
  /** Of a file: the first `size` bytes count, the rest is room to append without copying. */
  buffer: Uint8Array;
  size: number;
  /** Of a directory. */
  entries: ReadonlyMap<string, number> | undefined;
  /** Of a symlink. */
  readonly target: string | undefined;
  readonly device: DeviceKind | undefined;
  program: Program | undefined;
}

export const noBytes = new Uint8Array(0);
/** Shared by all directories that are empty: thousands of containers have some each. */
const noEntries: ReadonlyMap<string, number> = new Map();

type InodeKind =
  | { readonly type: 'file'; readonly content: Uint8Array; readonly program?: Program }
  | { readonly type: 'directory' }
  | { readonly type: 'symlink'; readonly target: string }
  | { readonly type: 'device'; readonly device: DeviceKind };

export interface Ownership {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly modifiedMs: number;
}

/** A new inode with one name. */
export function makeInode(kind: InodeKind, { mode, uid, gid, modifiedMs }: Ownership): Inode {
  const content = kind.type === 'file' ? kind.content : noBytes;
  return {
    type: kind.type,
    mode,
    uid,
    gid,
    modifiedMs,
    links: kind.type === 'directory' ? 2 : 1,
    buffer: content,
    size: content.length,
    entries: kind.type === 'directory' ? noEntries : undefined,
    target: kind.type === 'symlink' ? kind.target : undefined,
    device: kind.type === 'device' ? kind.device : undefined,
    program: kind.type === 'file' ? kind.program : undefined,
  };
}

/** A copy for a higher layer. It shares the bytes, which nobody changes in place, but none of the room behind them. */
export function copyInode(inode: Inode): Inode {
  return {
    ...inode,
    buffer: contentOf(inode),
    entries: inode.entries && copyEntries(inode.entries),
  };
}

function copyEntries(entries: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  return entries.size === 0 ? noEntries : new Map(entries);
}

/** Names an inode in a directory that the layer owns. */
export function setEntry(directory: Inode, name: string, number: number): void {
  if (directory.entries === noEntries) directory.entries = new Map();
  (directory.entries as Map<string, number>).set(name, number);
}

export function deleteEntry(directory: Inode, name: string): void {
  if (directory.entries !== noEntries) (directory.entries as Map<string, number>).delete(name);
}

/** The bytes of a file. Appending never touches them, overwriting replaces them. */
export function contentOf(inode: Inode): Uint8Array {
  return inode.size === inode.buffer.length ? inode.buffer : inode.buffer.subarray(0, inode.size);
}

/** Adds bytes at the end at an amortised cost of their length. */
export function appendContent(inode: Inode, bytes: Uint8Array): void {
  const size = inode.size + bytes.length;
  if (size > inode.buffer.length) {
    const roomier = new Uint8Array(Math.max(size, Math.min(inode.size * 2, inode.size + 1_048_576), 64));
    roomier.set(contentOf(inode));
    inode.buffer = roomier;
  }
  inode.buffer.set(bytes, inode.size);
  inode.size = size;
}

export function replaceContent(inode: Inode, content: Uint8Array): void {
  inode.buffer = content;
  inode.size = content.length;
}

export function statOf(inode: Inode, number: number): FileStat {
  return {
    type: inode.type,
    size: sizeOf(inode),
    mode: inode.mode,
    uid: inode.uid,
    gid: inode.gid,
    modifiedMs: inode.modifiedMs,
    inode: number,
    links: inode.links,
    ...(inode.device && { device: inode.device }),
  };
}

function sizeOf(inode: Inode): number {
  if (inode.type === 'directory') return 4096;
  if (inode.type === 'symlink') return inode.target!.length;
  return inode.size;
}
