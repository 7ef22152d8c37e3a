import { createContext, use } from 'react';
import type { KubeApi } from '../client/index.ts';
import { createLessonRun, type LessonRun } from './lessons/lesson-run.ts';
import { createJourneyStore, type JourneyStore } from './requests/journey-store.ts';
import { createClockStore, type ClockStore } from './stores/clock-store.ts';
import { createClusterStores, type ClusterStores } from './stores/cluster-stores.ts';
import { createEditorStore, type EditorStore } from './stores/editor-store.ts';
import { createLayoutStore, type LayoutStore } from './stores/layout-store.ts';
import { createOverlayStore, type OverlayStore } from './stores/overlay-store.ts';
import { createSelectionStore, type ObjectRef, type SelectionStore } from './stores/selection-store.ts';
import type { Settings, SettingsStore } from './stores/settings-store.ts';
import { createSimClient, type SimClient } from './stores/sim-client.ts';
import { createTerminalStore, type TerminalStore } from './stores/terminal-store.ts';
import { createTraceFeed, type TraceFeed } from './stores/trace-feed.ts';
import { createWorkstationLink, type WorkstationLink } from './terminal/workstation-link.ts';
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
  readonly terminal: TerminalStore;
  readonly workstation: WorkstationLink;
  readonly editor: EditorStore;
  readonly lessons: LessonRun;
  /** The request whose path the map shows. */
  readonly journeys: JourneyStore;
  /** Selects an object and shows the inspector. */
  inspect(ref: ObjectRef): void;
  /** Puts text at the terminal's prompt, for the user to send. */
  typeInTerminal(text: string): void;
  /** Opens a file in the editor, with this text if given. */
  openInEditor(name: string, text?: string): void;
  /** Turns time back and shows the cluster as it was. What is left behind can be returned to. */
  seek(atMs: number): Promise<void>;
  /** Goes on where one was before going back. */
  returnToLeftBranch(): Promise<void>;
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
  const terminal = createTerminalStore();
  const editor = createEditorStore();
  const journeys = createJourneyStore(api, (problem) => overlay.say(problem, 'bad'));
  // Who turns away from everything turns away from the path, too.
  selection.subscribe(({ selected }) => {
    if (!selected) journeys.clear();
  });

  settings.subscribe((now, before) => {
    if (now.showSystemNamespaces !== before.showSystemNamespaces || now.namespace !== before.namespace) {
      scene.setFilter(namespaceFilter(now));
    }
  });
  // A cluster is as old as its first namespaces.
  cluster.namespaces.subscribe(({ objects }) => {
    const first = objects.get('kube-system')?.metadata.creationTimestamp;
    if (first) clock.setState({ startMs: Date.parse(first) });
  });
  cluster.start();
  clock.start();
  trace.start();
  const isUnlimited = ({ speed }: { readonly speed: number }) => speed === 0;
  clock.subscribe((now, before) => {
    if (isUnlimited(now) === isUnlimited(before)) return;
    if (isUnlimited(now)) trace.stop();
    else trace.start();
  });

  /** Goes to another time, and keeps where one was. */
  async function branch(go: () => Promise<unknown>) {
    const left = { session: await sim.journal(), atMs: clock.getState().nowMs };
    await go();
    restart();
    clock.setState({ left });
  }

  function restart() {
    cluster.restart();
    if (!isUnlimited(clock.getState())) trace.restart();
    selection.setState({ selected: undefined });
    journeys.clear();
    clock.setState({ left: undefined });
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
    terminal,
    workstation: createWorkstationLink(api),
    editor,
    journeys,
    lessons: createLessonRun({ api, sim, cluster, onReplaced: restart }),
    typeInTerminal(text) {
      layout.setState({ bottomTab: 'terminal', narrowPane: 'terminal' });
      terminal.paste(text);
    },
    openInEditor(name, text) {
      layout.setState({ bottomTab: 'editor', narrowPane: 'terminal' });
      editor.open(name, text);
    },
    inspect(ref) {
      selection.setState({ selected: ref });
      layout.setState({ isInspectorOpen: true, narrowPane: 'inspector' });
    },
    seek: (atMs) => branch(() => sim.seek(atMs)),
    async returnToLeftBranch() {
      const { left } = clock.getState();
      if (left) await branch(() => sim.play(left.session));
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
