import { expect, it } from 'vitest';
import type { Pod } from '../../api/generated/types.ts';
import { podsToDelete } from './pod-ranking.ts';

const nowMs = Date.UTC(2026, 0, 1, 12);
const ago = (seconds: number): string => new Date(nowMs - seconds * 1000).toISOString();

interface Given {
  readonly name: string;
  readonly node?: string;
  readonly phase?: string;
  readonly readyFor?: number;
  readonly restarts?: number;
  readonly age?: number;
  readonly cost?: string;
}

function pod({ name, node = 'node-1', phase = 'Running', readyFor, restarts = 0, age = 100, cost }: Given): Pod {
  const ready = {
    type: 'Ready',
    status: readyFor === undefined ? 'False' : 'True',
    lastTransitionTime: ago(readyFor ?? 0),
  };
  return {
    metadata: {
      name,
      uid: name,
      creationTimestamp: ago(age),
      ...(cost !== undefined && { annotations: { 'controller.kubernetes.io/pod-deletion-cost': cost } }),
    },
    spec: { nodeName: node || undefined, containers: [] },
    status: { phase, conditions: [ready], containerStatuses: [{ restartCount: restarts }] },
  } as unknown as Pod;
}

it.each<{ name: string; pods: readonly Given[]; expected: string }>([
  {
    name: 'without a node first',
    pods: [
      { name: 'a', readyFor: 1 },
      { name: 'b', node: '' },
    ],
    expected: 'b',
  },
  { name: 'pending before running', pods: [{ name: 'a' }, { name: 'b', phase: 'Pending' }], expected: 'b' },
  { name: 'not ready before ready', pods: [{ name: 'a', readyFor: 1 }, { name: 'b' }], expected: 'b' },
  {
    name: 'the cheaper to delete',
    pods: [
      { name: 'a', readyFor: 50 },
      { name: 'b', readyFor: 50, cost: '-5' },
    ],
    expected: 'b',
  },
  {
    name: 'a cost that is no number counts as none',
    pods: [
      { name: 'a', readyFor: 50, cost: '1' },
      { name: 'b', readyFor: 50, cost: '+1' },
    ],
    expected: 'b',
  },
  {
    name: 'from the node with more of them',
    pods: [
      { name: 'a', node: 'node-2', readyFor: 5 },
      { name: 'b', readyFor: 50 },
      { name: 'c', readyFor: 100 },
    ],
    expected: 'b',
  },
  {
    name: 'ready for a shorter time, when it is much shorter',
    pods: [
      { name: 'a', readyFor: 1000 },
      { name: 'b', readyFor: 10 },
    ],
    expected: 'b',
  },
  {
    name: 'more restarts',
    pods: [
      { name: 'a', readyFor: 50 },
      { name: 'b', readyFor: 50, restarts: 3 },
    ],
    expected: 'b',
  },
  {
    name: 'the younger, when it is much younger',
    pods: [
      { name: 'a', readyFor: 5, age: 1000 },
      { name: 'b', readyFor: 5, age: 10 },
    ],
    expected: 'b',
  },
])('deletes $name', ({ pods, expected }) => {
  const candidates = pods.map(pod);
  expect(podsToDelete(candidates, candidates, 1, nowMs).map(({ metadata }) => metadata.name)).toEqual([expected]);
});

it('picks the same few from many as sorting them all would', () => {
  const candidates = Array.from({ length: 200 }, (_, n) =>
    pod({ name: `p${n}`, readyFor: (n * 37) % 1000, restarts: (n * 7) % 5, node: `node-${n % 7}` }),
  );
  const all = podsToDelete(candidates, candidates, 199, nowMs);
  expect(podsToDelete(candidates, candidates, 5, nowMs)).toEqual(all.slice(0, 5));
});
