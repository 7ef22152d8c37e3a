import type { VirtualClock } from '../../kernel/index.ts';
import { memoryFileSystem, type MemoryFileSystem } from '../../shell/index.ts';

/**
 * Disks and shares that are reached over the network: the same files from every node, for as long as the cluster lives.
 * Differs: a server or disk that a volume names always exists and can always be reached.
 */
export class NetworkStorage {
  readonly #clock: VirtualClock;
  readonly #trees = new Map<string, MemoryFileSystem>();

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  /** @param device what tells one from the other: `nfs.example.com:/exports/data` */
  tree(device: string): MemoryFileSystem {
    let tree = this.#trees.get(device);
    if (!tree) this.#trees.set(device, (tree = memoryFileSystem({ nowMs: () => this.#clock.nowMs })));
    return tree;
  }
}
