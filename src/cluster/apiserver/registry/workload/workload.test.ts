import { describe, expect, it } from 'vitest';
import type { Deployment, Job, StatefulSet } from '../../../../api/generated/types.ts';
import { cronJobs } from '../cron-jobs.ts';
import { daemonSets } from '../daemon-sets.ts';
import { daemonSetRules } from '../rules/daemon-sets.ts';
import { deployments } from '../deployments.ts';
import { jobs } from '../jobs.ts';
import { replicaSets } from '../replica-sets.ts';
import { statefulSets } from '../stateful-sets.ts';
import { cellsOf, context, createErrors, stored, updateErrors, written } from '../testing/strategy.ts';

const labels = { app: 'web' };
const selector = { matchLabels: labels };
const template = { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'nginx' }] } };

function deployment(spec: object = {}): Deployment {
  return written(deployments, { spec: { selector, template, ...spec } });
}

function statefulSet(spec: object = {}): StatefulSet {
  return written(statefulSets, { spec: { selector, template, serviceName: 'web', ...spec } });
}

function job(spec: object = {}): Job {
  const pods = { metadata: {}, spec: { ...template.spec, restartPolicy: 'Never' } };
  return written(jobs, { spec: { template: pods, ...spec } });
}

describe('defaults', () => {
  it('of a deployment', () => {
    const { spec, metadata } = stored(deployments, deployment());
    expect({ ...spec, template: undefined }).toEqual({
      selector,
      replicas: 1,
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' } },
      template: undefined,
    });
    expect(metadata.generation).toBe(1);
  });

  it('of a deployment that recreates its pods', () => {
    const { spec } = stored(deployments, deployment({ strategy: { type: 'Recreate' } }));
    expect(spec.strategy).toEqual({ type: 'Recreate' });
  });

  it('of a stateful set', () => {
    const { spec } = stored(
      statefulSets,
      statefulSet({ volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: {} }] }),
    );
    expect({ ...spec, template: undefined, selector: undefined }).toEqual({
      serviceName: 'web',
      replicas: 1,
      revisionHistoryLimit: 10,
      podManagementPolicy: 'OrderedReady',
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0, maxUnavailable: 1 } },
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
      volumeClaimTemplates: [
        {
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          metadata: { name: 'data' },
          spec: { resources: {}, volumeMode: 'Filesystem' },
          status: { phase: 'Pending' },
        },
      ],
    });
  });

  it('of a daemon set, which marks how often its template has changed', () => {
    const before = stored(daemonSets, written(daemonSets, { spec: { selector, template } }));
    expect(before.spec.updateStrategy).toEqual({
      type: 'RollingUpdate',
      rollingUpdate: { maxUnavailable: 1, maxSurge: 0 },
    });
    const changed = {
      ...before,
      spec: { ...before.spec, template: { ...before.spec.template, spec: { containers: [] } } },
    };
    const after = daemonSetRules.prepareForUpdate!(changed, before, context);
    const generations = [before, after].map(
      ({ metadata }) => metadata.annotations!['deprecated.daemonset.template.generation'],
    );
    expect(generations).toEqual(['1', '2']);
  });

  it('of a job, whose pods carry its name', () => {
    const { spec } = stored(jobs, job());
    const uid = 'd9e9f2c4-5b7a-4f0e-8a43-0f2f4c7a9d11';
    expect({ ...spec, template: undefined }).toEqual({
      parallelism: 1,
      completions: 1,
      backoffLimit: 6,
      completionMode: 'NonIndexed',
      suspend: false,
      podReplacementPolicy: 'TerminatingOrFailed',
      manualSelector: false,
      selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': uid } },
      template: undefined,
    });
    expect(spec.template.metadata!.labels).toEqual({
      'batch.kubernetes.io/controller-uid': uid,
      'batch.kubernetes.io/job-name': 'web',
      'controller-uid': uid,
      'job-name': 'web',
    });
  });
});

