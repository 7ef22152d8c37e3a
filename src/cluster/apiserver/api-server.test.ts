import { describe, expect, it } from 'vitest';
import type { KubeList, KubeObject, Status } from '../../api/index.ts';
import type { ConfigMap } from '../../api/generated/types.ts';
import { createCluster } from '../cluster.ts';
import { TestClient } from './test-client.ts';

const configMap = (name: string, data: Record<string, string> = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  data,
});
const path = '/api/v1/namespaces/default/configmaps';
const newClient = () => new TestClient(createCluster({ seed: 1, freeze: true }));
const namesOf = ({ items }: KubeList<KubeObject>) => items.map((item) => item.metadata.name);

describe('the API server', () => {
  it('creates, reads, replaces, deletes', () => {
    const client = newClient();
    const created = client.send<ConfigMap>('POST', path, configMap('one', { a: '1' }));
    const expected = { kind: 'ConfigMap', metadata: { name: 'one', namespace: 'default' }, data: { a: '1' } };
    expect(created).toMatchObject({ status: 201, body: expected });
    expect(client.get(`${path}/one`).body).toEqual(created.body);
    const replaced = client.send<ConfigMap>('PUT', `${path}/one`, { ...created.body, data: { a: '2' } });
    expect(replaced.body.data).toEqual({ a: '2' });
    expect(client.send('PUT', `${path}/one`, created.body)).toMatchObject({
      status: 409,
      body: { reason: 'Conflict' },
    });
    expect(client.send<Status>('DELETE', `${path}/one`).body).toMatchObject({
      status: 'Success',
      details: { name: 'one', kind: 'configmaps' },
    });
    expect(client.get(`${path}/one`)).toMatchObject({
      status: 404,
      body: { message: 'configmaps "one" not found' },
    });
  });

  it('lists in chunks that stay consistent', () => {
    const client = newClient();
    for (const name of ['a', 'b', 'c', 'd']) client.send('POST', path, configMap(name));
    const first = client.list(`${path}?limit=2`);
    expect(namesOf(first)).toEqual(['a', 'b']);
    expect(first.metadata.remainingItemCount).toBe(2);
    client.send('DELETE', `${path}/c`);
    client.send('POST', path, configMap('e'));
    const second = client.list(`${path}?limit=2&continue=${first.metadata.continue}`);
    expect(namesOf(second)).toEqual(['c', 'd']);
    expect(second.metadata).toEqual({ resourceVersion: first.metadata.resourceVersion });
  });

  it('watches from a revision', () => {
    const client = newClient();
    const version = client.list(path).metadata.resourceVersion;
    client.send('POST', path, configMap('a'));
    const { events } = client.watch(`${path}?watch=1&resourceVersion=${version}`);
    client.patch(`${path}/a`, 'application/merge-patch+json', { data: { x: 'y' } });
    client.send('DELETE', `${path}/a`);
    expect(events.map((event) => `${event.type} ${event.object.metadata.name}`)).toEqual([
      'ADDED a',
      'MODIFIED a',
      'DELETED a',
    ]);
  });

  it('answers as a table', () => {
    const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';
    const { body } = newClient().get<{ rows: { cells: unknown[] }[] }>('/api/v1/namespaces', { accept });
    expect(body).toMatchObject({ kind: 'Table', apiVersion: 'meta.k8s.io/v1' });
    expect(body.rows.map((row) => row.cells[0])).toEqual(['default', 'kube-node-lease', 'kube-public', 'kube-system']);
  });

  it('lists what it serves', () => {
    const client = newClient();
    expect(client.get<{ versions: string[] }>('/api').body.versions).toEqual(['v1']);
    const { groups } = client.get<{ groups: { name: string }[] }>('/apis').body;
    expect(groups.map((group) => group.name)).toContain('apps');
    const { resources } = client.get<{ resources: { name: string }[] }>('/apis/apps/v1').body;
    expect(resources.map((resource) => resource.name)).toContain('deployments/scale');
    expect(client.get('/version').body).toMatchObject({ gitVersion: 'v1.35.2' });
    expect(client.get('/nope')).toMatchObject({ status: 404, body: '404 page not found\n' });
    expect(client.send('POST', '/api/v1/pods', {})).toMatchObject({ status: 405 });
  });
});
