import { FileError, type FileUser } from '../file-system.ts';
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
  const names = path.split('/').filter((name) => name !== '' && name !== '.');
  // The trail from the root: what `..` goes back along.
  const trail: Step[] = [{ name: '', place: mounts.cross(root) }];
  let symlinks = 0;
  const wantsDirectory = /\/\.?$/.test(path) && names.length > 0;

  while (names.length > 0) {
    const here = trail.at(-1)!.place;
    const directory = inodeAt(here);
    if (directory.type !== 'directory') throw new FileError('ENOTDIR', path);
    if (!isAllowed(directory, user, 'execute')) throw new FileError('EACCES', path);
    const name = names.shift()!;
    if (name === '..') {
      if (trail.length > 1) trail.pop();
      continue;
    }
    const isLast = names.length === 0;
    const number = directory.entries!.get(name);
    if (number === undefined) {
      if (!isLast) throw new FileError('ENOENT', path);
      return { parent: here, name, place: undefined, path: pathOf(trail, name), wantsDirectory };
    }
    const place = mounts.cross({ ...here, inode: number });
    const inode = inodeAt(place);
    if (inode.type === 'symlink' && (!isLast || followLast || wantsDirectory)) {
      if (++symlinks > symlinkLimit) throw new FileError('ELOOP', path);
      const target = inode.target!;
      if (target.startsWith('/')) trail.length = 1;
      names.unshift(...target.split('/').filter((part) => part !== '' && part !== '.'));
      continue;
    }
    trail.push({ name, place });
  }

  const last = trail.at(-1)!;
  const parent = trail.at(-2)?.place ?? last.place;
  if (wantsDirectory && inodeAt(last.place).type !== 'directory') throw new FileError('ENOTDIR', path);
  return { parent, name: last.name, place: last.place, path: pathOf(trail), wantsDirectory };
}

export function inodeAt(place: Place): Inode {
  return place.volume.get(place.inode)!;
}

function pathOf(trail: readonly Step[], name?: string): string {
  const names = trail.slice(1).map((step) => step.name);
  if (name !== undefined) names.push(name);
  return `/${names.join('/')}`;
}