describe('refusals', () => {
  const mismatch = '`selector` does not match template `labels`';
  const strange = { matchLabels: { app: 'other' } };

  it.each<[string, object, readonly string[]]>([
    [
      'a selector for other pods',
      { selector: strange },
      [`spec.template.metadata.labels: Invalid value: {"app":"web"}: ${mismatch}`],
    ],
    [
      'an empty selector',
      { selector: {} },
      ['spec.selector: Invalid value: {}: empty selector is invalid for deployment'],
    ],
    [
      'fewer than no replicas',
      { replicas: -1 },
      ['spec.replicas: Invalid value: -1: must be greater than or equal to 0'],
    ],
    [
      'pods that end',
      { template: { ...template, spec: { ...template.spec, restartPolicy: 'Never' } } },
      ['spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"'],
    ],
    [
      'an update without leeway',
      { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: '0%' } } },
      ['spec.strategy.rollingUpdate.maxUnavailable: Invalid value: "0%": may not be 0 when `maxSurge` is 0'],
    ],
    [
      'an unknown strategy',
      { strategy: { type: 'Canary' } },
      [
        'spec.strategy: Unsupported value: {"Type":"Canary","RollingUpdate":null}: supported values: "Recreate", "RollingUpdate"',
      ],
    ],
    [
      'a deadline that comes too early',
      { progressDeadlineSeconds: 5, minReadySeconds: 10 },
      ['spec.progressDeadlineSeconds: Invalid value: 5: must be greater than minReadySeconds'],
    ],
  ])('of a deployment with %s', (_name, spec, errors) => {
    expect(createErrors(deployments, deployment(spec))).toEqual(errors);
  });

  it('of another selector for a deployment', () => {
    const change = (old: Deployment): Deployment => ({
      ...old,
      spec: {
        ...old.spec,
        selector: strange,
        template: { ...old.spec.template, metadata: { labels: { app: 'other' } } },
      },
    });
    const shown = '{"matchLabels":{"app":"other"}}';
    const error = `spec.selector: Invalid value: ${shown}: field is immutable`;
    expect(updateErrors(deployments, deployment(), change)).toEqual([error]);
  });

  it('of a replica set whose selector asks too much', () => {
    const set = written(replicaSets, { spec: { selector: strange, template } });
    expect(createErrors(replicaSets, set)).toEqual([
      `spec.template.metadata.labels: Invalid value: {"app":"web"}: ${mismatch}`,
    ]);
  });

  it('of what a stateful set may not change', () => {
    const change = (old: StatefulSet): StatefulSet => ({ ...old, spec: { ...old.spec, serviceName: 'other' } });
    expect(updateErrors(statefulSets, statefulSet(), change)).toEqual([
      "spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
    ]);
  });

  it('of mounts that no claim of a stateful set fills', () => {
    const mounting = (name: string): object => ({
      ...template,
      spec: { containers: [{ name: 'web', image: 'nginx', volumeMounts: [{ name, mountPath: '/data' }] }] },
    });
    const claims = [
      {
        metadata: { name: 'data' },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
      },
    ];
    const errorsWith = (name: string): readonly string[] =>
      createErrors(statefulSets, statefulSet({ template: mounting(name), volumeClaimTemplates: claims }));
    expect(errorsWith('data')).toEqual([]);
    expect(errorsWith('logs')).toEqual(['spec.template.spec.containers[0].volumeMounts[0].name: Not found: "logs"']);
  });

  it.each<[string, object, readonly string[]]>([
    [
      'surge and absence',
      { updateStrategy: { rollingUpdate: { maxSurge: 1 } } },
      ['spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: 1: may not be set when maxUnavailable is non-zero'],
    ],
    [
      'neither',
      { updateStrategy: { rollingUpdate: { maxUnavailable: 0 } } },
      ['spec.updateStrategy.rollingUpdate.maxUnavailable: Required value: cannot be 0 when maxSurge is 0'],
    ],
  ])('of a daemon set with %s', (_name, spec, errors) => {
    expect(createErrors(daemonSets, written(daemonSets, { spec: { selector, template, ...spec } }))).toEqual(errors);
  });

  it.each<[string, object, readonly string[]]>([
    [
      'pods that start again for ever',
      { template },
      ['spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"'],
    ],
    [
      'indexes but no end',
      { completionMode: 'Indexed', parallelism: 2 },
      ['spec.completions: Required value: when completion mode is Indexed'],
    ],
    [
      'a selector of its own making',
      { selector: { matchLabels: { app: 'web' } } },
      [
        'spec.selector: Invalid value: {"matchLabels":{"app":"web","batch.kubernetes.io/controller-uid":"d9e9f2c4-5b7a-4f0e-8a43-0f2f4c7a9d11"}}: `selector` not auto-generated',
        'spec.template.metadata.labels: Invalid value: {"batch.kubernetes.io/controller-uid":"d9e9f2c4-5b7a-4f0e-8a43-0f2f4c7a9d11","batch.kubernetes.io/job-name":"web","controller-uid":"d9e9f2c4-5b7a-4f0e-8a43-0f2f4c7a9d11","job-name":"web"}: `selector` does not match template `labels`',
      ],
    ],
  ])('of a job with %s', (_name, spec, errors) => {
    expect(createErrors(jobs, job(spec))).toEqual(errors);
  });

  it('of other completions for a job', () => {
    const change = (old: Job): Job => ({ ...old, spec: { ...old.spec, completions: 2 } });
    expect(updateErrors(jobs, job(), change)).toEqual(['spec.completions: Invalid value: 2: field is immutable']);
  });

  it.each([
    ['* * * *', 'expected exactly 5 fields, found 4: [* * * *]'],
    ['60 * * * *', 'end of range (60) above maximum (59): 60'],
    ['* * 0 * *', 'beginning of range (0) below minimum (1): 0'],
    ['* * * * fri-mon', 'beginning of range (5) beyond end of range (1): fri-mon'],
    ['*/0 * * * *', 'step of range should be a positive number: */0'],
    ['noon * * * *', 'failed to parse int from noon: strconv.Atoi: parsing "noon": invalid syntax'],
    ['@often', 'unrecognized descriptor: @often'],
  ])('of the schedule %s', (schedule, problem) => {
    const cronJob = written(cronJobs, { spec: { schedule, jobTemplate: { spec: job().spec } } });
    const shown = JSON.stringify(schedule);
    expect(createErrors(cronJobs, cronJob)).toEqual([`spec.schedule: Invalid value: ${shown}: ${problem}`]);
  });

  it.each(['@daily', '@every 1h30m', '0 9-17/2 1,15 jan-mar ?', '5/15 * * * sun'])('but not of %s', (schedule) => {
    const cronJob = written(cronJobs, { spec: { schedule, jobTemplate: { spec: job().spec } } });
    expect(createErrors(cronJobs, cronJob)).toEqual([]);
  });

  it('of a time zone that does not exist', () => {
    const spec = { schedule: '@daily', timeZone: 'Europe/Atlantis', jobTemplate: { spec: job().spec } };
    expect(createErrors(cronJobs, written(cronJobs, { spec }))).toEqual([
      'spec.timeZone: Invalid value: "Europe/Atlantis": unknown time zone Europe/Atlantis',
    ]);
  });
});

