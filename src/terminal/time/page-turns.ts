import type { TurnScheduler } from '../../kernel/index.ts';
import type { ClusterTime } from './cluster-time.ts';

/** How long programs may run before keys and drawing get their turn, in wall milliseconds. */
const sliceMs = 8;
/** What is shorter is time on the CPU, which the page's own CPU already takes. */
const shortestSleepMs = 2;
/** Where CPU time is counted, that much is slept at once. */
const debtMs = 5;

interface Turn {
  run: (() => void) | undefined;
}

/**
 * Gives the workstation's processes their turns: at once, in slices that leave the page responsive; sleeps follow the
 * cluster's time.
 */
export class PageTurns implements TurnScheduler {
  readonly #time: ClusterTime;
  readonly #countsCpu: boolean;
  #queue: Turn[] = [];
  #isScheduled = false;
  #sliceStartedMs = Number.NEGATIVE_INFINITY;
  #debtMs = 0;

  /** @param countsCpu time on the CPU passes in the cluster as well: where virtual time moves only while somebody waits */
  constructor(time: ClusterTime, countsCpu = false) {
    this.#time = time;
    this.#countsCpu = countsCpu;
  }

  nowMs(): number {
    return this.#time.nowMs();
  }

  after(delayMs: number, run: () => void): () => void {
    const turn: Turn = { run };
    const waitMs = delayMs < shortestSleepMs ? this.#owed(delayMs) : delayMs;
    if (waitMs === 0) {
      this.#enqueue(turn);
      return () => (turn.run = undefined);
    }
    const controller = new AbortController();
    this.#time.sleep(waitMs, controller.signal).then(
      () => this.#enqueue(turn),
      // The cluster's clock cannot be reached: going on is better than hanging.
      () => this.#enqueue(turn),
    );
    return () => {
      turn.run = undefined;
      controller.abort();
    };
  }

  /** CPU time is paid for when enough has come together. */
  #owed(cpuMs: number): number {
    if (!this.#countsCpu) return 0;
    this.#debtMs += cpuMs;
    if (this.#debtMs < debtMs) return 0;
    const owed = this.#debtMs;
    this.#debtMs = 0;
    return owed;
  }

  #enqueue(turn: Turn): void {
    if (!turn.run) return;
    this.#queue.push(turn);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    if (performance.now() - this.#sliceStartedMs < sliceMs) queueMicrotask(() => this.#drain());
    else
      afterOthers(() => {
        this.#sliceStartedMs = performance.now();
        this.#drain();
      });
  }

  #drain(): void {
    this.#isScheduled = false;
    const endMs = this.#sliceStartedMs + sliceMs;
    let next = 0;
    while (next < this.#queue.length) {
      this.#queue[next++]!.run?.();
      // Asking for the time costs more than a small step.
      if ((next & 15) === 0 && performance.now() >= endMs) break;
    }
    this.#queue = this.#queue.slice(next);
    if (this.#queue.length > 0) this.#schedule();
  }
}

/**
 * After keys, timers and drawing, without the 4 ms that browsers add to nested timers. Node takes many messages in a row
 * before other turns come, so there it is setImmediate.
 */
function afterOthers(run: () => void): void {
  if (typeof setImmediate === 'function') {
    setImmediate(run);
    return;
  }
  const { port1, port2 } = new MessageChannel();
  port1.addEventListener('message', () => {
    port1.close();
    run();
  });
  port1.start();
  port2.postMessage(null);
}
