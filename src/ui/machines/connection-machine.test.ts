import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createActor } from 'xstate';
import { connectionMachine } from './connection-machine.ts';

describe('connectionMachine', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('says nothing about a watch that comes back at once', () => {
    const actor = createActor(connectionMachine).start();
    actor.send({ type: 'watch.broken', resource: 'pods' });
    vi.advanceTimersByTime(500);
    actor.send({ type: 'watch.live', resource: 'pods' });
    vi.advanceTimersByTime(5_000);
    expect(actor.getSnapshot().value).toBe('live');
  });

  it('is lost until the last watch is back', () => {
    const actor = createActor(connectionMachine).start();
    actor.send({ type: 'watch.broken', resource: 'pods' });
    actor.send({ type: 'watch.broken', resource: 'nodes' });
    vi.advanceTimersByTime(2_000);
    expect(actor.getSnapshot().value).toBe('lost');
    actor.send({ type: 'watch.live', resource: 'pods' });
    expect(actor.getSnapshot().value).toBe('lost');
    actor.send({ type: 'watch.live', resource: 'nodes' });
    expect(actor.getSnapshot().value).toBe('live');
  });
});
