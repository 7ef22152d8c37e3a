import { describe, expect, it } from 'vitest';
import { pods } from '../../apiserver/registry/index.ts';
import { TestCluster } from '../testing/test-cluster.ts';

const tool = (...words: string[]) => ({ image: 'tool:1', command: ['tool', ...words] });
const remove = (cluster: TestCluster, name: string, gracePeriodSeconds?: number) =>
  cluster.client.resource(pods).delete('default', name, gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds });

/** Whole seconds until the pod has left the API. */
function secondsUntilGone(cluster: TestCluster, name: string): number {
  for (let seconds = 0; seconds < 120; seconds++) {
    if (!cluster.pod(name)) return seconds;
    cluster.run(1);
  }
  throw new Error(`${name} stays`);
}

function running(container: Parameters<TestCluster['create']>[1], spec: Parameters<TestCluster['create']>[2] = {}) {
  const cluster = new TestCluster();
  cluster.create('web', container, spec);
  cluster.run(10);
  expect(cluster.pod('web')!.status.phase).toBe('Running');
  return cluster;
}

describe('a pod that is deleted', () => {
  it('[KUB-60] gets its signal, ends, and leaves', () => {
    const cluster = running({});
    remove(cluster, 'web');
    cluster.run(0.01);
    expect(cluster.pod('web')!.metadata.deletionGracePeriodSeconds).toBe(30);
    expect(secondsUntilGone(cluster, 'web')).toBe(1);
    expect(cluster.events('web').at(-1)).toBe('Killing: Stopping container main');
    cluster.create('next', {});
    cluster.run(10);
    expect(cluster.pod('next')!.status.phase).toBe('Running');
  });

  it('[KUB-63] is killed at the end of its grace period when it does not care', () => {
    const cluster = running(tool('sleep', '1000'), { terminationGracePeriodSeconds: 7 });
    let last = cluster.pod('web');
    cluster.cluster.contexts
      .informers('kubelet')
      .informer(pods)
      .onChange({ updated: (pod) => (last = pod) });
    remove(cluster, 'web');
    expect(secondsUntilGone(cluster, 'web')).toBe(8);
    expect(last!.status).toMatchObject({
      phase: 'Failed',
      containerStatuses: [{ ready: false, state: { terminated: { exitCode: 137, reason: 'Error' } } }],
    });
  });

  it('[KUB-62] can be given less time', () => {
    const cluster = running(tool('sleep', '1000'));
    remove(cluster, 'web');
    cluster.run(5);
    remove(cluster, 'web', 8);
    expect(secondsUntilGone(cluster, 'web')).toBe(4);
  });

  it('[KUB-62] by force leaves at once and is stopped all the same', () => {
    const cluster = running(tool('sleep', '1000'), { terminationGracePeriodSeconds: 4 });
    const { uid } = cluster.pod('web')!.metadata;
    remove(cluster, 'web', 0);
    expect(cluster.pod('web')).toBeUndefined();
    cluster.run(0.1);
    const worker = cluster.kubelets[0]!.workerOf(uid)!;
    expect(worker.stage).toBe('terminating');
    cluster.run(5);
    expect(cluster.kubelets[0]!.workerOf(uid)).toBeUndefined();
    expect(worker.state.runtime.latest('main')!.state).toBe('exited');
  });

  it('[KUB-60] while its image is pulled leaves soon', () => {
    const cluster = new TestCluster();
    cluster.create('web', {});
    cluster.run(1);
    remove(cluster, 'web');
    expect(secondsUntilGone(cluster, 'web')).toBeLessThanOrEqual(2);
    cluster.create('next', {});
    cluster.run(10);
    expect(cluster.pod('next')!.status.phase).toBe('Running');
  });

  it('[KUB-61] runs its preStop hook first', () => {
    const preStop = { exec: { command: ['tool', 'sleep', '4'] } };
    const cluster = running({ lifecycle: { preStop } });
    remove(cluster, 'web');
    expect(secondsUntilGone(cluster, 'web')).toBe(5);
  });

  it('[KUB-61] does not wait for a hook beyond its grace period', () => {
    const cluster = running(
      { lifecycle: { preStop: { exec: { command: ['tool', 'sleep', '100'] } } } },
      { terminationGracePeriodSeconds: 6 },
    );
    remove(cluster, 'web');
    expect(secondsUntilGone(cluster, 'web')).toBe(7);
  });

  it('[KUB-61] kills a container whose postStart hook fails', () => {
    const cluster = new TestCluster();
    cluster.create('web', { lifecycle: { postStart: { exec: { command: ['tool', 'exit', '1'] } } } });
    cluster.run(8);
    expect(cluster.events('web')).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^FailedPostStartHook: PostStartHook failed/),
        expect.stringMatching(/^Killing: FailedPostStartHook/),
      ]),
    );
    expect(cluster.pod('web')!.status.phase).not.toBe('Succeeded');
    expect(cluster.pod('web')!.status.containerStatuses![0]!.ready).toBe(false);
  });
});
