/** The one counter that orders all writes, and how far back the history still reaches. */
export class Revisions {
  // A fresh etcd stands at 1.
  #current = 1;
  #compacted = 0;

  get current(): number {
    return this.#current;
  }

  /** Reads and watches from before this revision are refused. */
  get compacted(): number {
    return this.#compacted;
  }

  next(): number {
    return ++this.#current;
  }

  compactTo(revision: number): void {
    this.#compacted = Math.max(this.#compacted, Math.min(revision, this.#current));
  }
}
