import {
  FileError,
  type DeviceKind,
  type FileHandle,
  type FileStat,
  type FileSystem,
  type FileUser,
  type OpenOptions,
} from '../file-system.ts';
import type { Program } from '../program.ts';
import {
  appendContent,
  contentOf,
  deleteEntry,
  makeInode,
  noBytes,
  replaceContent,
  setEntry,
  statOf,
  type Inode,
} from './inode.ts';
import { MountTable } from './mount-table.ts';
import { openHandle } from './open-handle.ts';
import { isAllowed, isHeldBySticky, type Access } from './permissions.ts';
import { rootInode, Volume } from './volume.ts';
import { inodeAt, tryWalk, walk, type Found, type Place } from './walk.ts';

export interface FileSystemOptions {
  /** The time for new and changed files; 0 when absent. */
  readonly nowMs?: () => number;
  /** Bytes that may be written to this tree (ENOSPC beyond). */
  readonly capacityBytes?: number;
  /** EROFS for every change (a read-only root file system). Mounts stay what they are. */
  readonly readOnly?: boolean;
  /** Whose permissions count; root's when absent. */
  readonly user?: FileUser;
  /** Writes what the tree holds from the beginning, once somebody looks into it. */
  readonly fill?: (files: MemoryFileSystem) => void;
}

export interface MountOptions {
  readonly readOnly?: boolean;
  /** What `mount` shows as its device. */
  readonly source?: string;
  /** What the tree's root is, for whoever knows it without looking: looking would build what is put off. */
  readonly type?: 'directory' | 'file';
}

const superuser: FileUser = { uid: 0, gid: 0 };

/** An empty tree in memory. */
export function memoryFileSystem(options: FileSystemOptions = {}): MemoryFileSystem {
  const { uid, gid } = options.user ?? superuser;
  const root = { mode: 0o755, uid, gid, modifiedMs: options.nowMs?.() ?? 0 };
  const volume = Volume.empty(options.capacityBytes ?? Number.POSITIVE_INFINITY, root);
  const files = new MemoryFileSystem({ volume, inode: rootInode, readOnly: options.readOnly ?? false }, options);
  const { fill } = options;
  if (fill) volume.fillLater(() => fill(files));
  return files;
}

/** A file whose content is made when somebody first looks. */
export interface LaterFile {
  readonly mode?: number;
  readonly content: () => Uint8Array;
}

/**
 * Trees of a single file each, for mounting: what a runtime binds into every container, and few programs ever read.
 * They share one volume, which is written when one of them is first looked at; the files' time is that of this call.
 */
export function filesMadeLater(files: readonly LaterFile[], options: FileSystemOptions): readonly MemoryFileSystem[] {
  const madeMs = options.nowMs?.() ?? 0;
  const { volume } = memoryFileSystem({
    nowMs: () => madeMs,
    fill: (tree) => {
      files.forEach(({ mode, content }, index) =>
        tree.write(`/${index}`, content(), mode === undefined ? {} : { mode }),
      );
    },
  }).root;
  // Inodes are numbered as they are made, behind the root's.
  return files.map(
    (_, index) => new MemoryFileSystem({ volume, inode: rootInode + 1 + index, readOnly: false }, options),
  );
}

/**
 * A tree that begins with what `base` holds and copies what it changes: a container over its image. Takes no time
 * and no memory, however large the base is. The base's mounts do not come along.
 */
export function layeredFileSystem(base: FileSystem, options: FileSystemOptions = {}): MemoryFileSystem {
  const { volume, inode } = rootOf(base);
  const fork = volume.fork(options.capacityBytes ?? Number.POSITIVE_INFINITY);
  return new MemoryFileSystem({ volume: fork, inode, readOnly: options.readOnly ?? false }, options);
}

function rootOf(tree: FileSystem): Place {
  if (!(tree instanceof MemoryFileSystem)) throw new FileError('EINVAL', '/');
  return tree.root;
}

/** A view of a volume: its root, what is mounted on it, and whose permissions count. */
export class MemoryFileSystem implements FileSystem {
  readonly root: Place;
  readonly #nowMs: () => number;
  readonly #user: FileUser;
  readonly #mounts: MountTable;

  /** Made by `memoryFileSystem` and `layeredFileSystem`. */
  constructor(root: Place, options: FileSystemOptions, mounts = new MountTable()) {
    this.root = root;
    this.#nowMs = options.nowMs ?? (() => 0);
    this.#user = options.user ?? superuser;
    this.#mounts = mounts;
  }

