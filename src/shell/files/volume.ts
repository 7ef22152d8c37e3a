import { FileError } from '../file-system.ts';
import { copyInode, type Inode, type Ownership, makeInode } from './inode.ts';

/** Inodes by number. Looked up from the top layer down, so a layer holds only what it changed. */
interface Layer {
  readonly inodes: ReadonlyMap<number, Inode>;
  readonly below: Layer | undefined;
}

/** Of a layer that nothing has been written to: most forks stay as they were. */
const noInodes: ReadonlyMap<number, Inode> = new Map();

export const rootInode = 1;

/**
 * One tree's inodes: what a block device is to a file system. Forking is O(1): both sides get a new, empty top layer
 * over what is there already, and copy an inode when they first change it, as overlayfs does.
 */
export class Volume {
  readonly capacityBytes: number;
  #top: Layer;
  #nextInode: number;
  #usedBytes = 0;
  #fill: (() => void) | undefined;

  private constructor(capacityBytes: number, top: Layer, nextInode: number) {
    this.capacityBytes = capacityBytes;
    this.#top = top;
    this.#nextInode = nextInode;
  }

  /** A volume that holds an empty root directory. */
  static empty(capacityBytes: number, root: Ownership): Volume {
    const volume = new Volume(capacityBytes, { inodes: noInodes, below: undefined }, rootInode);
    volume.add(makeInode({ type: 'directory' }, root));
    return volume;
  }

  /** Puts off what `fill` writes until somebody looks: most volumes that are mounted are never opened. */
  fillLater(fill: () => void): void {
    this.#fill = fill;
  }

  /** A volume that begins with what this one holds; neither sees the other's later changes. */
  fork(capacityBytes: number): Volume {
    if (this.#fill) this.#fillNow();
    if (this.#top.inodes.size > 0) this.#top = { inodes: noInodes, below: this.#top };
    return new Volume(capacityBytes, { inodes: noInodes, below: this.#top.below }, this.#nextInode);
  }

  /** Bytes that were written to this volume itself, not to what it was forked from. */
  get usedBytes(): number {
    if (this.#fill) this.#fillNow();
    return this.#usedBytes;
  }

  get(number: number): Inode | undefined {
    if (this.#fill) this.#fillNow();
    for (let layer: Layer | undefined = this.#top; layer; layer = layer.below) {
      const inode = layer.inodes.get(number);
      if (inode) return inode;
    }
    return undefined;
  }

  /** The inode, in the top layer, free to be changed. Copies its bytes' claim on the space, too. */
  own(number: number): Inode {
    if (this.#fill) this.#fillNow();
    const own = this.#top.inodes.get(number);
    if (own) return own;
    const copy = copyInode(this.get(number)!);
    if (copy.type === 'file') this.charge(copy.size, '');
    this.#put(number, copy);
    return copy;
  }

  add(inode: Inode): number {
    const number = this.#nextInode++;
    this.#put(number, inode);
    return number;
  }

  /** Forgets an inode that has no name any more. */
  drop(number: number): void {
    const own = this.#top.inodes.get(number);
    if (!own) return;
    if (own.type === 'file') this.#usedBytes -= own.size;
    (this.#top.inodes as Map<number, Inode>).delete(number);
  }

  /** Takes `bytes` more of the space (or gives back, when negative). */
  charge(bytes: number, path: string): void {
    if (bytes > 0 && this.#usedBytes + bytes > this.capacityBytes) throw new FileError('ENOSPC', path);
    this.#usedBytes += bytes;
  }

  #put(number: number, inode: Inode): void {
    if (this.#top.inodes === noInodes) this.#top = { inodes: new Map(), below: this.#top.below };
    (this.#top.inodes as Map<number, Inode>).set(number, inode);
  }

  #fillNow(): void {
    const fill = this.#fill!;
    this.#fill = undefined;
    fill();
  }
}
