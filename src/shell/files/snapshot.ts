import { decodeUtf8, encodeUtf8 } from '../../kernel/index.ts';
import { decodeBase64, encodeBase64 } from '../codec/base64.ts';
import type { FileStat, FileSystem } from '../file-system.ts';

/** A tree as JSON: how the learner's home survives a reload. Paths are relative to the tree's root. */
export interface TreeSnapshot {
  readonly format: 'drydock.files/1';
  readonly files: readonly FileSnapshot[];
}

interface FileSnapshot {
  readonly path: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly modifiedMs: number;
  /** Exactly one of these is there; none for a directory. */
  readonly text?: string;
  readonly base64?: string;
  readonly symlink?: string;
}

/** What is below `root`, parents before children. Files that stand for programs, and devices, belong to the machine and are left out. */
export function takeSnapshot(files: FileSystem, root: string): TreeSnapshot {
  const found: FileSnapshot[] = [];
  collect(files, root, '', found);
  return { format: 'drydock.files/1', files: found };
}

function collect(files: FileSystem, root: string, at: string, found: FileSnapshot[]): void {
  for (const name of files.list(root + at)) {
    const path = `${at}/${name}`;
    const stat = files.lstat(root + path)!;
    if (stat.type === 'device' || (stat.type === 'file' && files.programOf(root + path))) continue;
    found.push({ path, ...ownership(stat), ...content(files, root + path, stat) });
    if (stat.type === 'directory') collect(files, root, path, found);
  }
}

function ownership({ mode, uid, gid, modifiedMs }: FileStat) {
  return { mode, uid, gid, modifiedMs };
}

function content(files: FileSystem, path: string, stat: FileStat): Pick<FileSnapshot, 'text' | 'base64' | 'symlink'> {
  if (stat.type === 'symlink') return { symlink: files.readLink(path) };
  if (stat.type === 'directory') return {};
  const bytes = files.read(path);
  const text = decodeUtf8(bytes);
  const isText = !text.includes('\ufffd') && sameBytes(encodeUtf8(text), bytes);
  return isText ? { text } : { base64: encodeBase64(bytes) };
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

/** Puts a snapshot's files below `root`, over what is there. */
export function restoreSnapshot(files: FileSystem, root: string, snapshot: TreeSnapshot): void {
  files.makeDirectory(root, { parents: true });
  for (const file of snapshot.files) {
    const path = root + file.path;
    if (file.symlink !== undefined) {
      if (files.lstat(path)) files.remove(path, { recursive: true });
      files.link(file.symlink, path, { symbolic: true });
      continue;
    }
    if (file.text !== undefined) files.write(path, encodeUtf8(file.text));
    else if (file.base64 !== undefined) files.write(path, decodeBase64(file.base64)!);
    else files.makeDirectory(path, { parents: true });
    files.setMode(path, file.mode);
    files.setOwner(path, file.uid, file.gid);
  }
  // Times last, deepest first: putting a file into a directory changes the directory's.
  for (const file of snapshot.files.toReversed())
    if (file.symlink === undefined) files.setTimes(root + file.path, file.modifiedMs);
}
