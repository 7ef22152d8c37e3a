import { expect, it, vi } from 'vitest';
import { createResourceStore } from '../stores/resource-store.ts';
import { kinds, type Resource } from '../stores/kinds.ts';
import type { ClusterStores } from '../stores/cluster-stores.ts';
import { createSceneStore } from './scene-store.ts';

it('draws a node that has no status yet', async () => {
  const api = { fetch: () => new Promise<never>(() => {}), connect: () => new Promise<never>(() => {}) };
  const stores = Object.fromEntries(
    Object.entries(kinds).map(([name, kind]) => [name, createResourceStore(api, kind)]),
  ) as unknown as Record<Resource, ReturnType<typeof createResourceStore>>;
  const cluster = { ...stores, of: (resource: Resource) => stores[resource] } as unknown as ClusterStores;
  const scene = createSceneStore(cluster, () => true);
  const node = { metadata: { name: 'bare', uid: '1', resourceVersion: '1' }, spec: {} };
  (cluster.nodes.getState().objects as Map<string, unknown>).set('bare', node);
  cluster.nodes.setState({ revision: 1, changes: [{ key: 'bare', before: undefined, after: node as never }] });
  await vi.waitFor(() =>
    expect(scene.getState().scene.nodes).toMatchObject([{ name: 'bare', isReady: false, readiness: 'Unknown' }]),
  );
});
