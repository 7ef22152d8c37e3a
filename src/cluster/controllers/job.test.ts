import { describe, expect, it } from 'vitest';
import type { Job, Pod } from '../../api/generated/types.ts';
import { jobs } from '../apiserver/registry/index.ts';
import { formatIndexes, freeIndexes, parseIndexes } from './job/indexes.ts';
import { TestCluster } from './testing/test-cluster.ts';

function createJob(cluster: TestCluster, spec: Partial<Job['spec']> = {}): void {
  cluster.client<Job>(jobs).create({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'work', namespace: 'default' },
    spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox' }] } }, ...spec },
  });
}

const stored = (cluster: TestCluster): Job => cluster.client<Job>(jobs).get('default', 'work')!;
const running = (cluster: TestCluster): readonly Pod[] =>
  cluster.pods
    .list('default')
    .filter(({ status, metadata }) => status.phase === 'Running' && !metadata.deletionTimestamp);

function finish(cluster: TestCluster, pod: Pod, phase: 'Succeeded' | 'Failed'): void {
  cluster.pods.modifyStatus('default', pod.metadata.name, (old) => ({ ...old, status: { ...old.status, phase } }));
  cluster.runSeconds(1);
}

describe('the Job controller', () => {
  it('runs a pod to its end', () => {
    const cluster = new TestCluster();
    createJob(cluster);
    cluster.runSeconds(2);
    expect(stored(cluster).status).toMatchObject({ active: 1, ready: 1 });
    finish(cluster, running(cluster)[0]!, 'Succeeded');
    expect(stored(cluster).status).toMatchObject({
      succeeded: 1,
      conditions: [
        { type: 'SuccessCriteriaMet', status: 'True', reason: 'CompletionsReached' },
        {
          type: 'Complete',
          status: 'True',
          reason: 'CompletionsReached',
          message: 'Reached expected number of succeeded pods',
        },
      ],
    });
    expect(stored(cluster).status.completionTime).toBeDefined();
    const [pod] = cluster.pods.list('default');
    expect(pod!.metadata.finalizers ?? []).toEqual([]);
    expect(cluster.eventsAbout('Job', 'work')).toEqual([
      `Normal SuccessfulCreate Created pod: ${pod!.metadata.name}`,
      'Normal Completed Job completed',
    ]);
  });

  it('keeps as many pods at work as it may, until enough have succeeded', () => {
    const cluster = new TestCluster();
    createJob(cluster, { completions: 3, parallelism: 2 });
    cluster.runSeconds(2);
    const atWork: number[] = [];
    for (let n = 0; n < 3; n++) {
      cluster.runSeconds(1);
      atWork.push(running(cluster).length);
      finish(cluster, running(cluster)[0]!, 'Succeeded');
    }
    expect(atWork).toEqual([2, 2, 1]);
    expect(stored(cluster).status).toMatchObject({ succeeded: 3 });
  });

  it('tries again after failures, later each time, and gives up', () => {
    const cluster = new TestCluster();
    createJob(cluster, { backoffLimit: 1 });
    cluster.runSeconds(2);
    finish(cluster, running(cluster)[0]!, 'Failed');
    cluster.runSeconds(5);
    expect(running(cluster)).toEqual([]);
    cluster.runSeconds(6);
    expect(running(cluster)).toHaveLength(1);
    finish(cluster, running(cluster)[0]!, 'Failed');
    expect(stored(cluster).status).toMatchObject({ failed: 2 });
    expect(stored(cluster).status.conditions).toContainEqual(
      expect.objectContaining({
        type: 'Failed',
        reason: 'BackoffLimitExceeded',
        message: 'Job has reached the specified backoff limit',
      }),
    );
    expect(cluster.eventsAbout('Job', 'work')).toContain(
      'Warning BackoffLimitExceeded Job has reached the specified backoff limit',
    );
  });

  it('ends a job that takes too long', () => {
    const cluster = new TestCluster();
    createJob(cluster, { activeDeadlineSeconds: 30 });
    cluster.runSeconds(25);
    expect(running(cluster)).toHaveLength(1);
    cluster.runSeconds(10);
    expect(running(cluster)).toEqual([]);
    expect(stored(cluster).status.conditions).toContainEqual(
      expect.objectContaining({ type: 'Failed', reason: 'DeadlineExceeded' }),
    );
  });

  it('hands out indexes', () => {
    const cluster = new TestCluster();
    createJob(cluster, { completionMode: 'Indexed', completions: 3, parallelism: 3 });
    cluster.runSeconds(2);
    const byIndex = running(cluster).toSorted((a, b) => (a.spec.hostname! < b.spec.hostname! ? -1 : 1));
    expect(byIndex.map(({ spec }) => spec.hostname)).toEqual(['work-0', 'work-1', 'work-2']);
    expect(byIndex[0]!.spec.containers[0]!.env).toMatchObject([{ name: 'JOB_COMPLETION_INDEX' }]);
    finish(cluster, byIndex[2]!, 'Succeeded');
    finish(cluster, byIndex[0]!, 'Succeeded');
    expect(stored(cluster).status).toMatchObject({ completedIndexes: '0,2', succeeded: 2 });
  });

  it('ends its pods while it is suspended', () => {
    const cluster = new TestCluster();
    createJob(cluster);
    cluster.runSeconds(2);
    const suspend = (is: boolean): void => {
      cluster.client<Job>(jobs).modify('default', 'work', (old) => ({ ...old, spec: { ...old.spec, suspend: is } }));
      cluster.runSeconds(3);
    };
    suspend(true);
    expect(cluster.pods.list('default')).toEqual([]);
    expect(stored(cluster).status.conditions).toMatchObject([
      { type: 'Suspended', status: 'True', reason: 'JobSuspended' },
    ]);
    suspend(false);
    expect(running(cluster)).toHaveLength(1);
    expect(stored(cluster).status.conditions).toMatchObject([
      { type: 'Suspended', status: 'False', reason: 'JobResumed' },
    ]);
  });

  it('takes its pods along when it is deleted', () => {
    const cluster = new TestCluster();
    createJob(cluster);
    cluster.runSeconds(2);
    cluster.client<Job>(jobs).delete('default', 'work', { propagationPolicy: 'Background' });
    cluster.runSeconds(5);
    expect(cluster.pods.list('default')).toEqual([]);
  });
});

it.each([
  { indexes: [], text: '' },
  { indexes: [0], text: '0' },
  { indexes: [0, 1], text: '0,1' },
  { indexes: [0, 1, 2, 5, 7, 8, 9], text: '0-2,5,7-9' },
])('writes indexes as "$text"', ({ indexes, text }) => {
  expect(formatIndexes(indexes)).toBe(text);
  expect([...parseIndexes(text)]).toEqual(indexes);
});

it('hands out the first free indexes', () => {
  expect(freeIndexes(5, new Set([0, 2]), 2)).toEqual([1, 3]);
  expect(freeIndexes(3, new Set([0, 2]), 2)).toEqual([1]);
});
