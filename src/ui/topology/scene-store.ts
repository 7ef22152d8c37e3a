import { createStore, type StoreApi } from 'zustand/vanilla';
import type { KubeObject } from '../../api/index.ts';
import type { Node } from '../../api/generated/types.ts';
import type { ClusterStores } from '../stores/cluster-stores.ts';
import { createFrameBatch } from '../stores/frame-batch.ts';
import { ingressViewOf } from './ingress-views.ts';
import { PodIndex, type NodeTally } from './pod-index.ts';
import { emptyScene, type NodeView, type Scene, type WorkloadView } from './scene.ts';
import { serviceViewsOf } from './service-views.ts';
import { Tints, workloadsOf } from './workload-views.ts';

export interface SceneState {
  readonly scene: Scene;
  readonly byOwner: ReadonlyMap<string, WorkloadView>;
}

export interface SceneStore extends StoreApi<SceneState> {
  /** Which namespaces the map shows. */
  setFilter(isVisible: (namespace: string) => boolean): void;
}

const byName = new Intl.Collator('en', { numeric: true });

/** Follows the cluster's stores and publishes what the map shows, once a frame at most. */
export function createSceneStore(stores: ClusterStores, isVisibleAtFirst: (namespace: string) => boolean): SceneStore {
  const pods = new PodIndex();
  const tints = new Tints();
  const nodeViews = new Map<string, { node: Node; revision: number; view: NodeView }>();
  const store = createStore<SceneState>(() => ({ scene: emptyScene, byOwner: new Map() }));
  let isVisible = isVisibleAtFirst;
  const dirty = { nodes: true, pods: true, workloads: true, services: true, ingresses: true };

  const isShown = (object: KubeObject) => isVisible(object.metadata.namespace ?? '');
  const shown = <T extends KubeObject>(objects: ReadonlyMap<string, T>) => [...objects.values()].filter(isShown);

  function publish() {
    const { scene, byOwner } = store.getState();
    const workloads =
      dirty.workloads || dirty.pods
        ? workloadsOf({
            deployments: shown(stores.deployments.getState().objects),
            replicaSets: shown(stores.replicasets.getState().objects),
            pods,
            tints,
          })
        : { views: scene.workloads, byOwner };
    const next: Scene = {
      revision: scene.revision + 1,
      nodes: dirty.nodes || dirty.pods ? viewNodes() : scene.nodes,
      pods: pods.list,
      waitingExtent: pods.node('').slots.extent,
      workloads: workloads.views,
      services: dirty.services
        ? serviceViewsOf(shown(stores.services.getState().objects), stores.endpointslices.getState().objects.values())
        : scene.services,
      ingresses: dirty.ingresses ? shown(stores.ingresses.getState().objects).map(ingressViewOf) : scene.ingresses,
    };
    dirty.nodes = dirty.pods = dirty.workloads = dirty.services = dirty.ingresses = false;
    store.setState({ scene: next, byOwner: workloads.byOwner });
  }

  function viewNodes(): readonly NodeView[] {
    const nodes = [...stores.nodes.getState().objects.values()];
    nodes.sort((a, b) => byName.compare(a.metadata.name, b.metadata.name));
    return nodes.map((node) => {
      const tally = pods.node(node.metadata.name);
      const known = nodeViews.get(node.metadata.name);
      if (known && known.node === node && known.revision === tally.revision) return known.view;
      const view = nodeViewOf(node, tally);
      nodeViews.set(node.metadata.name, { node, revision: tally.revision, view });
      return view;
    });
  }

  const batch = createFrameBatch(publish);
  stores.pods.subscribe(({ changes }) => {
    for (const change of changes) {
      const object = change.after ?? change.before;
      if (object && isShown(object) && pods.apply(change)) dirty.pods = true;
    }
    if (dirty.pods) batch.request();
  });
  const follow = (
    resource: 'nodes' | 'deployments' | 'replicasets' | 'services' | 'endpointslices' | 'ingresses',
    part: keyof typeof dirty,
  ) =>
    stores.of(resource).subscribe(({ changes }) => {
      if (changes.length === 0) return;
      dirty[part] = true;
      batch.request();
    });
  follow('nodes', 'nodes');
  follow('deployments', 'workloads');
  follow('replicasets', 'workloads');
  follow('services', 'services');
  follow('endpointslices', 'services');
  follow('ingresses', 'ingresses');

  return Object.assign(store, {
    setFilter(filter: (namespace: string) => boolean) {
      isVisible = filter;
      pods.clear();
      nodeViews.clear();
      for (const [key, after] of stores.pods.getState().objects) {
        if (isShown(after)) pods.apply({ key, before: undefined, after });
      }
      dirty.nodes = dirty.pods = dirty.workloads = dirty.services = dirty.ingresses = true;
      batch.request();
    },
  });
}

function nodeViewOf(node: Node, tally: NodeTally): NodeView {
  // A node that has just been made, by hand or by whoever installs it, has no status yet.
  const status: Partial<Node['status']> = node.status ?? {};
  const readiness = status.conditions?.find(({ type }) => type === 'Ready')?.status ?? 'Unknown';
  return {
    name: node.metadata.name,
    isReady: readiness === 'True',
    readiness,
    isCordoned: node.spec.unschedulable ?? false,
    taints: (node.spec.taints ?? []).map(({ key, effect }) => `${key}:${effect}`),
    podCapacity: Number(status.allocatable?.['pods'] ?? 110),
    podCount: tally.slots.size,
    extent: tally.slots.extent,
    counts: { ...tally.counts },
  };
}
