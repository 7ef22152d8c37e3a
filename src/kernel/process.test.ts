import { describe, expect, it } from 'vitest';
import { decodeUtf8, encodeUtf8 } from './bytes.ts';
import { VirtualClock } from './clock.ts';
import { Pipe } from './pipe.ts';
import { ProcessTable, sleep, waitForExit } from './process-table.ts';
import { tick, waitFor } from './routine.ts';
import { clockTurns } from './turns.ts';

function machine(limit?: number) {
  const clock = new VirtualClock(0);
  return { clock, table: new ProcessTable(clockTurns(clock, 'test'), limit) };
}

describe('Process', () => {
  it('sleeps in virtual time and exits with its code', () => {
    const { clock, table } = machine();
    const process = table.spawn({
      argv: ['sleeper'],
      *body() {
        yield* sleep(table.turns, 1000);
        return 3;
      },
    })!;
    clock.runUntil(999);
    expect(process.exit).toBeUndefined();
    clock.runUntil(1001);
    expect(process.exit).toEqual({ code: 3 });
  });

  it('lets a busy loop use virtual time instead of hanging', () => {
    const { clock, table } = machine();
    const process = table.spawn({
      argv: ['busy'],
      *body() {
        for (;;) yield* tick(1);
      },
    })!;
    clock.runUntil(100);
    expect(process.cpuMs).toBeGreaterThanOrEqual(99);
  });

  it('ignores SIGTERM as process 1 without a handler, and takes its children along', () => {
    const { clock, table } = machine();
    const forever = { argv: ['forever'], body: () => waitFor<number>(() => {}) };
    const init = table.spawn(forever)!;
    const child = table.spawn({ ...forever, parent: init })!;
    clock.runUntil(1);
    init.signal('SIGTERM');
    expect(init.exit).toBeUndefined();
    init.signal('SIGKILL');
    expect(init.exit).toEqual({ code: 137, signal: 'SIGKILL' });
    expect(child.exit).toEqual({ code: 137, signal: 'SIGKILL' });
  });

  it('refuses to fork past the limit', () => {
    const { table } = machine(1);
    const forever = { argv: ['forever'], body: () => waitFor<number>(() => {}) };
    expect(table.spawn(forever)).toBeDefined();
    expect(table.spawn(forever)).toBeUndefined();
  });

  it('hands bytes through a pipe and waits for a child', () => {
    const { clock, table } = machine();
    const pipe = new Pipe();
    let received = '';
    const parent = table.spawn({
      argv: ['parent'],
      *body(self) {
        const child = table.spawn({
          argv: ['child'],
          parent: self,
          *body() {
            yield* pipe.sink.write(encodeUtf8('grüße'));
            pipe.sink.close();
            return 7;
          },
        })!;
        for (let bytes = yield* pipe.source.read(); bytes; bytes = yield* pipe.source.read())
          received += decodeUtf8(bytes);
        return (yield* waitForExit(child)).code;
      },
    })!;
    clock.runUntil(10);
    expect(received).toBe('grüße');
    expect(parent.exit).toEqual({ code: 7 });
  });
});
