import { expect, it } from 'vitest';
import type { Deployment, ReplicaSet } from '../../../api/generated/types.ts';
import { proportionalSizes } from './scale.ts';

function deployment(replicas: number, maxSurge = 0): Deployment {
  return {
    spec: { replicas, strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable: 1 } } },
    status: {},
  } as unknown as Deployment;
}

function replicaSet(name: string, replicas: number, max: number, age: number): ReplicaSet {
  return {
    metadata: {
      name,
      creationTimestamp: `2026-01-0${age}T00:00:00Z`,
      annotations: { 'deployment.kubernetes.io/max-replicas': String(max) },
    },
    spec: { replicas },
  } as unknown as ReplicaSet;
}

it.each([
  { name: 'from 10 to 20 in the middle of a rollout', to: 20, surge: 0, sizes: [5, 5], max: 10, expected: [10, 10] },
  { name: 'in proportion', to: 10, surge: 0, sizes: [3, 2], max: 5, expected: [6, 4] },
  { name: 'down in proportion', to: 5, surge: 0, sizes: [6, 4], max: 10, expected: [3, 2] },
  { name: 'with the leftover to the largest', to: 6, surge: 0, sizes: [3, 2], max: 5, expected: [4, 2] },
  { name: 'to nothing', to: 0, surge: 2, sizes: [6, 4], max: 12, expected: [0, 0] },
  { name: 'and keeps room for the surge', to: 8, surge: 2, sizes: [3, 2], max: 5, expected: [6, 4] },
])('scales $name', ({ to, surge, sizes, max, expected }) => {
  const replicaSets = sizes.map((size, at) => replicaSet(`rs-${at}`, size, max, at + 1));
  const result = new Map(
    proportionalSizes(deployment(to, surge), replicaSets).map(([{ metadata }, size]) => [metadata.name, size]),
  );
  expect(replicaSets.map(({ metadata }) => result.get(metadata.name))).toEqual(expected);
});
