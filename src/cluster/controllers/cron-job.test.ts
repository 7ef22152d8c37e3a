import { describe, expect, it } from 'vitest';
import { administrator } from '../apiserver/auth/authenticate.ts';
import type { CronJob, Event, Job, Pod } from '../../api/generated/types.ts';
import type { Draft } from '../../api/index.ts';
import { cronJobs, events, jobs, pods } from '../apiserver/registry/index.ts';
import { createCluster } from '../cluster.ts';

/** A cluster that starts on a Monday at nine, with a CronJob whose pods run a script. */
function clusterWith(script: string, spec: Partial<CronJob['spec']> = {}, seed = 1) {
  const cluster = createCluster({ seed, freeze: true });
  const { client } = cluster.contexts.controller('controller/test', administrator);
  const run = (seconds: number): void => cluster.clock.runFor(seconds * 1000);
  run(10);
  const containers = [{ name: 'main', image: 'busybox:1.36', command: ['sh', '-c', script] }];
  client.resource<CronJob>(cronJobs).create({
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'tick', namespace: 'default' },
    spec: {
      schedule: '* * * * *',
      jobTemplate: {
        spec: {
          backoffLimit: 0,
          template: { spec: { containers, restartPolicy: 'Never', terminationGracePeriodSeconds: 0 } },
        },
      },
      ...spec,
    },
  } as Draft<CronJob>);
  return {
    run,
    change: (change: Partial<CronJob['spec']>) =>
      client
        .resource<CronJob>(cronJobs)
        .modify('default', 'tick', (old) => ({ ...old, spec: { ...old.spec, ...change } })),
    pods: () => client.resource<Pod>(pods).list('default'),
    jobs: () => client.resource<Job>(jobs).list('default'),
    cronJob: () => client.resource<CronJob>(cronJobs).get('default', 'tick')!,
    events: () =>
      client
        .resource<Event>(events)
        .list('default')
        .filter(({ involvedObject }) => involvedObject.kind === 'CronJob')
        .map(({ reason, message }) => `${reason}: ${message}`),
  };
}

/** Minutes since 1970 at the start of the cluster. */
const nine = Date.UTC(2026, 0, 5, 9) / 60_000;
const names = (all: readonly Job[]): readonly string[] => all.map(({ metadata }) => metadata.name);

describe('a CronJob', () => {
  it('starts a job each minute, and notes how it went', () => {
    const cluster = clusterWith('echo done');
    cluster.run(80);
    const [job] = cluster.jobs();
    expect(job?.metadata).toMatchObject({
      name: `tick-${nine + 1}`,
      annotations: { 'batch.kubernetes.io/cronjob-scheduled-timestamp': '2026-01-05T09:01:00Z' },
      ownerReferences: [{ kind: 'CronJob', name: 'tick', controller: true }],
    });
    expect(cluster.cronJob().status).toMatchObject({
      lastScheduleTime: '2026-01-05T09:01:00Z',
      lastSuccessfulTime: job?.status?.completionTime,
    });
    expect(cluster.cronJob().status.active).toBeUndefined();
    expect(cluster.events()).toEqual([
      `SuccessfulCreate: Created job tick-${nine + 1}`,
      `SawCompletedJob: Saw completed job: tick-${nine + 1}, condition: Complete`,
    ]);
  });

  it('keeps as many finished jobs as it should', () => {
    const cluster = clusterWith('exit 0', { successfulJobsHistoryLimit: 2 });
    cluster.run(5 * 60);
    expect(names(cluster.jobs())).toEqual([`tick-${nine + 4}`, `tick-${nine + 5}`]);
    const failing = clusterWith('exit 1');
    failing.run(4 * 60);
    expect(names(failing.jobs())).toEqual([`tick-${nine + 4}`]);
  });

  it.each([
    ['Allow', [1, 2, 3], [1, 2, 3]],
    ['Forbid', [1], [1]],
    ['Replace', [3], [3]],
  ])('lets jobs run side by side when its policy is %s', (concurrencyPolicy, expected, active) => {
    const cluster = clusterWith('sleep 1h', { concurrencyPolicy });
    cluster.run(190);
    expect(names(cluster.jobs())).toEqual(expected.map((minute) => `tick-${nine + minute}`));
    expect(cluster.cronJob().status.active?.map(({ name }) => name)).toEqual(
      active.map((minute) => `tick-${nine + minute}`),
    );
  });

  it('makes up for what it missed while it was suspended, once', () => {
    const cluster = clusterWith('exit 0', { suspend: true });
    cluster.run(10 * 60);
    expect(cluster.jobs()).toEqual([]);
    cluster.change({ suspend: false });
    cluster.run(5);
    expect(names(cluster.jobs())).toEqual([`tick-${nine + 10}`]);
  });

  it('does not when it is too late for it', () => {
    const cluster = clusterWith('exit 0', { suspend: true, startingDeadlineSeconds: 5, schedule: '*/5 * * * *' });
    cluster.run(11 * 60);
    cluster.change({ suspend: false });
    cluster.run(60);
    expect(cluster.jobs()).toEqual([]);
    cluster.run(4 * 60);
    expect(names(cluster.jobs())).toEqual([`tick-${nine + 15}`]);
  });
});

it.each(Array.from({ length: 8 }, (_, at) => at + 1))(
  'starts one pod for each job, however news travels (seed %i)',
  (seed) => {
    const cluster = clusterWith('exit 0', { successfulJobsHistoryLimit: 10 }, seed);
    cluster.run(5 * 60);
    const started = cluster.pods();
    expect(started).toHaveLength(5);
    expect(new Set(started.map(({ metadata }) => metadata.ownerReferences?.[0]?.name)).size).toBe(5);
  },
);

it('a finished job goes when its time is up', () => {
  const template = { spec: { containers: [{ name: 'main', image: 'busybox:1.36' }], restartPolicy: 'Never' } };
  const cluster = clusterWith('exit 0', {
    schedule: '1 9 * * *',
    jobTemplate: { spec: { template, ttlSecondsAfterFinished: 30 } } as CronJob['spec']['jobTemplate'],
  });
  cluster.run(70);
  expect(cluster.jobs()).toHaveLength(1);
  cluster.run(40);
  expect(cluster.jobs()).toEqual([]);
});
