import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCluster } from '../cluster.ts';
import { TestClient, type StreamedEvent } from './test-client.ts';

const path = '/api/v1/namespaces/default/configmaps';
const merge = 'application/merge-patch+json';
const newCluster = () => createCluster({ seed: 1, nodes: [], freeze: true });
const configMap = (name: string, labels?: Record<string, string>) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, ...(labels && { labels }) },
});
const texts = (events: readonly StreamedEvent[]) => events.map(({ type, object }) => `${type} ${object.metadata.name}`);

describe('watching', () => {
  it('[API-60] brings what happened and what happens, once each', () => {
    const client = new TestClient(newCluster());
    client.send('POST', path, configMap('before'));
    const { resourceVersion } = client.list(path).metadata;
    client.send('POST', path, configMap('between'));
    const since = client.watch(`${path}?watch=true&resourceVersion=${resourceVersion}`);
    const fromNow = client.watch(`${path}?watch=true`);
    const one = client.watch(`${path}?watch=true&fieldSelector=metadata.name%3Dafter`);
    client.send('POST', path, configMap('after'));
    client.send('DELETE', `${path}/before`);
    since.stop();
    client.send('DELETE', `${path}/after`);
    expect(texts(since.events)).toEqual(['ADDED between', 'ADDED after', 'DELETED before']);
    expect(texts(fromNow.events)).toEqual([
      'ADDED before',
      'ADDED between',
      'ADDED after',
      'DELETED before',
      'DELETED after',
    ]);
    expect(texts(one.events)).toEqual(['ADDED after', 'DELETED after']);
  });

  it('[API-61] sees through selectors', () => {
    const client = new TestClient(newCluster());
    const { events } = client.watch(`${path}?watch=true&labelSelector=on%3Dyes`);
    client.send('POST', path, configMap('x', { on: 'no' }));
    const label = (on: string) => client.patch(`${path}/x`, merge, { metadata: { labels: { on } } });
    label('yes');
    client.patch(`${path}/x`, merge, { data: { a: '1' } });
    const { body } = label('no');
    label('never');
    expect(texts(events)).toEqual(['ADDED x', 'MODIFIED x', 'DELETED x']);
    expect(events[2]!.object.metadata).toMatchObject({
      labels: { on: 'yes' },
      resourceVersion: body.metadata.resourceVersion,
    });
  });

  it('[API-62] ends when its revision is gone', () => {
    const cluster = newCluster();
    const client = new TestClient(cluster);
    client.send('POST', path, configMap('x'));
    cluster.store.compact(cluster.store.revision);
    const watch = client.watch(`${path}?watch=true&resourceVersion=1`);
    expect(watch.events).toMatchObject([
      {
        type: 'ERROR',
        object: { code: 410, reason: 'Expired', message: `too old resource version: 1 (${cluster.store.revision})` },
      },
    ]);
    expect(watch.isEnded()).toBe(true);
  });

  it('[API-62] forgets after five to ten minutes', () => {
    const cluster = newCluster();
    const client = new TestClient(cluster);
    const { resourceVersion } = client.list(path).metadata;
    client.send('POST', path, configMap('x'));
    cluster.clock.runFor(4 * 60_000);
    const url = `${path}?watch=true&resourceVersion=${resourceVersion}&fieldSelector=metadata.name%3Dx`;
    expect(texts(client.watch(url).events)).toEqual(['ADDED x']);
    cluster.clock.runFor(7 * 60_000);
    expect(client.watch(url).events[0]?.type).toBe('ERROR');
  });

  it('[API-63] marks the end of the beginning', () => {
    const cluster = newCluster();
    const client = new TestClient(cluster);
    client.send('POST', path, configMap('x'));
    const { events } = client.watch(
      `${path}?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true`,
    );
    expect(events.map((event) => event.type)).toEqual(['ADDED', 'BOOKMARK']);
    expect(events[1]!.object.metadata).toMatchObject({
      annotations: { 'k8s.io/initial-events-end': 'true' },
      resourceVersion: String(cluster.store.revision),
    });
    const { revision } = cluster.store;
    cluster.clock.runFor(61_000);
    expect(events.at(-1)).toMatchObject({ type: 'BOOKMARK', object: { kind: 'ConfigMap' } });
    expect(Number(events.at(-1)!.object.metadata.resourceVersion)).toBeGreaterThanOrEqual(revision);
    expect(client.get(`${path}?watch=true&sendInitialEvents=true`).status).toBe(422);
  });

  it('[API-64] ends in time', () => {
    const cluster = newCluster();
    const watch = new TestClient(cluster).watch(`${path}?watch=true&timeoutSeconds=10`);
    cluster.clock.runFor(9_999);
    expect(watch.isEnded()).toBe(false);
    cluster.clock.runFor(1);
    expect(watch.isEnded()).toBe(true);
  });

  it('[API-65] comes in tables', () => {
    const client = new TestClient(newCluster());
    const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io';
    const { events } = client.watch(`${path}?watch=true`, { accept });
    client.send('POST', path, configMap('a'));
    client.send('POST', path, configMap('b'));
    expect(events).toMatchObject([
      { object: { kind: 'Table', columnDefinitions: [{ name: 'Name' }, {}, {}], rows: [{ cells: ['a', 0, '0s'] }] } },
      { object: { kind: 'Table', columnDefinitions: null, rows: [{ cells: ['b', 0, '0s'] }] } },
    ]);
  });

  it('[API-60] [API-61] gives the same view as a list, whatever happens', () => {
    const aChange = fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('yes', 'no', 'delete'));
    fc.assert(
      fc.property(fc.array(aChange, { maxLength: 15 }), fc.nat(14), (changes, start) => {
        const client = new TestClient(newCluster());
        const selected = `${path}?labelSelector=on%3Dyes`;
        const view = new Map<string, string>();
        let read: () => void = () => {};
        const begin = (): void => {
          const list = client.list(selected);
          for (const { metadata } of list.items) view.set(metadata.name, metadata.resourceVersion);
          const { events } = client.watch(`${selected}&watch=true&resourceVersion=${list.metadata.resourceVersion}`);
          read = () => {
            for (const { type, object } of events) {
              if (type === 'DELETED') view.delete(object.metadata.name);
              else view.set(object.metadata.name, object.metadata.resourceVersion);
            }
          };
        };
        changes.forEach(([name, on], index) => {
          if (index === start) begin();
          if (on === 'delete') client.send('DELETE', `${path}/${name}`);
          else if (client.send('POST', path, configMap(name, { on })).status === 409) {
            client.patch(`${path}/${name}`, merge, { metadata: { labels: { on } } });
          }
        });
        if (changes.length <= start) return;
        read();
        const now = client.list(selected).items.map(({ metadata }) => [metadata.name, metadata.resourceVersion]);
        expect([...view].sort()).toEqual(now);
      }),
      { numRuns: 40 },
    );
  });
});
