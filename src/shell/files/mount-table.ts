import type { Place } from './walk.ts';

export interface Mount {
  readonly path: string;
  readonly source: string;
  readonly readOnly: boolean;
  /** The directory (or file) that it hides. */
  readonly over: Place;
  /** What is seen instead. */
  readonly root: Place;
}

/** What is mounted where in one mount namespace: a container, or the learner's machine. */
export class MountTable {
  readonly #mounts: Mount[] = [];

  get list(): readonly Mount[] {
    return this.#mounts;
  }

  add(mount: Mount): void {
    this.#mounts.push(mount);
  }

  remove(path: string): boolean {
    const index = this.#mounts.findLastIndex((mount) => mount.path === path);
    if (index >= 0) this.#mounts.splice(index, 1);
    return index >= 0;
  }

  /** Where one really is when one steps on `place`: in whatever was mounted over it last. */
  cross(place: Place): Place {
    for (let index = this.#mounts.length - 1; index >= 0; index--) {
      const { over, root } = this.#mounts[index]!;
      if (over.volume !== place.volume || over.inode !== place.inode) continue;
      // Something may have been mounted over the root of that mount in turn.
      const isItself = root.volume === place.volume && root.inode === place.inode;
      return isItself ? root : this.cross(root);
    }
    return place;
  }

  /** Whether something is mounted exactly there. */
  isMountPoint(place: Place): boolean {
    return this.#mounts.some(({ root }) => root.volume === place.volume && root.inode === place.inode);
  }
}
