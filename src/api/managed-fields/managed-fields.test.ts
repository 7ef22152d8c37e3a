import { describe, expect, it } from 'vitest';
import { decodeObject } from '../decode/decode-object.ts';
import type { JsonObject } from '../json.ts';
import type { KubeObject, ManagedFieldsEntry } from '../meta.ts';
import { createSchemaCatalog } from '../schema/schema-catalog.ts';
import { upgradeManagedFields } from './client-side-upgrade.ts';
import { serverSideApply } from './server-side-apply.ts';
import { trackUpdate } from './track-update.ts';

const catalog = createSchemaCatalog();
const schema = catalog.type('io.k8s.api.apps.v1.Deployment')!;
const serviceSchema = catalog.type('io.k8s.api.core.v1.Service')!;

const at = (second: number): string => `2026-01-01T00:00:0${second}Z`;
const update = (manager: string, second = 0, subresource = '') => ({
  schema,
  manager,
  nowText: at(second),
  subresource,
});
const apply = (manager: string, isForced = false, second = 0) => ({ schema, manager, nowText: at(second), isForced });

/** As the API server has it after decoding and defaulting. */
const stored = (object: JsonObject, type = schema): KubeObject =>
  decodeObject(object, type).object as unknown as KubeObject;

const created = stored({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'default', labels: { app: 'web' } },
  spec: {
    replicas: 1,
    progressDeadlineSeconds: 600,
    revisionHistoryLimit: 10,
    selector: { matchLabels: { app: 'web' } },
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: {
        containers: [
          { name: 'nginx', image: 'nginx', imagePullPolicy: 'Always', terminationMessagePath: '/dev/termination-log' },
        ],
        dnsPolicy: 'ClusterFirst',
        restartPolicy: 'Always',
        securityContext: {},
      },
    },
  },
});

const withUid = (object: KubeObject): KubeObject => ({
  ...object,
  metadata: { ...object.metadata, uid: 'u1', resourceVersion: '1' },
});
const live = withUid(trackUpdate(undefined, created, update('kubectl-create')));
const withReplicas = (object: KubeObject, replicas: number): KubeObject =>
  ({ ...object, spec: { ...(object as unknown as { spec: object }).spec, replicas } }) as KubeObject;
const managers = (object: KubeObject): readonly string[] =>
  (object.metadata.managedFields ?? []).map((entry) =>
    [entry.manager, entry.operation, entry.subresource].filter(Boolean).join(' '),
  );
const fieldsFor = (object: KubeObject, manager: string): unknown =>
  object.metadata.managedFields?.find((entry) => entry.manager === manager)?.fieldsV1;

