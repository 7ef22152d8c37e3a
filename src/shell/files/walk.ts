import { FileError, type FileErrno, type FileUser } from '../file-system.ts';
import type { Inode } from './inode.ts';
import type { MountTable } from './mount-table.ts';
import { isAllowed } from './permissions.ts';
import type { Volume } from './volume.ts';

/** An inode, and through what it was reached. */
export interface Place {
  readonly volume: Volume;
  readonly inode: number;
  readonly readOnly: boolean;
}

/** Where a path leads: the directory that holds the last name, and what is there, if anything. */
export interface Found {
  readonly parent: Place;
  readonly name: string;
  readonly place: Place | undefined;
  /** Absolute, without symlinks (but for a last one that was not followed). */
  readonly path: string;
  /** The path ended in a slash: only a directory will do. */
  readonly wantsDirectory: boolean;
}

const symlinkLimit = 40;

interface Step {
  readonly name: string;
  readonly place: Place;
}

/** Walks a path as the kernel does, one name at a time, checking the right to search each directory. */
export function walk(path: string, root: Place, mounts: MountTable, user: FileUser, followLast: boolean): Found {
  const found = tryWalk(path, root, mounts, user, followLast);
  if (typeof found === 'string') throw new FileError(found, path);
  return found;
}

/** As `walk`, for those who ask whether there is anything: says why the path leads nowhere. */
export function tryWalk(
  path: string,
  root: Place,
  mounts: MountTable,
  user: FileUser,
  followLast: boolean,
): Found | FileErrno {
  return walkStraight(path, root, mounts, user, followLast) ?? walkAnyPath(path, root, mounts, user, followLast);
}

/** What most paths need: no trail. Gives nothing when there are turns in the path or symlinks on the way. */
function walkStraight(
  path: string,
  root: Place,
  mounts: MountTable,
  user: FileUser,
  followLast: boolean,
): Found | FileErrno | undefined {
  if (!path.startsWith('/') || path.endsWith('/') || path.includes('/.') || path.includes('//')) return undefined;
  let here = mounts.cross(root);
  for (let start = 1; ;) {
    const end = path.indexOf('/', start);
    const isLast = end < 0;
    const name = isLast ? path.slice(start) : path.slice(start, end);
    const directory = inodeAt(here);
    if (directory.type !== 'directory') return 'ENOTDIR';
    if (!isAllowed(directory, user, 'execute')) return 'EACCES';
    const number = directory.entries!.get(name);
    if (number === undefined) {
      return isLast ? { parent: here, name, place: undefined, path, wantsDirectory: false } : 'ENOENT';
    }
    const place = mounts.cross({ volume: here.volume, inode: number, readOnly: here.readOnly });
    if ((!isLast || followLast) && inodeAt(place).type === 'symlink') return undefined;
    if (isLast) return { parent: here, name, place, path, wantsDirectory: false };
    here = place;
    start = end + 1;
  }
}

function walkAnyPath(
  path: string,
  root: Place,
  mounts: MountTable,
  user: FileUser,
  followLast: boolean,
): Found | FileErrno {
  let names = namesIn(path);
  let next = 0;
  // The trail from the root: what `..` goes back along.
  const trail: Step[] = [{ name: '', place: mounts.cross(root) }];
  let symlinks = 0;
  const wantsDirectory = (path.endsWith('/') || path.endsWith('/.')) && names.length > 0;

  while (next < names.length) {
    const here = trail[trail.length - 1]!.place;
    const directory = inodeAt(here);
    if (directory.type !== 'directory') return 'ENOTDIR';
    if (!isAllowed(directory, user, 'execute')) return 'EACCES';
    const name = names[next++]!;
    if (name === '..') {
      if (trail.length > 1) trail.pop();
      continue;
    }
    const isLast = next === names.length;
    const number = directory.entries!.get(name);
    if (number === undefined) {
      if (!isLast) return 'ENOENT';
      return { parent: here, name, place: undefined, path: pathOf(trail, name), wantsDirectory };
    }
    const place = mounts.cross({ volume: here.volume, inode: number, readOnly: here.readOnly });
    const inode = inodeAt(place);
    if (inode.type === 'symlink' && (!isLast || followLast || wantsDirectory)) {
      if (++symlinks > symlinkLimit) return 'ELOOP';
      const target = inode.target!;
      if (target.startsWith('/')) trail.length = 1;
      names = [...namesIn(target), ...names.slice(next)];
      next = 0;
      continue;
    }
    trail.push({ name, place });
  }

  const last = trail[trail.length - 1]!;
  const parent = trail[trail.length - 2]?.place ?? last.place;
  if (wantsDirectory && inodeAt(last.place).type !== 'directory') return 'ENOTDIR';
  return { parent, name: last.name, place: last.place, path: pathOf(trail), wantsDirectory };
}

function namesIn(path: string): readonly string[] {
  return path.split('/').filter((name) => name !== '' && name !== '.');
}

export function inodeAt(place: Place): Inode {
  return place.volume.get(place.inode)!;
}

function pathOf(trail: readonly Step[], name?: string): string {
  let path = '';
  for (let index = 1; index < trail.length; index++) path += `/${trail[index]!.name}`;
  if (name !== undefined) path += `/${name}`;
  return path || '/';
}
