import { describe, expect, it } from 'vitest';
import { administrator } from './auth/authenticate.ts';
import type { KubeObject, Status } from '../../api/index.ts';
import type { ConfigMap, Deployment, Pod, Scale } from '../../api/generated/types.ts';
import { createCluster } from '../cluster.ts';
import { TestClient } from './test-client.ts';

const path = '/api/v1/namespaces/default/configmaps';
const deployments = '/apis/apps/v1/namespaces/default/deployments';
const newCluster = () => createCluster({ seed: 1, nodes: [], freeze: true });
const newClient = () => new TestClient(newCluster());
const configMap = (name: string, data: Record<string, string> = {}, metadata: object = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, ...metadata },
  data,
});
const deployment = (name: string, replicas = 1) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name },
  spec: {
    replicas,
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'c', image: 'nginx' }] } },
  },
});
const merge = 'application/merge-patch+json';

describe('writing', () => {
  it('[API-20] gives a new object what only the server can give', () => {
    const given = { uid: 'mine', creationTimestamp: '2000-01-01T00:00:00Z', deletionTimestamp: '2000-01-01T00:00:00Z' };
    const { body } = newClient().send('POST', path, configMap('x', {}, given));
    expect(body.metadata).toMatchObject({ name: 'x', namespace: 'default', creationTimestamp: '2026-01-05T09:00:00Z' });
    expect(body.metadata.uid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(body.metadata.deletionTimestamp).toBeUndefined();
    const refused = newClient().send<Status>('POST', path, configMap('x', {}, { resourceVersion: '5' }));
    expect(refused.body.message).toBe('resourceVersion should not be set on objects to be created');
  });

  it('[API-21] makes up names', () => {
    const client = newClient();
    const { body } = client.send('POST', path, { ...configMap(''), metadata: { generateName: 'x-' } });
    expect(body.metadata.name).toMatch(/^x-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
    client.send('POST', path, configMap('taken', {}, { finalizers: ['example.com/stay'] }));
    const again = () => client.send<Status>('POST', path, configMap('taken')).body;
    expect(again()).toMatchObject({ code: 409, reason: 'AlreadyExists', message: 'configmaps "taken" already exists' });
    client.send('DELETE', `${path}/taken`);
    expect(again().message).toBe('object is being deleted: configmaps "taken" already exists');
  });

  it('[API-22] refuses what is out of date', () => {
    const client = newClient();
    const { body } = client.send<ConfigMap>('POST', path, configMap('x'));
    const put = (metadata: object) =>
      client.send<Status>('PUT', `${path}/x`, configMap('x', { a: 'b' }, metadata)).body;
    expect(put({ resourceVersion: '1' }).message).toBe(
      'Operation cannot be fulfilled on configmaps "x": the object has been modified; please apply your changes to the latest version and try again',
    );
    expect(put({ uid: 'other' }).message).toBe(
      `Operation cannot be fulfilled on configmaps "x": StorageError: invalid object, Code: 4, Key: /registry/configmaps/default/x, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: other, UID in object meta: ${body.metadata.uid}`,
    );
    expect(put({}).kind).toBe('ConfigMap');
  });

  it('[API-23] writes nothing when nothing changes', () => {
    const cluster = newCluster();
    const client = new TestClient(cluster);
    const { body } = client.send('POST', path, configMap('x', { a: '1' }));
    const { revision } = cluster.store;
    expect(client.send('PUT', `${path}/x`, body).body).toEqual(body);
    expect(client.patch(`${path}/x`, merge, { data: { a: '1' } }).body).toEqual(body);
    expect(cluster.store.revision).toBe(revision);
  });

  it('[API-24] keeps what cannot change', () => {
    const client = newClient();
    const { body } = client.send('POST', path, configMap('x'));
    const changed = client.patch(`${path}/x`, merge, { metadata: { creationTimestamp: null, generation: 9 } });
    expect(changed.body.metadata.creationTimestamp).toBe(body.metadata.creationTimestamp);
    const renamed = client.patch<Status>(`${path}/x`, merge, { metadata: { name: 'y' } });
    expect(renamed.body).toMatchObject({ code: 400 });
  });

  it('[API-25] tries without writing', () => {
    const cluster = newCluster();
    const client = new TestClient(cluster);
    const { revision } = cluster.store;
    const { status, body } = client.send('POST', `${path}?dryRun=All`, configMap('x', { a: '1' }));
    expect([status, body.metadata.name, body.metadata.resourceVersion]).toEqual([201, 'x', undefined]);
    expect(cluster.store.revision).toBe(revision);
    client.send('POST', path, configMap('x'));
    expect(client.patch<ConfigMap>(`${path}/x?dryRun=All`, merge, { data: { a: '2' } }).body.data).toEqual({ a: '2' });
    client.send('DELETE', `${path}/x?dryRun=All`);
    expect(client.get<ConfigMap>(`${path}/x`).body.data).toBeUndefined();
    expect(client.send<Status>('POST', `${path}?dryRun=Some`, configMap('y')).body.message).toBe(
      'CreateOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: ["Some"]: supported values: "All"',
    );
  });

  it('[API-26] keeps status and spec apart', () => {
    const client = newClient();
    client.send('POST', deployments, { ...deployment('web'), status: { replicas: 7 } });
    const url = `${deployments}/web`;
    expect(client.get<Deployment>(url).body.status?.replicas).toBeUndefined();
    client.patch(`${url}/status`, merge, { spec: { replicas: 9 }, status: { replicas: 3 } });
    client.patch(url, merge, { status: { replicas: 4 } });
    const { body } = client.get<Deployment>(`${url}/status`);
    expect([body.spec?.replicas, body.status?.replicas]).toEqual([1, 3]);
  });

  it('[API-27] scales', () => {
    const client = newClient();
    client.send('POST', deployments, deployment('web', 2));
    const url = `${deployments}/web/scale`;
    const { body } = client.get<Scale>(url);
    expect(body).toMatchObject({ kind: 'Scale', spec: { replicas: 2 }, status: { selector: 'app=web' } });
    expect(client.patch<Scale>(url, merge, { spec: { replicas: 5 } }).body.spec?.replicas).toBe(5);
    expect(client.get<Deployment>(`${deployments}/web`).body.spec?.replicas).toBe(5);
    expect(client.send<Status>('PUT', url, body).body).toMatchObject({ code: 409, reason: 'Conflict' });
    expect(client.patch<Status>(url, merge, { spec: { replicas: -1 } }).body.code).toBe(422);
  });
});

describe('patching', () => {
  it('[API-30] knows four kinds of patches', () => {
    const client = newClient();
    client.send('POST', path, configMap('x', { a: '1' }));
    const data = (type: string, patch: unknown) => client.patch<ConfigMap>(`${path}/x`, type, patch).body.data;
    expect(data('application/json-patch+json', [{ op: 'add', path: '/data/b', value: '2' }])).toEqual({
      a: '1',
      b: '2',
    });
    expect(data(merge, { data: { a: null } })).toEqual({ b: '2' });
    expect(data('application/strategic-merge-patch+json', { data: { c: '3' } })).toEqual({ b: '2', c: '3' });
    expect(client.patch<Status>(`${path}/x`, 'application/json', {}).body.message).toBe(
      'the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/strategic-merge-patch+json, application/apply-patch+yaml',
    );
  });

  it('[API-31] refuses patches that fail', () => {
    const client = newClient();
    client.send('POST', path, configMap('x', { a: '1' }));
    const json = (patch: unknown) => client.patch<Status>(`${path}/x`, 'application/json-patch+json', patch).body;
    expect(json([{ op: 'test', path: '/data/a', value: '2' }]).code).toBe(422);
    expect(json('nope').code).toBe(400);
    expect(client.patch<Status>(`${path}/x`, merge, { data: 5 }).body).toMatchObject({ code: 422, reason: 'Invalid' });
    expect(client.patch<Status>(`${path}/none`, merge, {}).body.code).toBe(404);
  });

  it('[API-32] applies on the server', () => {
    const client = newClient();
    const apply = (manager: string, data: Record<string, string>, more = '') =>
      client.patch<ConfigMap & Status>(
        `${path}/x?fieldManager=${manager}${more}`,
        'application/apply-patch+yaml',
        configMap('x', data),
      );
    expect(apply('', { a: '1' }).body.message).toBe(
      'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
    );
    expect(apply('one', { a: '1' })).toMatchObject({ status: 201, body: { data: { a: '1' } } });
    expect(apply('one', { a: '1', b: '2' })).toMatchObject({ status: 200 });
    expect(apply('two', { a: '9' }).body).toMatchObject({
      code: 409,
      message: 'Apply failed with 1 conflict: conflict with "one": .data.a',
    });
    expect(apply('two', { a: '9' }, '&force=true').body.data).toEqual({ a: '9', b: '2' });
    expect(apply('one', {}).body.data).toEqual({ a: '9' });
  });

  it('[API-33] keeps track of owners', () => {
    const client = newClient();
    client.send('POST', path, configMap('x', { a: '1', b: '2' }));
    client.patch(`${path}/x?fieldManager=other`, merge, { data: { b: '3' } });
    const { managedFields = [] } = client.get(`${path}/x`).body.metadata;
    const owned = managedFields.map(({ manager, operation, fieldsV1 }) => [
      manager,
      operation,
      Object.keys(fieldsV1['f:data'] ?? {}),
    ]);
    expect(owned).toEqual([
      ['kubectl', 'Update', ['.', 'f:a']],
      ['other', 'Update', ['f:b']],
    ]);
  });

  it('[API-33] knows the owners of what components have written many times', () => {
    const cluster = newCluster();
    const { client } = cluster.contexts.controller('controller/test', administrator);
    const definition = cluster.apiServer.definitionOf('', 'configmaps')!;
    const api = client.resource(definition);
    api.create({ ...configMap('x'), metadata: { name: 'x', namespace: 'default' } } as unknown as KubeObject);
    for (let n = 0; n < 30; n++) {
      api.modify('default', 'x', (object) => ({ ...object, data: { n: String(n) } }) as KubeObject);
    }
    const { managedFields = [] } = new TestClient(cluster).get<Pod>(`${path}/x`).body.metadata;
    expect(managedFields.map(({ manager, fieldsV1 }) => [manager, fieldsV1])).toEqual([
      ['kube-controller-manager', { 'f:data': { '.': {}, 'f:n': {} } }],
    ]);
  });
});