describe('trackUpdate', () => {
  it('gives a created object to its creator, field by field as a real cluster does', () =>
    expect(live.metadata.managedFields).toEqual([
      {
        manager: 'kubectl-create',
        operation: 'Update',
        apiVersion: 'apps/v1',
        time: at(0),
        fieldsType: 'FieldsV1',
        fieldsV1: {
          'f:metadata': { 'f:labels': { '.': {}, 'f:app': {} } },
          'f:spec': {
            'f:progressDeadlineSeconds': {},
            'f:replicas': {},
            'f:revisionHistoryLimit': {},
            'f:selector': {},
            'f:strategy': { 'f:rollingUpdate': { '.': {}, 'f:maxSurge': {}, 'f:maxUnavailable': {} }, 'f:type': {} },
            'f:template': {
              'f:metadata': { 'f:labels': { '.': {}, 'f:app': {} } },
              'f:spec': {
                'f:containers': {
                  'k:{"name":"nginx"}': {
                    '.': {},
                    'f:image': {},
                    'f:imagePullPolicy': {},
                    'f:name': {},
                    'f:resources': {},
                    'f:terminationMessagePath': {},
                  },
                },
                'f:dnsPolicy': {},
                'f:restartPolicy': {},
                'f:securityContext': {},
              },
            },
          },
        },
      },
    ]));

  it('moves a changed field to who changed it', () => {
    const scaled = trackUpdate(live, withReplicas(live, 3), update('kubectl', 1, 'scale'));
    expect(managers(scaled)).toEqual(['kubectl-create Update', 'kubectl Update scale']);
    expect(fieldsFor(scaled, 'kubectl')).toEqual({ 'f:spec': { 'f:replicas': {} } });
    expect(fieldsFor(scaled, 'kubectl-create')).not.toHaveProperty(['f:spec', 'f:replicas']);
  });

  it('adds to what the same manager owns, and renews the time', () => {
    const labelled = { ...live, metadata: { ...live.metadata, labels: { app: 'web', tier: 'front' } } };
    const tracked = trackUpdate(live, labelled, update('kubectl-create', 5));
    expect(tracked.metadata.managedFields).toMatchObject([
      {
        manager: 'kubectl-create',
        time: at(5),
        fieldsV1: { 'f:metadata': { 'f:labels': { 'f:app': {}, 'f:tier': {} } } },
      },
    ]);
  });

  it('keeps the status for the status', () => {
    const withStatus = {
      ...live,
      status: { replicas: 1, conditions: [{ type: 'Available', status: 'True' }] },
    } as KubeObject;
    expect(trackUpdate(live, withStatus, update('kubectl', 1))).toBe(withStatus);
    expect(
      fieldsFor(
        trackUpdate(live, withStatus, update('kube-controller-manager', 1, 'status')),
        'kube-controller-manager',
      ),
    ).toEqual({
      'f:status': {
        'f:conditions': { '.': {}, 'k:{"type":"Available"}': { '.': {}, 'f:status': {}, 'f:type': {} } },
        'f:replicas': {},
      },
    });
  });

  it('changes nothing when nothing changes, and puts back entries that the client left out', () => {
    expect(trackUpdate(live, live, update('x'))).toBe(live);
    const { managedFields, ...metadata } = live.metadata;
    const withoutEntries: KubeObject = { ...live, metadata };
    expect(trackUpdate(live, withoutEntries, update('x')).metadata.managedFields).toBe(managedFields);
  });

  it('takes removed fields from everybody', () => {
    const bare = { ...live, metadata: { ...live.metadata, labels: {} } };
    const tracked = trackUpdate(live, stored(bare as unknown as JsonObject), update('kubectl-label', 1));
    expect(fieldsFor(tracked, 'kubectl-create')).not.toHaveProperty('f:metadata');
    expect(fieldsFor(tracked, 'kubectl-label')).toBeUndefined();
  });

  it('stops tracking when the client empties the list', () => {
    const reset = { ...live, metadata: { ...live.metadata, managedFields: [] } };
    expect(trackUpdate(live, reset, update('x')).metadata.managedFields).toBeUndefined();
  });

  it('folds the oldest of more than ten updates into one', () => {
    let object = live;
    for (let index = 0; index < 12; index++) {
      const labels = { ...object.metadata.labels, [`l${index}`]: 'x' };
      object = trackUpdate(
        object,
        { ...object, metadata: { ...object.metadata, labels } },
        update(`m${index}`, index % 10),
      );
    }
    expect(object.metadata.managedFields).toHaveLength(10);
    expect(managers(object)).toContain('ancient-changes Update');
  });

  it('gives equal objects one and the same set', () => {
    const other = trackUpdate(
      undefined,
      { ...created, metadata: { ...created.metadata, name: 'other' } },
      update('kubectl-create'),
    );
    expect(fieldsFor(other, 'kubectl-create')).toBe(fieldsFor(live, 'kubectl-create'));
  });
});

const manifest = (spec: JsonObject, metadata: JsonObject = {}): JsonObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'default', ...metadata },
  spec,
});

