import { describe, expect, it } from 'vitest';
import { CodePart, VirtualClock } from '../kernel/index.ts';
import { Pacer, type PacerHost } from './pacer.ts';

/** A host whose wall clock moves only when the test says so. */
class TestHost implements PacerHost {
  wallMs = 0;
  readonly #waiting: { dueMs: number; run: () => void }[] = [];

  nowMs(): number {
    return this.wallMs;
  }

  after(delayMs: number, run: () => void): void {
    this.#waiting.push({ dueMs: this.wallMs + delayMs, run });
  }

  /** Code is on its way until the test says how it went. */
  readonly fetches: { readonly parts: readonly CodePart[]; readonly end: (problem?: Error) => void }[] = [];

  fetchCode(parts: readonly CodePart[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.fetches.push({ parts, end: (problem) => (problem ? reject(problem) : resolve()) });
    });
  }

  /** Lets `ms` of wall time pass, in steps of one millisecond. */
  pass(ms: number): void {
    for (let n = 0; n < ms; n++) {
      this.wallMs++;
      const due = this.#waiting.filter((timer) => timer.dueMs <= this.wallMs);
      for (const timer of due) {
        this.#waiting.splice(this.#waiting.indexOf(timer), 1);
        timer.run();
      }
    }
  }
}

const label = { component: 'test', action: 'tick' };

describe('Pacer', () => {
  it('lets virtual time follow wall time at the chosen speed', () => {
    const [clock, host] = [new VirtualClock(0), new TestHost()];
    const pacer = new Pacer(clock, host, { speed: 10 });
    host.pass(100);
    expect(clock.nowMs).toBe(1000);
    pacer.set({ speed: 1 });
    host.pass(100);
    expect(clock.nowMs).toBe(1100);
  });

  it('stands still while paused, and does not catch up on what it missed', () => {
    const [clock, host] = [new VirtualClock(0), new TestHost()];
    const pacer = new Pacer(clock, host);
    host.pass(40);
    pacer.set({ isPaused: true });
    host.pass(1000);
    pacer.catchUp();
    expect(clock.nowMs).toBe(40);
    pacer.set({ isPaused: false });
    host.pass(20);
    expect(clock.nowMs).toBe(60);
  });

  it('stands still while code is fetched, tries again when it cannot be had, and does not catch up', async () => {
    const [clock, host] = [new VirtualClock(0), new TestHost()];
    const pacer = new Pacer(clock, host);
    const part = new CodePart('the test');
    clock.schedule(10, label, () => clock.awaitCode(part));
    clock.schedule(20, label, () => undefined);
    host.pass(1000);
    expect(clock.nowMs).toBe(10);
    expect(host.fetches.map(({ parts }) => parts)).toEqual([[part]]);
    host.fetches[0]!.end(new Error('offline'));
    await Promise.resolve().then(() => undefined);
    expect(pacer.state.problem).toBe('offline');
    host.pass(3000);
    expect([clock.nowMs, host.fetches.length]).toEqual([10, 2]);
    part.provide({});
    host.fetches[1]!.end();
    await Promise.resolve().then(() => undefined);
    host.pass(40);
    expect([clock.nowMs, pacer.state.problem]).toEqual([50, undefined]);
  });

  it('wakes a sleeper at its virtual time', async () => {
    const [clock, host] = [new VirtualClock(0), new TestHost()];
    const pacer = new Pacer(clock, host, { speed: 60 });
    const asleep = pacer.sleepUntil(6000).then(() => clock.nowMs);
    host.pass(100);
    await expect(asleep).resolves.toBeGreaterThanOrEqual(6000);
  });

  it('runs to a time while paused when it is told to', async () => {
    const [clock, host] = [new VirtualClock(0), new TestHost()];
    const pacer = new Pacer(clock, host, { isPaused: true });
    const arrived = pacer.runUntil(3_600_000);
    host.pass(5);
    await arrived;
    expect(clock.nowMs).toBe(3_600_000);
    host.pass(50);
    expect(clock.nowMs).toBe(3_600_000);
  });

  it('moves on demand only while somebody waits, and lets a client react to what it hears', () => {
    const [clock, host] = [new VirtualClock(0), new TestHost()];
    const pacer = new Pacer(clock, host, { onDemand: true });
    const heard: number[] = [];
    for (const dueMs of [10, 20, 30]) {
      clock.schedule(dueMs, label, () => {
        heard.push(dueMs);
        pacer.noteOutput();
      });
    }
    host.pass(100);
    expect(clock.nowMs).toBe(0);
    const endWait = pacer.beginWait();
    // Time waits until nothing has been heard of the client for a few turns.
    pacer.catchUp();
    host.pass(3);
    expect(heard).toEqual([]);
    host.pass(1);
    expect(heard).toEqual([10]);
    endWait();
    host.pass(100);
    expect(heard).toEqual([10]);
  });

  it('gives up a sleep whose caller went away', async () => {
    const [clock, host] = [new VirtualClock(0), new TestHost()];
    const abort = new AbortController();
    const asleep = new Pacer(clock, host, { isPaused: true }).sleepUntil(10, abort.signal);
    abort.abort(new Error('gone'));
    await expect(asleep).rejects.toThrow('gone');
  });
});
