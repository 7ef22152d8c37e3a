import { createContext, use } from 'react';
import type { KubeApi } from '../client/index.ts';
import { createClockStore, type ClockStore } from './stores/clock-store.ts';
import { createClusterStores, type ClusterStores } from './stores/cluster-stores.ts';
import { createLayoutStore, type LayoutStore } from './stores/layout-store.ts';
import { createOverlayStore, type OverlayStore } from './stores/overlay-store.ts';
import { createSelectionStore, type ObjectRef, type SelectionStore } from './stores/selection-store.ts';
import type { Settings, SettingsStore } from './stores/settings-store.ts';
import { createSimClient, type SimClient } from './stores/sim-client.ts';
import { createTraceFeed, type TraceFeed } from './stores/trace-feed.ts';
import { createSceneStore, type SceneStore } from './topology/scene-store.ts';

/** Everything that the page's parts share, made once. */
export interface Drydock {
  readonly api: KubeApi;
  readonly sim: SimClient;
  readonly cluster: ClusterStores;
  readonly clock: ClockStore;
  readonly trace: TraceFeed;
  readonly scene: SceneStore;
  readonly settings: SettingsStore;
  readonly layout: LayoutStore;
  readonly selection: SelectionStore;
  readonly overlay: OverlayStore;
  /** Selects an object and shows the inspector. */
  inspect(ref: ObjectRef): void;
  /** Turns time back and shows the cluster as it was. */
  seek(atMs: number): Promise<void>;
  /** Reads everything anew: the cluster behind the API has been replaced. */
  restart(): void;
}

const systemNamespaces = new Set(['kube-system', 'kube-public', 'kube-node-lease']);

const namespaceFilter =
  ({ showSystemNamespaces, namespace }: Settings) =>
  (name: string) =>
    namespace ? name === namespace : showSystemNamespaces || !systemNamespaces.has(name);

export function createDrydock(api: KubeApi, settings: SettingsStore): Drydock {
  const sim = createSimClient(api);
  const cluster = createClusterStores(api);
  const clock = createClockStore(sim);
  const trace = createTraceFeed(sim);
  const scene = createSceneStore(cluster, namespaceFilter(settings.getState()));
  const layout = createLayoutStore();
  const selection = createSelectionStore();
  const overlay = createOverlayStore();

  settings.subscribe((now, before) => {
    if (now.showSystemNamespaces !== before.showSystemNamespaces || now.namespace !== before.namespace) {
      scene.setFilter(namespaceFilter(now));
    }
  });
  cluster.start();
  clock.start();
  trace.start();

  function restart() {
    cluster.restart();
    trace.restart();
  }

  return {
    api,
    sim,
    cluster,
    clock,
    trace,
    scene,
    settings,
    layout,
    selection,
    overlay,
    inspect(ref) {
      selection.setState({ selected: ref });
      layout.setState({ isInspectorOpen: true, narrowPane: 'inspector' });
    },
    async seek(atMs) {
      await sim.seek(atMs);
      restart();
    },
    restart,
  };
}

export const DrydockContext = createContext<Drydock | undefined>(undefined);

export function useDrydock(): Drydock {
  const drydock = use(DrydockContext);
  if (!drydock) throw new Error('useDrydock needs a DrydockContext above it');
  return drydock;
}