const messageOf = (attempt: () => unknown): string => {
  try {
    attempt();
    return 'no error';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('serverSideApply', () => {
  it('creates', () => {
    const object = serverSideApply(
      undefined,
      manifest({ replicas: 2, selector: { matchLabels: { app: 'web' } } }),
      apply('me'),
    );
    expect(object).toMatchObject({
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: { replicas: 2, strategy: {} },
      status: {},
    });
    expect(object.metadata.managedFields).toEqual([
      {
        manager: 'me',
        operation: 'Apply',
        apiVersion: 'apps/v1',
        time: at(0),
        fieldsType: 'FieldsV1',
        fieldsV1: { 'f:spec': { 'f:replicas': {}, 'f:selector': {} } },
      },
    ]);
  });

  it('shares fields that all want alike', () => {
    const object = serverSideApply(live, manifest({ replicas: 1 }), apply('me', false, 1));
    expect(managers(object)).toEqual(['me Apply', 'kubectl-create Update']);
    expect(fieldsFor(object, 'kubectl-create')).toHaveProperty(['f:spec', 'f:replicas']);
  });

  it('refuses to take a field from another manager', () => {
    const attempt = (): unknown => serverSideApply(live, manifest({ replicas: 5 }), apply('me'));
    expect(messageOf(attempt)).toBe(
      'Apply failed with 1 conflict: conflict with "kubectl-create" using apps/v1: .spec.replicas',
    );
    expect(attempt).toThrow(
      expect.objectContaining({
        code: 409,
        reason: 'Conflict',
        details: {
          causes: [
            {
              reason: 'FieldManagerConflict',
              message: 'conflict with "kubectl-create" using apps/v1',
              field: '.spec.replicas',
            },
          ],
        },
      }),
    );
  });

  it('lists several conflicts by manager', () => {
    const scaled = trackUpdate(live, withReplicas(live, 3), update('kubectl', 1, 'scale'));
    const wanted = manifest({ replicas: 5, template: { spec: { containers: [{ name: 'nginx', image: 'nginx:2' }] } } });
    expect(messageOf(() => serverSideApply(scaled, wanted, apply('me')))).toBe(
      [
        'Apply failed with 2 conflicts: conflicts with "kubectl" with subresource "scale" using apps/v1:',
        '- .spec.replicas',
        'conflicts with "kubectl-create" using apps/v1:',
        '- .spec.template.spec.containers[name="nginx"].image',
      ].join('\n'),
    );
  });

  it('takes it when forced', () => {
    const object = serverSideApply(live, manifest({ replicas: 5 }), apply('me', true));
    expect(object).toMatchObject({ spec: { replicas: 5 } });
    expect(fieldsFor(object, 'kubectl-create')).not.toHaveProperty(['f:spec', 'f:replicas']);
  });

  it('removes what the manager does not apply any more', () => {
    const first = serverSideApply(
      live,
      manifest({ minReadySeconds: 5, paused: true }, { labels: { mine: 'yes' } }),
      apply('me'),
    );
    const second = serverSideApply(first, manifest({ minReadySeconds: 5 }), apply('me', false, 1));
    expect(first).toMatchObject({ metadata: { labels: { app: 'web', mine: 'yes' } }, spec: { paused: true } });
    expect(second.metadata.labels).toEqual({ app: 'web' });
    expect((second as unknown as { spec: object }).spec).not.toHaveProperty('paused');
    expect(second).toMatchObject({ spec: { minReadySeconds: 5, replicas: 1 } });
  });

  it('leaves what others own too', () => {
    const mine = serverSideApply(live, manifest({ replicas: 1 }), apply('me'));
    const theirs = serverSideApply(mine, manifest({ replicas: 1 }), apply('they'));
    const dropped = serverSideApply(theirs, manifest({ minReadySeconds: 1 }), apply('me', false, 1));
    expect(dropped).toMatchObject({ spec: { replicas: 1 } });
    expect(fieldsFor(dropped, 'me')).toEqual({ 'f:spec': { 'f:minReadySeconds': {} } });
  });

  it('merges list elements by key, in the order of the manifest', () => {
    const withSidecar = manifest({
      template: { spec: { containers: [{ name: 'sidecar', image: 'envoy' }, { name: 'nginx' }] } },
    });
    const object = serverSideApply(live, withSidecar, apply('me'));
    const { containers } = (object as unknown as { spec: { template: { spec: { containers: readonly object[] } } } })
      .spec.template.spec;
    expect(containers).toMatchObject([{ name: 'sidecar' }, { name: 'nginx', image: 'nginx' }]);
    const without = serverSideApply(
      object,
      manifest({ template: { spec: { containers: [{ name: 'nginx' }] } } }),
      apply('me'),
    );
    expect(without).toMatchObject({
      spec: { template: { spec: { containers: [{ name: 'nginx', image: 'nginx' }] } } },
    });
  });

  it('takes the default of a key for an answer', () => {
    const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 's' }, spec: { ports: [{ port: 80 }] } };
    const context = { ...apply('me'), schema: serviceSchema };
    const object = serverSideApply(undefined, service, context);
    expect(fieldsFor(object, 'me')).toEqual({
      'f:spec': { 'f:ports': { 'k:{"port":80,"protocol":"TCP"}': { '.': {}, 'f:port': {} } } },
    });
    const explicit = { ...service, spec: { ports: [{ port: 80, protocol: 'TCP', name: 'http' }] } };
    expect(serverSideApply(object, explicit, context)).toMatchObject({ spec: { ports: [{ port: 80, name: 'http' }] } });
  });

  it('changes nothing, not even the time, when applied again', () => {
    const once = serverSideApply(live, manifest({ minReadySeconds: 5 }), apply('me', false, 1));
    expect(serverSideApply(once, manifest({ minReadySeconds: 5 }), apply('me', false, 9))).toBe(once);
  });

  it('gives what nobody tracked to before-first-apply', () => {
    const untracked = withUid(created);
    const object = serverSideApply(untracked, manifest({ minReadySeconds: 5 }), apply('me'));
    expect(managers(object)).toEqual(['me Apply', 'before-first-apply Update']);
  });

  it('lets kubectl take over from client-side apply', () => {
    const text = JSON.stringify(manifest({ replicas: 1 }));
    const annotated = stored({
      ...(created as unknown as JsonObject),
      metadata: {
        ...(created.metadata as unknown as JsonObject),
        annotations: { 'kubectl.kubernetes.io/last-applied-configuration': text },
      },
    });
    const clientSide = withUid(trackUpdate(undefined, annotated, update('kubectl-client-side-apply')));
    expect(messageOf(() => serverSideApply(clientSide, manifest({ replicas: 2 }), apply('other')))).toContain(
      '1 conflict',
    );
    const taken = serverSideApply(clientSide, manifest({ replicas: 2 }), apply('kubectl'));
    expect(taken).toMatchObject({ spec: { replicas: 2 } });
    expect(taken.metadata.annotations!['kubectl.kubernetes.io/last-applied-configuration']).toContain('"replicas":2');
  });

  it.each<{ name: string; spec: JsonObject; message: string }>([
    { name: 'an unknown field', spec: { foo: 1 }, message: '.spec.foo: field not declared in schema' },
    {
      name: 'a wrong type',
      spec: { replicas: 'x' },
      message: '.spec.replicas: expected numeric (int or float), got string',
    },
    {
      name: 'a duplicate',
      spec: { template: { spec: { containers: [{ name: 'a' }, { name: 'a' }] } } },
      message: '.spec.template.spec.containers: duplicate entries for key [name="a"]',
    },
    {
      name: 'an element without a key',
      spec: { template: { spec: { containers: [{ image: 'a' }] } } },
      message:
        '.spec.template.spec.containers: element 0: associative list with keys has an element that omits all key fields ["name"] (and doesn\'t have default values for any key fields)',
    },
  ])('refuses $name', ({ spec, message }) =>
    expect(messageOf(() => serverSideApply(live, manifest(spec), apply('me')))).toBe(
      `failed to create typed patch object (default/web; apps/v1, Kind=Deployment): ${message}`,
    ),
  );

  it('refuses a manifest with managedFields', () =>
    expect(messageOf(() => serverSideApply(live, manifest({}, { managedFields: [] }), apply('me')))).toBe(
      'metadata.managedFields must be nil',
    ));
});

it('upgrades the entries of client-side apply', () => {
  const entry = (manager: string, operation: 'Apply' | 'Update', field: string): ManagedFieldsEntry => ({
    manager,
    operation,
    apiVersion: 'apps/v1',
    fieldsType: 'FieldsV1',
    fieldsV1: { [field]: {} },
  });
  const entries = [
    entry('kubectl', 'Apply', 'f:a'),
    entry('kubectl-client-side-apply', 'Update', 'f:b'),
    entry('other', 'Update', 'f:c'),
  ];
  expect(upgradeManagedFields(entries, ['kubectl-client-side-apply'], 'kubectl')).toEqual([
    { ...entry('kubectl', 'Apply', 'f:a'), fieldsV1: { 'f:a': {}, 'f:b': {} } },
    entry('other', 'Update', 'f:c'),
  ]);
  expect(
    upgradeManagedFields([entry('other', 'Update', 'f:c')], ['kubectl-client-side-apply'], 'kubectl'),
  ).toBeUndefined();
});
