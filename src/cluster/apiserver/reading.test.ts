import { describe, expect, it } from 'vitest';
import type { KubeList, KubeObject, Status } from '../../api/index.ts';
import { createCluster } from '../cluster.ts';
import { TestClient } from './test-client.ts';

const path = '/api/v1/namespaces/default/configmaps';
const newCluster = () => createCluster({ seed: 1, nodes: [], freeze: true });
const newClient = () => new TestClient(newCluster());
const configMap = (name: string, labels?: Record<string, string>) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, ...(labels && { labels }) },
});
const names = ({ items }: KubeList<KubeObject>) => items.map((item) => item.metadata.name);
const fill = (client: TestClient, ...all: readonly string[]) => {
  for (const name of all) client.send('POST', path, configMap(name, { name }));
};

describe('reading', () => {
  it('[API-50] lists with a revision and without types', () => {
    const cluster = newCluster();
    const client = new TestClient(cluster);
    fill(client, 'b', 'a');
    const list = client.list(path);
    expect([list.kind, list.apiVersion, list.metadata.resourceVersion]).toEqual([
      'ConfigMapList',
      'v1',
      String(cluster.store.revision),
    ]);
    expect(names(list)).toEqual(['a', 'b']);
    expect(Object.keys(list.items[0]!)).not.toContain('kind');
    expect(client.list('/api/v1/configmaps').items).toHaveLength(2);
  });

  it.each([
    ['labelSelector=name%3Da', ['a']],
    ['labelSelector=name%20in%20(a,c)', ['a', 'c']],
    ['labelSelector=!name', []],
    ['fieldSelector=metadata.name%3Db', ['b']],
    ['fieldSelector=metadata.name!%3Db', ['a', 'c']],
  ])('[API-51] selects by %s', (query, expected) => {
    const client = newClient();
    fill(client, 'a', 'b', 'c');
    expect(names(client.list(`${path}?${query}`))).toEqual(expected);
  });

  it.each([
    [
      path,
      'fieldSelector=foo%3Dbar',
      '"foo" is not a known field selector: only "metadata.name", "metadata.namespace"',
    ],
    ['/api/v1/pods', 'fieldSelector=foo%3Dbar', 'field label not supported: foo'],
    [path, 'labelSelector=a%20in', "unable to parse requirement: found '' expected: '('"],
  ])('[API-51] refuses %s?%s', (url, query, message) => {
    expect(newClient().get<Status>(`${url}?${query}`).body).toMatchObject({ code: 400, reason: 'BadRequest', message });
  });

  it('[API-52] gives pages that fit together', () => {
    const client = newClient();
    fill(client, 'a', 'b', 'c', 'd', 'e');
    const first = client.list(`${path}?limit=2`);
    expect([names(first), first.metadata.remainingItemCount]).toEqual([['a', 'b'], 3]);
    client.send('DELETE', `${path}/c`);
    fill(client, 'bb');
    const second = client.list(`${path}?limit=2&continue=${first.metadata.continue}`);
    expect([names(second), second.metadata.remainingItemCount]).toEqual([['c', 'd'], 1]);
    const third = client.list(`${path}?limit=2&continue=${second.metadata.continue}`);
    expect([names(third), third.metadata.continue]).toEqual([['e'], undefined]);
    expect(third.metadata.resourceVersion).toBe(first.metadata.resourceVersion);
    const filtered = client.list(`${path}?limit=1&labelSelector=name`);
    expect(filtered.metadata.continue).toBeDefined();
    expect(filtered.metadata.remainingItemCount).toBeUndefined();
  });

  it('[API-53] offers to go on after a compaction', () => {
    const cluster = newCluster();
    const client = new TestClient(cluster);
    fill(client, 'a', 'b', 'c');
    const first = client.list(`${path}?limit=1`);
    fill(client, 'd');
    cluster.store.compact(cluster.store.revision);
    const { body } = client.get<Status>(`${path}?limit=1&continue=${first.metadata.continue}`);
    expect(body).toMatchObject({ code: 410, reason: 'Expired' });
    expect(body.message).toContain('The provided continue parameter is too old to display a consistent list result.');
    expect(names(client.list(`${path}?continue=${body.metadata.continue}`))).toEqual(['b', 'c', 'd']);
    expect(client.get<Status>(`${path}?continue=nope!`).body).toMatchObject({ code: 400 });
  });

  it('[API-54] reads at a revision', () => {
    const cluster = newCluster();
    const client = new TestClient(cluster);
    fill(client, 'a');
    const then = String(cluster.store.revision);
    fill(client, 'b');
    expect(names(client.list(`${path}?resourceVersion=${then}&resourceVersionMatch=Exact`))).toEqual(['a']);
    expect(names(client.list(`${path}?resourceVersion=${then}&resourceVersionMatch=NotOlderThan`))).toEqual(['a', 'b']);
    expect(names(client.list(`${path}?resourceVersion=0`))).toEqual(['a', 'b']);
    expect(client.get<Status>(`${path}?resourceVersion=999`).body).toMatchObject({
      code: 504,
      message: `Timeout: Too large resource version: 999, current: ${cluster.store.revision}`,
    });
    expect(client.get<Status>(`${path}?resourceVersionMatch=Exact`).body.message).toContain(
      'resourceVersionMatch is forbidden unless resourceVersion is provided',
    );
  });

  it('[API-55] shows tables and metadata', () => {
    const client = newClient();
    fill(client, 'a');
    const accept = (as: string) => ({ accept: `application/json;as=${as};v=v1;g=meta.k8s.io` });
    interface Table {
      readonly columnDefinitions: readonly { readonly name: string }[];
      readonly rows: readonly { readonly cells: readonly unknown[]; readonly object: KubeObject | null }[];
    }
    const table = client.get<Table>(path, accept('Table')).body;
    expect(table.columnDefinitions.map((column) => column.name)).toEqual(['Name', 'Data', 'Age']);
    expect(table.rows[0]).toMatchObject({ cells: ['a', 0, '0s'], object: { kind: 'PartialObjectMetadata' } });
    expect(client.get<Table>(`${path}?includeObject=None`, accept('Table')).body.rows[0]?.object).toBeNull();
    expect(client.get<Table>(`${path}/a?includeObject=Object`, accept('Table')).body.rows[0]?.object?.kind).toBe(
      'ConfigMap',
    );
    expect(client.get<Status>(`${path}?includeObject=x`, accept('Table')).body.code).toBe(400);
    const partial = client.get(`${path}/a`, accept('PartialObjectMetadata')).body;
    expect(partial).toMatchObject({
      kind: 'PartialObjectMetadata',
      apiVersion: 'meta.k8s.io/v1',
      metadata: { name: 'a' },
    });
    expect(client.get(path, accept('PartialObjectMetadata')).status).toBe(406);
    expect(client.get(path, accept('PartialObjectMetadataList')).body.kind).toBe('PartialObjectMetadataList');
  });
});
