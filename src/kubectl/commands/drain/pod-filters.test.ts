import { describe, expect, it } from 'vitest';
import type { Pod } from '../../../api/generated/types.ts';
import { notFound } from '../../../api/index.ts';
import { byText, judgePod, type FilterOptions } from './pod-filters.ts';

const options: FilterOptions = {
  isForced: false,
  ignoresDaemonSets: false,
  deletesLocalData: false,
  skipAfterSeconds: 0,
  nowMs: Date.parse('2026-01-01T00:01:00Z'),
  findDaemonSet: (_, name) =>
    name === 'gone' ? Promise.reject(notFound({ group: 'apps', resource: 'daemonsets' }, name)) : Promise.resolve({}),
};

function pod(metadata: object = {}, spec: object = {}, phase = 'Running'): Pod {
  return {
    metadata: { name: 'p', namespace: 'ns', ...metadata },
    spec: { containers: [], ...spec },
    status: { phase },
  } as unknown as Pod;
}
const ownedBy = (kind: string, name = 'owner') => ({
  ownerReferences: [{ apiVersion: 'apps/v1', kind, name, uid: 'u', controller: true }],
});
const local = { volumes: [{ name: 'v', emptyDir: {} }] };
const missing = 'daemonsets.apps "gone" not found';

describe('judgePod', () => {
  it.each([
    { name: 'deletes what a replica set makes again', of: pod(ownedBy('ReplicaSet')), with: {}, is: { deletes: true } },
    {
      name: 'refuses a bare pod',
      of: pod(),
      with: {},
      is: { deletes: false, problem: 'cannot delete Pods that declare no controller (use --force to override)' },
    },
    {
      name: 'deletes a bare pod by force',
      of: pod(),
      with: { isForced: true },
      is: { deletes: true, warning: 'deleting Pods that declare no controller' },
    },
    { name: 'deletes a bare pod that has ended', of: pod({}, {}, 'Failed'), with: {}, is: { deletes: true } },
    {
      name: 'refuses pods of daemon sets',
      of: pod(ownedBy('DaemonSet')),
      with: { isForced: true },
      is: { deletes: false, problem: 'DaemonSet-managed Pods (use --ignore-daemonsets to ignore)' },
    },
    {
      name: 'passes over pods of daemon sets',
      of: pod(ownedBy('DaemonSet')),
      with: { ignoresDaemonSets: true },
      is: { deletes: false, warning: 'ignoring DaemonSet-managed Pods' },
    },
    {
      name: 'refuses an orphan of a daemon set',
      of: pod(ownedBy('DaemonSet', 'gone')),
      with: {},
      is: { deletes: false, problem: missing },
    },
    {
      name: 'deletes an orphan of a daemon set by force',
      of: pod(ownedBy('DaemonSet', 'gone')),
      with: { isForced: true },
      is: { deletes: true },
    },
    {
      name: 'passes over mirror pods',
      of: pod({ annotations: { 'kubernetes.io/config.mirror': 'x' } }),
      with: {},
      is: { deletes: false },
    },
    {
      name: 'refuses to lose data',
      of: pod(ownedBy('ReplicaSet'), local),
      with: {},
      is: { deletes: false, problem: 'Pods with local storage (use --delete-emptydir-data to override)' },
    },
    {
      name: 'loses data when it may',
      of: pod(ownedBy('ReplicaSet'), local),
      with: { deletesLocalData: true },
      is: { deletes: true },
    },
    {
      name: 'passes over what has been ending for long',
      of: pod({ deletionTimestamp: '2026-01-01T00:00:00Z' }),
      with: { skipAfterSeconds: 59 },
      is: { deletes: false },
    },
    {
      name: 'waits for what has not',
      of: pod({ ...ownedBy('ReplicaSet'), deletionTimestamp: '2026-01-01T00:00:00Z' }),
      with: { skipAfterSeconds: 60 },
      is: { deletes: true },
    },
  ])('$name', async ({ of, with: given, is }) =>
    expect(await judgePod(of, { ...options, ...given })).toEqual({ pod: of, ...is }),
  );
});

it('says the same of several pods at once', () => {
  const verdicts = ['a', 'b', 'c'].map((name) => ({
    pod: pod({ name }),
    deletes: true,
    ...(name !== 'b' && { warning: 'careful' }),
  }));
  expect(byText(verdicts, ({ warning }) => warning)).toEqual(['careful: ns/a, ns/c']);
});
