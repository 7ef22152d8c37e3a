import { describe, expect, it } from 'vitest';
import { administrator } from '../apiserver/auth/authenticate.ts';
import { badRequest, type Draft, type KubeObject } from '../../api/index.ts';
import type { ConfigMap } from '../../api/generated/types.ts';
import { configMaps, events, secrets } from '../apiserver/registry/index.ts';
import { createCluster } from '../cluster.ts';

const newCluster = () => createCluster({ seed: 1, nodes: [], freeze: true });
const contextOf = (cluster: ReturnType<typeof newCluster>) =>
  cluster.contexts.controller('controller/test', administrator);
const configMap = (name: string, data: Record<string, string> = {}): Draft<ConfigMap> => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'default' },
  data,
});

describe('informers', () => {
  it('[INF-1] tell of different resources in the order in which they changed', () => {
    const cluster = newCluster();
    const { client, informers } = contextOf(cluster);
    const seen: string[] = [];
    const note = ({ metadata }: KubeObject): void => void seen.push(metadata.name);
    informers.informer(configMaps).onChange({ added: note });
    informers.informer(secrets).onChange({ added: note });
    cluster.clock.runFor(1000);
    seen.length = 0;
    const written = Array.from({ length: 200 }, (_, at) => `${at}`);
    for (const name of written) {
      if (Number(name) % 2 === 0) client.resource(configMaps).create(configMap(name));
      else
        client.resource(secrets).create({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: 'default' } });
      cluster.clock.runFor(1);
    }
    cluster.clock.runFor(10);
    expect(seen).toEqual(written);
  });

  it('[INF-1] [INF-2] follow a little behind', () => {
    const cluster = newCluster();
    cluster.clock.runFor(60_000);
    const { client, informers } = contextOf(cluster);
    const informer = informers.informer(configMaps);
    const seen: string[] = [];
    informer.onChange({
      added: (object) => seen.push(`${cluster.clock.executed} added ${object.metadata.name}`),
      updated: (object, old) => seen.push(`updated ${old.data?.['a']} ${object.data?.['a']}`),
      deleted: (object) => seen.push(`deleted ${object.metadata.name}`),
    });
    cluster.clock.runFor(10);
    seen.length = 0;
    const api = client.resource(configMaps);
    api.create(configMap('one', { a: '1' }));
    api.create(configMap('two'));
    expect(informer.get('default/one')).toBeUndefined();
    cluster.clock.runFor(6);
    const [first, second] = seen;
    expect([first?.split(' ')[0], first, second]).toEqual([
      second?.split(' ')[0],
      expect.stringContaining('added one'),
      expect.stringContaining('added two'),
    ]);
    seen.length = 0;
    api.modify('default', 'one', (object) => ({ ...object, data: { a: '2' } }));
    api.delete('default', 'one');
    expect(informer.get('default/one')?.data).toEqual({ a: '1' });
    cluster.clock.runFor(6);
    expect(seen).toEqual(['updated 1 2', 'deleted one']);
    expect(informer.get('default/one')).toBeUndefined();
  });

  it('[INF-3] tell a late handler', () => {
    const cluster = newCluster();
    const { client, informers } = contextOf(cluster);
    const api = client.resource(configMaps);
    api.create(configMap('stays'));
    api.create(configMap('goes'));
    cluster.clock.runFor(100);
    const seen: string[] = [];
    informers.informer(configMaps).onChange({
      added: ({ metadata }) => metadata.name !== 'kube-root-ca.crt' && seen.push(`added ${metadata.name}`),
    });
    expect(seen).toEqual([]);
    cluster.clock.runFor(100);
    expect(seen).toEqual(['added stays', 'added goes']);
  });

  it('[INF-4] index', () => {
    const cluster = newCluster();
    const { client, informers } = contextOf(cluster);
    const informer = informers.informer(configMaps);
    informer.addIndex('color', (object) => (object.data?.['color'] ? [object.data['color']] : []));
    const api = client.resource(configMaps);
    const named = (color: string) => informer.byIndex('color', color).map((object) => object.metadata.name);
    api.create(configMap('a', { color: 'red' }));
    api.create(configMap('b', { color: 'red' }));
    cluster.clock.runFor(10);
    expect(named('red')).toEqual(['a', 'b']);
    api.modify('default', 'a', (object) => ({ ...object, data: { color: 'blue' } }));
    api.delete('default', 'b');
    cluster.clock.runFor(10);
    expect([named('red'), named('blue')]).toEqual([[], ['a']]);
  });
});

