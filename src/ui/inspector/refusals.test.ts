import { describe, expect, it } from 'vitest';
import { refusalsOf } from './refusals.ts';

describe('refusalsOf', () => {
  it('tells each reason and how many nodes have it', () => {
    const message =
      "0/4 nodes are available: 1 node(s) had untolerated taint(s), 1 node(s) didn't match Pod's node affinity/selector, 2 Insufficient cpu. preemption: 0/4 nodes are available: 4 Preemption is not helpful for scheduling.";
    expect(refusalsOf(message)).toMatchObject({
      available: 0,
      total: 4,
      reasons: [
        { count: 1, reason: 'had untolerated taint(s)' },
        { count: 1, reason: "didn't match Pod's node affinity/selector" },
        { count: 2, reason: 'Insufficient cpu' },
      ],
    });
  });

  it('ends where the sentences about claims and preemption begin', () => {
    const message =
      '0/3 nodes are available: 3 Insufficient cpu. no new claims to deallocate, preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.';
    expect(refusalsOf(message)?.reasons).toMatchObject([{ count: 3, reason: 'Insufficient cpu' }]);
  });

  it('keeps the taint in braces whole', () => {
    const message = '0/3 nodes are available: 3 node(s) had untolerated taint {example.com/gpu: yes, really}.';
    expect(refusalsOf(message)?.reasons).toMatchObject([
      { count: 3, reason: 'had untolerated taint {example.com/gpu: yes, really}' },
    ]);
  });

  it('leaves other messages alone', () => expect(refusalsOf('running PreBind plugin: timed out')).toBeUndefined());
});
