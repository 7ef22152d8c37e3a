import type { FileUser } from '../file-system.ts';
import type { Inode } from './inode.ts';

export type Access = 'read' | 'write' | 'execute';

const bits: Readonly<Record<Access, number>> = { read: 4, write: 2, execute: 1 };

/** Whether the permission bits let `user` do it, as the kernel decides: owner, else group, else others. */
export function isAllowed(inode: Inode, user: FileUser, wanted: Access): boolean {
  const bit = bits[wanted];
  // Root may do everything but execute a file that nobody may execute.
  if (user.uid === 0) return wanted !== 'execute' || inode.type === 'directory' || (inode.mode & 0o111) !== 0;
  if (user.uid === inode.uid) return ((inode.mode >> 6) & bit) !== 0;
  if (user.gid === inode.gid || user.groups?.includes(inode.gid)) return ((inode.mode >> 3) & bit) !== 0;
  return (inode.mode & bit) !== 0;
}

/** In a directory with the sticky bit (such as /tmp) only a file's owner may rename or remove it. */
export function isHeldBySticky(directory: Inode, inode: Inode, user: FileUser): boolean {
  return (directory.mode & 0o1000) !== 0 && user.uid !== 0 && user.uid !== inode.uid && user.uid !== directory.uid;
}