describe('rows', () => {
  it('of a deployment', () => {
    const object = {
      ...stored(deployments, deployment({ replicas: 3 })),
      status: { readyReplicas: 2, updatedReplicas: 3 },
    };
    expect(cellsOf(deployments, object, { wide: true })).toEqual([
      'web',
      '2/3',
      3,
      0,
      '10m',
      'web',
      'nginx',
      'app=web',
    ]);
  });

  it('of a replica set', () => {
    const object = {
      ...stored(replicaSets, written(replicaSets, { spec: { selector, template } })),
      status: { replicas: 1 },
    };
    expect(cellsOf(replicaSets, object)).toEqual(['web', 1, 1, 0, '10m']);
  });

  it('of a stateful set', () => {
    expect(cellsOf(statefulSets, stored(statefulSets, statefulSet()))).toEqual(['web', '0/1', '10m']);
  });

  it('of a daemon set', () => {
    const object = written(daemonSets, { spec: { selector, template } });
    expect(cellsOf(daemonSets, stored(daemonSets, object))).toEqual(['web', 0, 0, 0, 0, 0, '<none>', '10m']);
  });

  it.each([
    [{}, 'Running', ''],
    [{ startTime: '2026-01-01T00:08:00Z' }, 'Running', '2m'],
    [
      {
        succeeded: 1,
        startTime: '2026-01-01T00:01:00Z',
        completionTime: '2026-01-01T00:01:05Z',
        conditions: [{ type: 'Complete', status: 'True' }],
      },
      'Complete',
      '5s',
    ],
    [{ conditions: [{ type: 'Suspended', status: 'True' }] }, 'Suspended', ''],
  ])('of a job that is %o', (status, phase, duration) => {
    const object = { ...stored(jobs, job()), status };
    expect(cellsOf(jobs, object)).toEqual([
      'web',
      phase,
      `${'succeeded' in status ? status.succeeded : 0}/1`,
      duration,
      '10m',
    ]);
  });

  it('of a cron job', () => {
    const spec = { schedule: '@daily', jobTemplate: { spec: job().spec } };
    const object = stored(cronJobs, written(cronJobs, { spec }));
    expect(cellsOf(cronJobs, object)).toEqual(['web', '@daily', '<none>', 'False', 0, '<none>', '10m']);
  });
});