describe('work queues', () => {
  it('[INF-10] hold a key once', () => {
    const cluster = newCluster();
    const seen: string[] = [];
    const queue = contextOf(cluster).queue({
      reconcile: (key) => {
        seen.push(key);
        if (seen.length === 1) queue.add(key);
      },
    });
    for (const key of ['a', 'b', 'a', 'a']) queue.add(key);
    expect(queue.length).toBe(2);
    cluster.clock.runFor(10);
    expect(seen).toEqual(['a', 'b', 'a']);
  });

  it('[INF-11] wait for the earliest delay', () => {
    const cluster = newCluster();
    const seen: number[] = [];
    const start = cluster.clock.nowMs;
    const queue = contextOf(cluster).queue({ reconcile: () => seen.push(cluster.clock.nowMs - start) });
    queue.addAfter('a', 500);
    queue.addAfter('a', 200);
    queue.addAfter('a', 900);
    cluster.clock.runFor(2000);
    expect(seen).toEqual([200]);
  });

  it('[INF-12] back off', () => {
    const cluster = newCluster();
    const start = cluster.clock.nowMs;
    const seen: number[] = [];
    const queue = contextOf(cluster).queue({
      reconcile: () => {
        seen.push(cluster.clock.nowMs - start);
        if (seen.length < 5) throw badRequest('not yet');
      },
    });
    queue.add('a');
    cluster.clock.runFor(1000);
    expect(seen).toEqual([0, 5, 15, 35, 75]);
    queue.addRateLimited('a');
    cluster.clock.runFor(1000);
    expect(seen.at(-1)).toBe(1005);
  });

  it('[INF-13] have so many workers', () => {
    const cluster = newCluster();
    const seen: number[] = [];
    const queue = contextOf(cluster).queue({ workers: 2, reconcile: () => seen.push(cluster.clock.nowMs) });
    const start = cluster.clock.nowMs;
    for (const key of ['a', 'b', 'c', 'd', 'e']) queue.add(key);
    cluster.clock.runFor(100);
    expect(seen.map((ms) => ms - start)).toEqual([0, 0, 1, 1, 2]);
  });
});

describe('events', () => {
  function recorded() {
    const cluster = newCluster();
    const { client, events: recorder } = contextOf(cluster);
    const about = client.resource(configMaps).create(configMap('one'));
    const all = () =>
      client
        .resource(events)
        .list('default')
        .map(({ message, count }) => `${message} x${count}`);
    return { cluster, all, record: (message: string) => recorder.record(about, 'Normal', 'Tested', message) };
  }

  it('[INF-20] count up', () => {
    const { cluster, all, record } = recorded();
    for (let n = 0; n < 3; n++) {
      record('hello');
      cluster.clock.runFor(1000);
    }
    expect(all()).toEqual(['hello x3']);
  });

  it('[INF-21] are combined', () => {
    const { all, record } = recorded();
    for (let n = 1; n <= 12; n++) record(`message ${n}`);
    expect(all()).toHaveLength(10);
    expect(all()).toContain('(combined from similar events): message 12 x3');
  });

  it('[INF-22] are held back', () => {
    const { cluster, all, record } = recorded();
    for (let n = 0; n < 40; n++) record('again');
    expect(all()).toEqual(['again x25']);
    cluster.clock.runFor(5 * 60_000);
    record('again');
    expect(all()).toEqual(['again x41']);
  });
});

describe('causes', () => {
  it('[INF-30] go through queues and delays', () => {
    const cluster = newCluster();
    const { client, informers, queue: makeQueue } = contextOf(cluster);
    const api = client.resource(configMaps);
    const queue = makeQueue({ reconcile: () => void api.create(configMap('copy')) });
    informers.informer(configMaps).onChange({
      added: ({ metadata }) => metadata.name === 'one' && queue.addAfter('x', 100),
    });
    api.create(configMap('one'));
    cluster.clock.runFor(1000);
    const { messages } = cluster.explain('configmaps', 'default', 'copy');
    expect(messages.map(({ kind, subject }) => `${kind} ${subject}`)).toEqual([
      'request configmaps/default/one',
      'write configmaps/default/one',
      'watch configmaps/default/one',
      'request configmaps/default/copy',
      'write configmaps/default/copy',
    ]);
  });
});
