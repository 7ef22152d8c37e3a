import { describe, expect, it } from 'vitest';
import { administrator } from './apiserver/auth/authenticate.ts';
import type { Draft } from '../api/index.ts';
import type { ConfigMap, Namespace, Node } from '../api/generated/types.ts';
import { configMaps, namespaces, pods } from './apiserver/registry/index.ts';
import { TestClient } from './apiserver/test-client.ts';
import { createCluster } from './cluster.ts';

const configMap = (name: string, data: Record<string, string> = {}): Draft<ConfigMap> => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'default' },
  data,
});

describe('createCluster', () => {
  it('[CLU-4] starts with the namespaces and the service of the system', () => {
    const cluster = createCluster({ seed: 1, freeze: true });
    const { client } = cluster.contexts.controller('controller/test', administrator);
    const names = client
      .resource<Namespace>(namespaces)
      .list()
      .map((namespace) => namespace.metadata.name);
    expect(names).toEqual(['default', 'kube-node-lease', 'kube-public', 'kube-system']);
    expect([...cluster.store.dump()].map(([key]) => key)).toContain('/registry/services/specs/default/kubernetes');
  });

  it('[CLU-4] has a control plane and workers', () => {
    const cluster = createCluster({ seed: 1 });
    cluster.clock.runFor(30_000);
    const { items } = new TestClient(cluster).list<Node>('/api/v1/nodes');
    const seen = items.map(({ metadata, spec, status }) => [
      metadata.name,
      spec?.taints?.map((taint) => taint.key),
      status?.conditions?.find(({ type }) => type === 'Ready')?.status,
    ]);
    expect(seen).toEqual([
      ['control-plane', ['node-role.kubernetes.io/control-plane'], 'True'],
      ['node-1', undefined, 'True'],
      ['node-2', undefined, 'True'],
    ]);
  });

  it('carries a change to the informers a few milliseconds later', () => {
    const cluster = createCluster({ seed: 1, freeze: true });
    const { client, informers } = cluster.contexts.controller('controller/test', administrator);
    const informer = informers.informer(configMaps);
    cluster.clock.runFor(1000);
    const seen: string[] = [];
    informer.onChange({
      added: (object) => object.metadata.name === 'one' && seen.push('added one'),
      updated: (object) => seen.push(`updated ${object.metadata.name} ${object.data?.['a']}`),
      deleted: (object) => seen.push(`deleted ${object.metadata.name}`),
    });
    const api = client.resource(configMaps);
    api.create(configMap('one'));
    expect(informer.get('default/one')).toBeUndefined();
    cluster.clock.runFor(10);
    api.modify('default', 'one', (object) => ({ ...object, data: { a: '1' } }));
    api.delete('default', 'one');
    expect(api.get('default', 'one')).toBeUndefined();
    cluster.clock.runFor(10);
    expect(seen).toEqual(['added one', 'updated one 1', 'deleted one']);
  });

  it('[CLU-5] follows causes back', () => {
    const cluster = createCluster({ seed: 1 });
    const context = cluster.contexts.controller('controller/copy', administrator);
    const api = context.client.resource(configMaps);
    const queue = context.queue({ reconcile: (key) => void api.create(configMap(`${key.split('/')[1]}-copy`)) });
    context.informers.informer(configMaps).onChange({
      added: (object) => object.metadata.name === 'one' && queue.add('default/one'),
    });
    api.create(configMap('one'));
    cluster.clock.runFor(100);
    const { messages } = cluster.explain('configmaps', 'default', 'one-copy');
    expect(messages.map(({ from, to, verb, subject }) => `${from.type}>${to.type} ${verb} ${subject}`)).toEqual([
      'controller>apiserver create configmaps/default/one',
      'apiserver>etcd create configmaps/default/one',
      'apiserver>controller ADDED configmaps/default/one',
      'controller>apiserver create configmaps/default/one-copy',
      'apiserver>etcd create configmaps/default/one-copy',
    ]);
  });

  it('refuses what upstream refuses', () => {
    const { client } = createCluster({ seed: 1 }).contexts.controller('controller/test', administrator);
    const api = client.resource(configMaps);
    api.create(configMap('one'));
    expect(() => api.create(configMap('one'))).toThrow('configmaps "one" already exists');
    expect(() => api.create({ ...configMap('one'), metadata: { name: 'x', namespace: 'nope' } })).toThrow(
      'namespaces "nope" not found',
    );
    expect(() => client.resource(namespaces).delete('', 'default')).toThrow(
      'namespaces "default" is forbidden: this namespace may not be deleted',
    );
    expect(client.resource(pods).get('default', 'x')).toBeUndefined();
  });
});