  /** The same files and mounts with the eyes and rights of somebody else. */
  asUser(user: FileUser): MemoryFileSystem {
    return new MemoryFileSystem(this.root, { nowMs: this.#nowMs, user }, this.#mounts);
  }

  /** A tree of its own whose root is `path` (a directory or a file): what a `subPath` mounts. */
  subtree(path: string): MemoryFileSystem {
    return new MemoryFileSystem(this.#existing(path).place, { nowMs: this.#nowMs, user: this.#user });
  }

  /** Bytes written to this tree's own layer: what it costs on a node's disk. */
  get usedBytes(): number {
    return this.root.volume.usedBytes;
  }

  get capacityBytes(): number {
    return this.root.volume.capacityBytes;
  }

  read(path: string): Uint8Array {
    const inode = this.#inode(path);
    if (inode.type === 'directory') throw new FileError('EISDIR', path);
    this.#demand(inode, 'read', path);
    return contentOf(inode);
  }

  write(path: string, content: Uint8Array, options: { readonly append?: boolean; readonly mode?: number } = {}): void {
    const found = this.#find(path);
    if (!found.place) {
      this.#create(
        found,
        path,
        (ownership) => makeInode({ type: 'file', content: noBytes }, ownership),
        options.mode ?? 0o644,
      );
      if (content.length > 0) this.write(path, content, options);
      return;
    }
    const inode = this.#writable(found.place, path);
    if (inode.type === 'device') return;
    found.place.volume.charge(options.append ? content.length : content.length - inode.size, path);
    if (options.append) appendContent(inode, content);
    else replaceContent(inode, content.slice());
    inode.program = undefined;
    if (options.mode !== undefined) inode.mode = options.mode;
    inode.modifiedMs = this.#nowMs();
  }

  open(path: string, options: OpenOptions = {}): FileHandle {
    const found = this.#find(path);
    if (!found.place) {
      if (!options.create) throw new FileError('ENOENT', path);
      this.write(path, noBytes, { mode: options.mode ?? 0o644 });
      return this.open(path, { write: true });
    }
    if (options.create && options.exclusive) throw new FileError('EEXIST', path);
    const inode = inodeAt(found.place);
    if (inode.type === 'directory' && options.write) throw new FileError('EISDIR', path);
    if (!options.write) this.#demand(inode, 'read', path);
    else this.#writable(found.place, path);
    if (options.truncate && inode.type === 'file') this.write(path, noBytes);
    return openHandle(found.place.volume, found.place.inode, path, this.#nowMs);
  }

  stat(path: string): FileStat | undefined {
    return this.#statOf(path, true);
  }

  lstat(path: string): FileStat | undefined {
    return this.#statOf(path, false);
  }

  list(path: string): readonly string[] {
    const inode = this.#inode(path);
    if (inode.type !== 'directory') throw new FileError('ENOTDIR', path);
    this.#demand(inode, 'read', path);
    return [...inode.entries!.keys()].sort();
  }

  makeDirectory(path: string, options: { readonly parents?: boolean; readonly mode?: number } = {}): void {
    if (options.parents) {
      const names = path.split('/').filter((name) => name !== '');
      for (let count = 1; count < names.length; count++) this.#makeMissing(`/${names.slice(0, count).join('/')}`);
      if (this.stat(path)?.type === 'directory') return;
    }
    const found = this.#find(path, false);
    if (found.place) throw new FileError('EEXIST', path);
    this.#create(found, path, (ownership) => makeInode({ type: 'directory' }, ownership), options.mode ?? 0o755);
  }

  remove(path: string, options: { readonly recursive?: boolean } = {}): void {
    const { parent, name, place } = this.#existing(path, false);
    const inode = inodeAt(place);
    const directory = this.#changeable(parent, path);
    if (place === parent || this.#mounts.isMountPoint(place)) throw new FileError('EBUSY', path);
    if (isHeldBySticky(directory, inode, this.#user)) throw new FileError('EPERM', path);
    if (inode.type === 'directory') {
      if (inode.entries!.size > 0) {
        if (!options.recursive) throw new FileError('ENOTEMPTY', path);
        for (const child of [...inode.entries!.keys()].sort()) this.remove(`${path}/${child}`, options);
      }
      parent.volume.own(parent.inode).links--;
    }
    this.#unlink(parent, name, place);
  }

  rename(from: string, to: string): void {
    const source = this.#existing(from, false);
    const target = this.#find(to, false);
    if (source.parent.volume !== target.parent.volume) throw new FileError('EXDEV', from);
    const inode = inodeAt(source.place);
    if (this.#mounts.isMountPoint(source.place)) throw new FileError('EBUSY', from);
    if (isHeldBySticky(this.#changeable(source.parent, from), inode, this.#user)) throw new FileError('EPERM', from);
    this.#changeable(target.parent, to);
    if (target.path === source.path) return;
    if (inode.type === 'directory' && target.path.startsWith(`${source.path}/`)) throw new FileError('EINVAL', from);
    if (target.place) this.#makeWay(inode, target as Found & { place: Place }, to);
    const { volume } = source.parent;
    deleteEntry(volume.own(source.parent.inode), source.name);
    setEntry(volume.own(target.parent.inode), target.name, source.place.inode);
    if (inode.type === 'directory') {
      volume.own(source.parent.inode).links--;
      volume.own(target.parent.inode).links++;
    }
    this.#touch(source.parent);
    this.#touch(target.parent);
  }

  link(target: string, path: string, { symbolic }: { readonly symbolic: boolean }): void {
    const found = this.#find(path, false);
    if (found.place) throw new FileError('EEXIST', path);
    if (symbolic) {
      this.#create(found, path, (ownership) => makeInode({ type: 'symlink', target }, ownership), 0o777);
      return;
    }
    const { place } = this.#existing(target, false);
    if (inodeAt(place).type === 'directory') throw new FileError('EPERM', path);
    if (place.volume !== found.parent.volume) throw new FileError('EXDEV', path);
    setEntry(this.#changeable(found.parent, path), found.name, place.inode);
    place.volume.own(place.inode).links++;
    this.#touch(found.parent);
  }

  readLink(path: string): string {
    const inode = this.#inode(path, false);
    if (inode.type !== 'symlink') throw new FileError('EINVAL', path);
    return inode.target!;
  }

  setMode(path: string, mode: number): void {
    const inode = this.#ownedByUser(path);
    inode.mode = mode & 0o7777;
  }

  setOwner(path: string, uid: number, gid: number): void {
    if (this.#user.uid !== 0) {
      const isMine = this.#inode(path).uid === this.#user.uid;
      const isMyGroup = gid === this.#user.gid || (this.#user.groups?.includes(gid) ?? false);
      if (!isMine || uid !== this.#user.uid || !isMyGroup) throw new FileError('EPERM', path);
    }
    const inode = this.#ownedByUser(path);
    inode.uid = uid;
    inode.gid = gid;
  }

  setTimes(path: string, modifiedMs: number): void {
    this.#ownedByUser(path).modifiedMs = modifiedMs;
  }

  realPath(path: string): string {
    return this.#existing(path).path;
  }

  programOf(path: string): Program | undefined {
    const found = this.#find(path);
    return found.place && inodeAt(found.place).program;
  }

  mayAccess(path: string, wanted: Access): boolean {
    const { place } = this.#existing(path);
    return (wanted !== 'write' || !place.readOnly) && isAllowed(inodeAt(place), this.#user, wanted);
  }

  /** An executable that stands for a program. Its content is what `file` or `cat` would stumble over. */
  installProgram(path: string, program: Program, content: Uint8Array = noBytes): void {
    const found = this.#find(path);
    if (found.place) this.remove(path);
    this.#create(
      this.#find(path),
      path,
      (ownership) => makeInode({ type: 'file', content, program }, ownership),
      0o755,
    );
  }

  /** A device file, such as /dev/null. */
  makeDevice(path: string, device: DeviceKind): void {
    const found = this.#find(path, false);
    if (found.place) throw new FileError('EEXIST', path);
    this.#create(found, path, (ownership) => makeInode({ type: 'device', device }, ownership), 0o666);
  }

  mount(path: string, tree: FileSystem, options: MountOptions = {}): void {
    const origin = rootOf(tree);
    const root: Place = options.readOnly && !origin.readOnly ? { ...origin, readOnly: true } : origin;
    // A volume's root is a directory: to know that, nobody need look into it.
    const type = options.type ?? (root.inode === rootInode ? 'directory' : inodeAt(root).type);
    const found = this.#mountPoint(path, type === 'directory');
    this.#mounts.add({
      path: found.path,
      source: options.source ?? 'none',
      readOnly: root.readOnly,
      over: found.place,
      root,
    });
  }

  unmount(path: string): void {
    if (!this.#mounts.remove(this.#existing(path).path)) throw new FileError('EINVAL', path);
  }

  get mounts(): readonly { readonly path: string; readonly source: string; readonly readOnly: boolean }[] {
    return this.#mounts.list.map(({ path, source, readOnly }) => ({ path, source, readOnly }));
  }

  #find(path: string, followLast = true): Found {
    return walk(path, this.root, this.#mounts, this.#user, followLast);
  }

  #existing(path: string, followLast = true): Found & { readonly place: Place } {
    const found = this.#find(path, followLast);
    if (!found.place) throw new FileError('ENOENT', path);
    return found as Found & { readonly place: Place };
  }

  #inode(path: string, followLast = true): Inode {
    return inodeAt(this.#existing(path, followLast).place);
  }

  #statOf(path: string, followLast: boolean): FileStat | undefined {
    // stat(2) fails for any path that leads nowhere; callers who must know why use realPath.
    const found = tryWalk(path, this.root, this.#mounts, this.#user, followLast);
    if (typeof found === 'string' || !found.place) return undefined;
    return statOf(inodeAt(found.place), found.place.inode);
  }

  #demand(inode: Inode, wanted: Access, path: string): void {
    if (!isAllowed(inode, this.#user, wanted)) throw new FileError('EACCES', path);
  }

  /** The file at `place`, owned by this layer, if the user may write to it. */
  #writable(place: Place, path: string): Inode {
    const inode = inodeAt(place);
    if (inode.type === 'directory') throw new FileError('EISDIR', path);
    this.#demand(inode, 'write', path);
    if (inode.type === 'device') return inode;
    if (place.readOnly) throw new FileError('EROFS', path);
    return place.volume.own(place.inode);
  }

  /** The directory at `place`, owned by this layer, if the user may change its entries. */
  #changeable(place: Place, path: string): Inode {
    if (place.readOnly) throw new FileError('EROFS', path);
    const inode = inodeAt(place);
    this.#demand(inode, 'write', path);
    this.#demand(inode, 'execute', path);
    return place.volume.own(place.inode);
  }

  #ownedByUser(path: string): Inode {
    const { place } = this.#existing(path);
    if (place.readOnly) throw new FileError('EROFS', path);
    if (this.#user.uid !== 0 && this.#user.uid !== inodeAt(place).uid) throw new FileError('EPERM', path);
    return place.volume.own(place.inode);
  }

  #create(
    { parent, name, wantsDirectory }: Found,
    path: string,
    make: (ownership: { mode: number; uid: number; gid: number; modifiedMs: number }) => Inode,
    mode: number,
  ): void {
    const directory = this.#changeable(parent, path);
    // A directory with the set-group-ID bit hands its group on (what fsGroup relies on).
    const inherits = (directory.mode & 0o2000) !== 0;
    const inode = make({
      mode,
      uid: this.#user.uid,
      gid: inherits ? directory.gid : this.#user.gid,
      modifiedMs: this.#nowMs(),
    });
    if (wantsDirectory && inode.type !== 'directory') throw new FileError('EISDIR', path);
    if (inode.type === 'directory') {
      directory.links++;
      if (inherits) inode.mode |= 0o2000;
    }
    setEntry(directory, name, parent.volume.add(inode));
    this.#touch(parent);
  }

  #makeMissing(path: string): void {
    const type = this.stat(path)?.type;
    if (type === undefined) this.makeDirectory(path);
    else if (type !== 'directory') throw new FileError('ENOTDIR', path);
  }

  /** Removes what a rename replaces, if it may be replaced. */
  #makeWay(inode: Inode, target: Found & { readonly place: Place }, to: string): void {
    const old = inodeAt(target.place);
    if (old.type === 'directory' && inode.type !== 'directory') throw new FileError('EISDIR', to);
    if (old.type !== 'directory' && inode.type === 'directory') throw new FileError('ENOTDIR', to);
    this.remove(to);
  }

  #unlink(parent: Place, name: string, place: Place): void {
    deleteEntry(parent.volume.own(parent.inode), name);
    const inode = inodeAt(place);
    if (inode.type === 'directory' || inode.links <= 1) place.volume.drop(place.inode);
    else place.volume.own(place.inode).links--;
    this.#touch(parent);
  }

  #touch(place: Place): void {
    place.volume.own(place.inode).modifiedMs = this.#nowMs();
  }

  /** A runtime makes mount points with its own rights, also on a read-only root. */
  #mountPoint(path: string, isDirectory: boolean): Found & { readonly place: Place } {
    const runtime = new MemoryFileSystem({ ...this.root, readOnly: false }, { nowMs: this.#nowMs }, this.#mounts);
    if (!runtime.stat(path)) {
      if (isDirectory) runtime.makeDirectory(path, { parents: true });
      else {
        runtime.makeDirectory(`${path}/..`.replace(/\/[^/]+\/\.\.$/, '') || '/', { parents: true });
        runtime.write(path, noBytes);
      }
    }
    return runtime.#existing(path);
  }
}
