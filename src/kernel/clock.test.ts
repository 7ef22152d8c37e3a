import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from './clock.ts';
import { CodePart } from './code-part.ts';

const label = { component: 'test', action: 'tick' };

describe('VirtualClock', () => {
  it('runs events in the order of their due time, then of their scheduling', () => {
    const clock = new VirtualClock(0);
    const ran: string[] = [];
    clock.schedule(20, label, () => ran.push('late'));
    clock.schedule(10, label, () => ran.push('first'));
    clock.schedule(10, label, () => ran.push('second'));
    clock.runUntil(15);
    expect(ran).toEqual(['first', 'second']);
    expect(clock.nowMs).toBe(15);
  });

  it('does nothing until somebody runs it, and a step is one event', () => {
    const clock = new VirtualClock(0);
    const ran: number[] = [];
    clock.schedule(5, label, () => ran.push(1));
    clock.schedule(5, label, () => ran.push(2));
    expect(ran).toEqual([]);
    expect(clock.step()).toEqual({ atMs: 5, label });
    expect(ran).toEqual([1]);
  });

  it('forgets a cancelled event, also when it was cancelled after it ran', () => {
    const clock = new VirtualClock(0);
    const ran: string[] = [];
    const cancel = clock.schedule(1, label, () => ran.push('kept'));
    clock.schedule(2, label, () => ran.push('cancelled'))();
    clock.runUntil(10);
    cancel();
    expect(ran).toEqual(['kept']);
    expect(clock.pending).toBe(0);
  });

  it('holds between two events until awaited code is here, and no time passes', () => {
    const clock = new VirtualClock(0);
    const part = new CodePart<{ answer: () => number }>('the test');
    const answers: number[] = [];
    clock.schedule(5, label, () => clock.awaitCode(part));
    clock.schedule(5, label, () => answers.push(part.code.answer()));
    expect(clock.runUntil(10)).toBe(false);
    expect([clock.nowMs, clock.executed, clock.missingCode]).toEqual([5, 1, [part]]);
    expect(() => clock.step()).toThrow('the code of the test is here');
    expect(() => part.code).toThrow('the code of the test was awaited');
    expect(clock.runToPosition(2, 7)).toBe(false);
    part.provide({ answer: () => 42 });
    expect(clock.runToPosition(2, 7)).toBe(true);
    expect([clock.nowMs, clock.executed, answers]).toEqual([7, 2, [42]]);
  });

  it('runs the same history however time is sliced', () =>
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 50 })),
        fc.array(fc.integer({ min: 1, max: 30 })),
        (delays, slices) => {
          expect(history(delays, slices)).toEqual(history(delays, []));
        },
      ),
    ));
});

/** Every event schedules a follow-up, so slices fall between cause and effect. */
function history(delays: readonly number[], slices: readonly number[]): string[] {
  const clock = new VirtualClock(0);
  const ran: string[] = [];
  delays.forEach((delay, n) =>
    clock.schedule(delay, label, () => {
      ran.push(`${n}@${clock.nowMs}`);
      clock.schedule(delay % 7, label, () => ran.push(`${n}+@${clock.nowMs}`));
    }),
  );
  for (const slice of slices) clock.runFor(slice);
  clock.runUntil(1000);
  return ran;
}
