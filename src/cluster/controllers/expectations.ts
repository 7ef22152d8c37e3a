import type { VirtualClock } from '../../kernel/index.ts';
import type { ObjectKey } from '../../api/index.ts';

const timeoutMs = 5 * 60_000;

interface Expected {
  creations: number;
  readonly deletions: Set<ObjectKey>;
  readonly sinceMs: number;
}

/**
 * What a controller has just created and deleted, and not yet seen come back through the watch. Until it has, counting
 * its objects again would repeat the work. Deletions are remembered by name: a graceful one shows up twice, first as
 * an update with a deletion timestamp, then as the deletion.
 * Upstream: pkg/controller/controller_utils.go, UIDTrackingControllerExpectations
 */
export class Expectations {
  readonly #clock: VirtualClock;
  readonly #expected = new Map<ObjectKey, Expected>();

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  /** Everything has been seen, or it has been so long that it never will be. */
  areMet(owner: ObjectKey): boolean {
    const expected = this.#expected.get(owner);
    if (!expected) return true;
    if (expected.creations <= 0 && expected.deletions.size === 0) return true;
    return this.#clock.nowMs - expected.sinceMs > timeoutMs;
  }

  expectCreations(owner: ObjectKey, creations: number): void {
    this.#expected.set(owner, { creations, deletions: new Set(), sinceMs: this.#clock.nowMs });
  }

  /** Creations on top of what the same pass expects already. */
  raiseCreations(owner: ObjectKey, creations: number): void {
    const expected = this.#expected.get(owner);
    if (expected && !this.areMet(owner)) expected.creations += creations;
    else this.expectCreations(owner, creations);
  }

  expectDeletions(owner: ObjectKey, keys: Iterable<ObjectKey>): void {
    this.#expected.set(owner, { creations: 0, deletions: new Set(keys), sinceMs: this.#clock.nowMs });
  }

  creationsObserved(owner: ObjectKey, count = 1): void {
    const expected = this.#expected.get(owner);
    if (expected) expected.creations -= count;
  }

  deletionObserved(owner: ObjectKey, key: ObjectKey): void {
    this.#expected.get(owner)?.deletions.delete(key);
  }

  forget(owner: ObjectKey): void {
    this.#expected.delete(owner);
  }
}
