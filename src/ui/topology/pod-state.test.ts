import { describe, expect, it } from 'vitest';
import type { ContainerState, Pod } from '../../api/generated/types.ts';
import { situationOf } from './pod-state.ts';

const status = (state: ContainerState, name = 'app') => ({
  name,
  image: 'nginx',
  imageID: '',
  ready: false,
  restartCount: 0,
  state,
});

const pod = (spec: Partial<Pod['spec']>, podStatus: Pod['status'], deleted = false): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: 'web',
    namespace: 'default',
    uid: '1',
    resourceVersion: '1',
    creationTimestamp: '2026-01-01T00:00:00Z',
    ...(deleted && { deletionTimestamp: '2026-01-01T00:01:00Z' }),
  },
  spec: { containers: [{ name: 'app' }], nodeName: 'node-1', ...spec },
  status: podStatus,
});

const ready = (value: string, reason?: string) => [{ type: 'Ready', status: value, ...(reason && { reason }) }];

describe('situationOf', () => {
  it.each([
    {
      name: 'waits for a node',
      pod: pod({ nodeName: undefined }, { phase: 'Pending' }),
      expected: { state: 'pending', reason: 'Pending' },
    },
    {
      name: 'waits behind a scheduling gate',
      pod: pod({ nodeName: undefined, schedulingGates: [{ name: 'x' }] }, { phase: 'Pending' }),
      expected: { state: 'pending', reason: 'SchedulingGated' },
    },
    {
      name: 'is created on its node',
      pod: pod({}, { phase: 'Pending', containerStatuses: [status({ waiting: { reason: 'ContainerCreating' } })] }),
      expected: { state: 'creating', reason: 'ContainerCreating' },
    },
    {
      name: 'runs its first init container',
      pod: pod(
        { initContainers: [{ name: 'init' }] },
        { phase: 'Pending', initContainerStatuses: [status({ running: {} }, 'init')] },
      ),
      expected: { state: 'creating', reason: 'Init:0/1' },
    },
    {
      name: 'cannot pull its image',
      pod: pod({}, { phase: 'Pending', containerStatuses: [status({ waiting: { reason: 'ImagePullBackOff' } })] }),
      expected: { state: 'blocked', reason: 'ImagePullBackOff' },
    },
    {
      name: 'runs without being ready',
      pod: pod({}, { phase: 'Running', conditions: ready('False'), containerStatuses: [status({ running: {} })] }),
      expected: { state: 'starting', reason: 'Running' },
    },
    {
      name: 'is ready',
      pod: pod({}, { phase: 'Running', conditions: ready('True'), containerStatuses: [status({ running: {} })] }),
      expected: { state: 'ready', reason: 'Running' },
    },
    {
      name: 'crashes again and again',
      pod: pod(
        {},
        {
          phase: 'Running',
          conditions: ready('False'),
          containerStatuses: [status({ waiting: { reason: 'CrashLoopBackOff' } })],
        },
      ),
      expected: { state: 'crashing', reason: 'CrashLoopBackOff' },
    },
    {
      name: 'has just ended badly',
      pod: pod({}, { phase: 'Running', containerStatuses: [status({ terminated: { exitCode: 1, reason: 'Error' } })] }),
      expected: { state: 'crashing', reason: 'Error' },
    },
    {
      name: 'was evicted',
      pod: pod({}, { phase: 'Failed', reason: 'Evicted' }),
      expected: { state: 'failed', reason: 'Evicted' },
    },
    { name: 'is done', pod: pod({}, { phase: 'Succeeded' }), expected: { state: 'succeeded', reason: 'Completed' } },
    {
      name: 'is being deleted',
      pod: pod({}, { phase: 'Running', conditions: ready('True') }, true),
      expected: { state: 'terminating', reason: 'Terminating' },
    },
  ])('$name', ({ pod, expected }) => expect(situationOf(pod)).toEqual(expected));
});
