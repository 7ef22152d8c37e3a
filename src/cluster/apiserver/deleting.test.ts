import { describe, expect, it } from 'vitest';
import type { KubeObject, Status } from '../../api/index.ts';
import type { Pod } from '../../api/generated/types.ts';
import { createCluster } from '../cluster.ts';
import { TestClient } from './test-client.ts';

const path = '/api/v1/namespaces/default/configmaps';
const pods = '/api/v1/namespaces/default/pods';
const newCluster = () => createCluster({ seed: 1, nodes: [], freeze: true });
const newClient = () => new TestClient(newCluster());
const configMap = (name: string, metadata: object = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, ...metadata },
});
const pod = (name: string, spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec: { containers: [{ name: 'c', image: 'nginx' }], ...spec },
});

/** The default service account comes a moment after the namespace. */
function clientWithAccounts(): TestClient {
  const cluster = newCluster();
  cluster.clock.runFor(2000);
  return new TestClient(cluster);
}

describe('deleting', () => {
  it('[API-40] answers with a Status or with the object', () => {
    const client = clientWithAccounts();
    const { body } = client.send('POST', path, configMap('x'));
    expect(client.send<Status>('DELETE', `${path}/x`).body).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Success',
      details: { name: 'x', kind: 'configmaps', uid: body.metadata.uid },
    });
    client.send('POST', pods, pod('p'));
    expect(client.send('DELETE', `${pods}/p`).body.kind).toBe('Pod');
    expect(client.send<Status>('DELETE', `${path}/x`).body.message).toBe('configmaps "x" not found');
  });

  it('[API-41] heeds preconditions', () => {
    const client = newClient();
    const { body } = client.send('POST', path, configMap('x'));
    const { uid } = body.metadata;
    const refused = client.send<Status>('DELETE', `${path}/x`, { preconditions: { uid: 'other' } });
    expect(refused.body.message).toBe(
      `Operation cannot be fulfilled on ConfigMap "x": the UID in the precondition (other) does not match the UID in record (${uid}). The object might have been deleted and then recreated`,
    );
    expect(client.get(`${path}/x`).status).toBe(200);
    expect(client.send('DELETE', `${path}/x`, { preconditions: { uid } }).status).toBe(200);
  });

  it('[API-42] waits for finalizers', () => {
    const client = newClient();
    client.send('POST', path, configMap('x', { finalizers: ['example.com/a'] }));
    const marked = client.send('DELETE', `${path}/x`).body;
    expect(marked.metadata).toMatchObject({ deletionTimestamp: '2026-01-05T09:00:00Z', deletionGracePeriodSeconds: 0 });
    const patch = (finalizers: readonly string[]) =>
      client.patch<KubeObject & Status>(`${path}/x`, 'application/merge-patch+json', { metadata: { finalizers } });
    expect(patch(['example.com/a', 'example.com/b']).body.message).toBe(
      'ConfigMap "x" is invalid: metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"example.com/b"}',
    );
    expect(patch([]).status).toBe(200);
    expect(client.get(`${path}/x`).status).toBe(404);
  });

  it.each([
    ['Orphan', ['orphan']],
    ['Foreground', ['foregroundDeletion']],
  ])('[API-43] turns the policy %s into a finalizer', (propagationPolicy, finalizers) => {
    const client = newClient();
    client.send('POST', path, configMap('x'));
    const { body } = client.send('DELETE', `${path}/x`, { propagationPolicy });
    expect(body.metadata.finalizers).toEqual(finalizers);
  });

  it('[API-43] refuses policies that do not exist', () => {
    const client = newClient();
    client.send('POST', path, configMap('x'));
    expect(client.send<Status>('DELETE', `${path}/x`, { propagationPolicy: 'Never' }).body.message).toBe(
      'DeleteOptions.meta.k8s.io "" is invalid: propagationPolicy: Unsupported value: "Never": supported values: "Foreground", "Background", "Orphan", "nil"',
    );
  });

  it('[API-44] gives pods their grace period', () => {
    const client = clientWithAccounts();
    client.send('POST', pods, pod('placed', { nodeName: 'somewhere', terminationGracePeriodSeconds: 20 }));
    const remove = (body?: object) => client.send<Pod>('DELETE', `${pods}/placed`, body).body.metadata;
    expect(remove()).toMatchObject({ deletionGracePeriodSeconds: 20, deletionTimestamp: '2026-01-05T09:00:22Z' });
    expect(remove({ gracePeriodSeconds: 60 })).toMatchObject({ deletionGracePeriodSeconds: 20 });
    expect(remove({ gracePeriodSeconds: 5 })).toMatchObject({
      deletionGracePeriodSeconds: 5,
      deletionTimestamp: '2026-01-05T09:00:07Z',
    });
    remove({ gracePeriodSeconds: 0 });
    expect(client.get(`${pods}/placed`).status).toBe(404);
    client.send('POST', pods, pod('waiting', { nodeSelector: { no: 'where' } }));
    client.send('DELETE', `${pods}/waiting`);
    expect(client.get(`${pods}/waiting`).status).toBe(404);
  });

  it('[API-45] deletes collections', () => {
    const client = newClient();
    for (const name of ['a', 'b', 'c'])
      client.send('POST', path, configMap(name, { labels: { odd: String(name !== 'b') } }));
    client.send('DELETE', `${path}?labelSelector=odd%3Dtrue`);
    expect(client.list(path).items.map((item) => item.metadata.name)).toEqual(['b']);
  });

  it('[API-46] lets Events go after an hour', () => {
    const cluster = newCluster();
    const client = new TestClient(cluster);
    const url = '/api/v1/namespaces/default/events';
    const event = (name: string) => ({ metadata: { name }, involvedObject: { namespace: 'default' }, reason: 'Test' });
    for (const name of ['old', 'renewed']) client.send('POST', url, event(name));
    cluster.clock.runFor(30 * 60_000);
    client.patch(`${url}/renewed`, 'application/merge-patch+json', { count: 2 });
    cluster.clock.runFor(32 * 60_000);
    const names = () => client.list(url).items.map((item) => item.metadata.name);
    expect(names().filter((name) => name === 'old' || name === 'renewed')).toEqual(['renewed']);
    cluster.clock.runFor(30 * 60_000);
    expect(names()).not.toContain('renewed');
  });
});
