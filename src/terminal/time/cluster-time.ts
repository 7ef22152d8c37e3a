import type { ClockState } from '../../api/index.ts';
import { readLines, type KubeApi } from '../../client/index.ts';

const origin = 'http://cluster.local';
/** How far ahead of its last report time may be taken to have gone, in wall milliseconds. */
const trustedMs = 250;
const retryMs = 1000;

/**
 * The cluster's virtual time, as the workstation lives by it: `date`, `sleep`, file times and ages. Against a cluster
 * without `/sim/` (a real one) it is the host's own time.
 */
export class ClusterTime {
  readonly #api: KubeApi;
  #state: ClockState | undefined;
  #heardMs = 0;
  #isFollowing = false;
  #isReal = false;

  constructor(api: KubeApi) {
    this.#api = api;
  }

  /** Milliseconds since 1970. */
  nowMs(): number {
    if (!this.#state) return Date.now();
    const { nowMs, isPaused, speed } = this.#state;
    if (!this.#isFollowing || isPaused || speed === 0) return nowMs;
    return nowMs + Math.floor(Math.min(performance.now() - this.#heardMs, trustedMs) * speed);
  }

  /** Asks what time it is: for time that moves only while somebody waits. */
  async refresh(): Promise<void> {
    if (this.#isReal || this.#isFollowing) return;
    const response = await this.#api.fetch(new Request(`${origin}/sim/clock`));
    await this.#accept(response);
  }

  /** Resolves after `ms` of virtual time. Rejects with the signal's reason. */
  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (!this.#state && !this.#isReal) await this.refresh();
    const untilMs = this.nowMs() + ms;
    while (!this.#isReal) {
      const response = await this.#api.fetch(new Request(`${origin}/sim/sleep?untilMs=${untilMs}`, { signal }));
      if (await this.#accept(response)) return;
    }
    await wallSleep(ms, signal);
  }

  /** Keeps up with the cluster's time until the returned function is called. */
  follow(): () => void {
    const controller = new AbortController();
    void this.#follow(controller.signal);
    return () => controller.abort();
  }

  async #follow(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        const response = await this.#api.fetch(new Request(`${origin}/sim/clock?watch=true`, { signal }));
        if (response.status === 404 || !response.body) {
          this.#isReal = true;
          return;
        }
        for await (const line of readLines(response.body)) {
          this.#isFollowing = true;
          this.#hear(JSON.parse(line) as ClockState);
        }
      } catch {
        // The connection broke: time stands still until there is another.
      }
      this.#isFollowing = false;
      await wallSleep(retryMs, signal).catch(() => undefined);
    }
  }

  /** Takes the time from an answer. False when the cluster has no such time. */
  async #accept(response: Response): Promise<boolean> {
    if (!response.ok) {
      this.#isReal = true;
      await response.body?.cancel();
      return false;
    }
    this.#hear((await response.json()) as ClockState);
    return true;
  }

  #hear(state: ClockState): void {
    this.#state = state;
    this.#heardMs = performance.now();
  }
}

function wallSleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason as Error);
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', giveUp);
      resolve();
    }, ms);
    const giveUp = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', giveUp, { once: true });
  });
}
