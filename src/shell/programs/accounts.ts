import { decodeUtf8 } from '../../kernel/index.ts';
import type { FileSystem } from '../file-system.ts';

export interface Account {
  readonly name: string;
  readonly id: number;
  /** Of a user: the group. */
  readonly gid: number;
  readonly home: string;
}

function entries(files: FileSystem, path: string): readonly Account[] {
  if (files.stat(path)?.type !== 'file' || !files.mayAccess(path, 'read')) return [];
  return decodeUtf8(files.read(path))
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length > 3 || (path.endsWith('group') && fields.length > 2))
    .map(([name, , id, gid, , home]) => ({ name: name!, id: Number(id), gid: Number(gid), home: home ?? '/' }));
}

export function users(files: FileSystem): readonly Account[] {
  return entries(files, '/etc/passwd');
}

export function groups(files: FileSystem): readonly Account[] {
  return entries(files, '/etc/group');
}

export function userName(files: FileSystem, uid: number): string {
  return users(files).find(({ id }) => id === uid)?.name ?? (uid === 0 ? 'root' : String(uid));
}

export function groupName(files: FileSystem, gid: number): string {
  return groups(files).find(({ id }) => id === gid)?.name ?? (gid === 0 ? 'root' : String(gid));
}
