/**
 * How long to wait before trying the same thing again.
 * Upstream: client-go/util/flowcontrol/backoff.go
 */
interface Entry {
  delayMs: number;
  updatedMs: number;
}

export class BackOff {
  readonly #firstMs: number;
  readonly #limitMs: number;
  #entries: Map<string, Entry> | undefined;

  constructor(firstMs: number, limitMs: number) {
    this.#firstMs = firstMs;
    this.#limitMs = limitMs;
  }

  /** The wait that applies now; 0 when nothing failed yet. */
  delayMs(key: string): number {
    return this.#entries?.get(key)?.delayMs ?? 0;
  }

  /** Until when one has to wait, counted from `sinceMs` (by default from the last failure). */
  untilMs(key: string, sinceMs?: number): number {
    const entry = this.#entries?.get(key);
    if (!entry) return 0;
    const fromMs = sinceMs ?? entry.updatedMs;
    return this.#isStale(entry, fromMs) ? 0 : fromMs + entry.delayMs;
  }

  /** It failed (again) at `eventMs`: doubles the wait, or begins anew after twice the limit without trouble. */
  next(key: string, eventMs: number, nowMs: number): void {
    const entry = this.#entries?.get(key);
    const isFresh = !entry || this.#isStale(entry, eventMs);
    const delayMs = isFresh ? this.#firstMs : Math.min(entry.delayMs * 2, this.#limitMs);
    this.#entries ??= new Map();
    this.#entries.set(key, { delayMs, updatedMs: nowMs });
  }

  #isStale(entry: Entry, eventMs: number): boolean {
    return eventMs - entry.updatedMs > 2 * this.#limitMs;
  }
}
