import type { Drydock } from '../drydock.ts';
import { firstOrder, httpPorts } from '../requests/senders.ts';
import { kinds, type Resource } from '../stores/kinds.ts';
import { speeds, speedTitle, timeControls } from '../timeline/time-controls.ts';

export interface Command {
  readonly id: string;
  readonly title: string;
  /** What sort of thing it is, at the right. */
  readonly sort: string;
  readonly shortcut?: string;
  readonly run: () => void;
}

/** What can be done from anywhere. */
export function commandsOf(drydock: Drydock): readonly Command[] {
  const { layout, settings, overlay, terminal, clock } = drydock;
  const controls = timeControls(drydock);
  const command = (title: string, run: () => void, shortcut?: string): Command => ({
    id: `command/${title}`,
    title,
    sort: 'Command',
    run,
    ...(shortcut && { shortcut }),
  });
  const inTerminal = (act: () => void) => () => {
    layout.setState({ bottomTab: 'terminal', narrowPane: 'terminal' });
    act();
  };
  return [
    command('Go to the terminal', () => drydock.typeInTerminal(''), 'Ctrl `'),
    command(
      'New terminal',
      inTerminal(() => terminal.open()),
      'Ctrl Shift `',
    ),
    command(
      'Split the terminal',
      inTerminal(() => terminal.split()),
      'Ctrl Shift 5',
    ),
    command(
      'Next terminal',
      inTerminal(() => terminal.step(1)),
      'Ctrl Shift →',
    ),
    command(
      'Close this terminal',
      inTerminal(() => void terminal.close(terminal.getState().current)),
    ),
    command('Open the editor', () => layout.setState({ bottomTab: 'editor', narrowPane: 'terminal' })),
    command('Lessons', () => overlay.show('lessons')),
    command(clock.getState().isPaused ? 'Play time' : 'Pause time', controls.toggle, 'Space'),
    command('Step one event', controls.step, '.'),
    ...(clock.getState().left
      ? [command('Return to where you were before you went back', controls.returnToLeftBranch)]
      : []),
    ...speeds.map((speed) => command(`Speed ${speedTitle(speed)}`, () => controls.setSpeed(speed))),
    command('Show the map', () => layout.setState({ topologyView: 'map', narrowPane: 'topology' })),
    command('Show the outline', () => layout.setState({ topologyView: 'outline', narrowPane: 'topology' })),
    command('Show or hide the lesson', () => layout.setState(({ isLessonOpen }) => ({ isLessonOpen: !isLessonOpen }))),
    command('Show or hide the inspector', () =>
      layout.setState(({ isInspectorOpen }) => ({ isInspectorOpen: !isInspectorOpen })),
    ),
    command('Fill the screen with the map', () => layout.setState({ maximised: 'topology' }), 'Ctrl Shift Enter'),
    command(
      'Fill the screen with the terminal',
      inTerminal(() => layout.setState({ maximised: 'terminal' })),
    ),
    ...(layout.getState().maximised
      ? [command('Back to all panes', () => layout.setState({ maximised: undefined }), 'Ctrl Shift Enter')]
      : []),
    command('Light theme', () => settings.setState({ theme: 'light' })),
    command('Dark theme', () => settings.setState({ theme: 'dark' })),
    command('Settings', () => overlay.show('settings')),
    command('What is simulated', () => overlay.show('about')),
    command('New cluster', () => overlay.show('new-cluster')),
  ];
}

const findable: readonly Resource[] = [
  'deployments',
  'services',
  'nodes',
  'pods',
  'replicasets',
  'configmaps',
  'secrets',
  'ingresses',
  'persistentvolumeclaims',
  'namespaces',
];

export function objectsOf({ cluster, inspect }: Drydock): readonly Command[] {
  return findable.flatMap((resource) =>
    [...cluster.of(resource).getState().objects.keys()].map((key) => ({
      id: `${resource}/${key}`,
      title: key,
      sort: kinds[resource].kind,
      run: () => inspect({ resource, key }),
    })),
  );
}

/** A request to each service, along the way that says most. */
export function requestsOf({ cluster, scene, inspect, journeys }: Drydock): readonly Command[] {
  return [...cluster.services.getState().objects].flatMap(([key, service]) => {
    if (httpPorts(service).length === 0 || service.spec.type === 'ExternalName') return [];
    const run = () => {
      const view = scene.getState().scene.services.find((candidate) => candidate.key === key);
      const order = firstOrder(service, view, cluster);
      inspect({ resource: 'services', key });
      if (order) journeys.send(order);
    };
    return [{ id: `request/${key}`, title: `Send a request to ${key}`, sort: 'Request', run }];
  });
}

/** The best matches: all words must occur; those at the start of the title come first. */
export function search(commands: readonly Command[], query: string, limit: number): readonly Command[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return commands.slice(0, limit);
  const found: { command: Command; rank: number }[] = [];
  for (const command of commands) {
    const title = command.title.toLowerCase();
    const text = `${title} ${command.sort.toLowerCase()}`;
    if (!words.every((word) => text.includes(word))) continue;
    const at = title.indexOf(words[0]!);
    found.push({ command, rank: at < 0 ? 1_000 : at + title.length / 1_000 });
  }
  return found
    .sort((a, b) => a.rank - b.rank)
    .slice(0, limit)
    .map(({ command }) => command);
}
