/** Messages for a client. Keeps what is sent until somebody listens. */
export class Outbox {
  #take: ((bytes: Uint8Array) => void) | undefined;
  #ended: (() => void)[] = [];
  readonly #kept: Uint8Array[] = [];
  #isClosed = false;

  send(bytes: Uint8Array): void {
    if (this.#isClosed) return;
    if (this.#take) this.#take(bytes);
    else this.#kept.push(bytes);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const ended of this.#ended.splice(0)) ended();
  }

  onMessage(take: (bytes: Uint8Array) => void): void {
    this.#take = take;
    for (const bytes of this.#kept.splice(0)) take(bytes);
  }

  onClose(ended: () => void): void {
    if (this.#isClosed) ended();
    else this.#ended.push(ended);
  }
}
