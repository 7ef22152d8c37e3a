import { describe, expect, it } from 'vitest';
import { createActor, waitFor } from 'xstate';
import { bootMachine } from './boot-machine.ts';

const after = async (
  booted: Promise<never> | Promise<{ type: 'booted'; from: 'fresh'; tookMs: number; problem?: string }>,
) => {
  const actor = createActor(bootMachine, { input: { booted } }).start();
  return waitFor(actor, (snapshot) => !snapshot.matches('starting'));
};

describe('bootMachine', () => {
  it('runs once the worker has answered', async () => {
    const snapshot = await after(Promise.resolve({ type: 'booted', from: 'fresh', tookMs: 1 }));
    expect(snapshot.value).toBe('running');
  });

  it('runs, and says so, when the saved session could not be taken up', async () => {
    const snapshot = await after(Promise.resolve({ type: 'booted', from: 'fresh', tookMs: 1, problem: 'no JSON' }));
    expect([snapshot.value, snapshot.context.problem]).toEqual(['running', 'no JSON']);
  });

  it('fails with the reason', async () => {
    const snapshot = await after(Promise.reject(new Error('no memory')));
    expect([snapshot.value, snapshot.context.problem]).toEqual(['failed', 'no memory']);
  });
});
