import { splitKey } from '../../api/index.ts';
import type { ObjectRef } from '../stores/selection-store.ts';
import { podBox, type Box, type Layout, type Point } from './layout.ts';
import type { Scene } from './scene.ts';
import { volumeHeight, volumePlaces, volumeRef, volumeTitles } from './volume-marks.ts';

export interface MapTarget {
  readonly ref: ObjectRef;
  readonly box: Box;
  /** What a screen reader says. */
  readonly label: string;
}

/** Everything on the map that can be pointed at, with its place. */
export function* mapTargets(scene: Scene, layout: Layout): Generator<MapTarget> {
  for (const { id, kind, key, name, ready, wanted, total } of scene.workloads) {
    const box = layout.workloads.get(id);
    const resource = kind === 'Deployment' ? 'deployments' : kind === 'ReplicaSet' ? 'replicasets' : undefined;
    if (box && resource) {
      yield { ref: { resource, key }, box, label: `${kind} ${name}, ${ready} of ${wanted ?? total} ready` };
    }
  }
  for (const node of scene.nodes) {
    const box = layout.nodes.get(node.name);
    const state = node.isReady ? 'ready' : node.readiness === 'Unknown' ? 'not reachable' : 'not ready';
    if (box)
      yield {
        ref: { resource: 'nodes', key: node.name },
        box,
        label: `Node ${node.name}, ${state}, ${node.podCount} pods`,
      };
  }
  for (const mark of scene.pods) {
    const box = podBox(layout, mark.nodeName, mark.slot);
    if (box) {
      const where = mark.nodeName ? `on ${mark.nodeName}` : 'without a node';
      yield {
        ref: { resource: 'pods', key: mark.key },
        box,
        label: `Pod ${mark.name}, ${mark.reason}, ${mark.state}, ${where}`,
      };
    }
  }
  for (const service of scene.services) {
    const box = layout.services.get(service.key);
    if (box) {
      yield {
        ref: { resource: 'services', key: service.key },
        box,
        label: `Service ${service.name}, ${service.type}, ${service.endpoints.length} ready endpoints`,
      };
    }
  }
  for (const { key, name, hosts, services } of scene.ingresses) {
    const box = layout.ingresses.get(key);
    const label = `Ingress ${name}, ${hosts}, leads to ${services.length} services`;
    if (box) yield { ref: { resource: 'ingresses', key }, box, label };
  }
}

const contains = (box: Box, { x, y }: Point) =>
  x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;

/** The volumes that hang below the pods, where there is an object behind them. */
function* volumeTargets(scene: Scene, layout: Layout): Generator<MapTarget> {
  for (const mark of scene.pods) {
    const pod = mark.volumes.length > 0 && podBox(layout, mark.nodeName, mark.slot);
    if (!pod) continue;
    for (const { volume, x, width } of volumePlaces(mark.volumes, pod.width).places) {
      const ref = volumeRef(volume, splitKey(mark.key).namespace);
      const box = { x: pod.x + x, y: pod.y + pod.height, width, height: volumeHeight };
      if (ref) yield { ref, box, label: `${volumeTitles[volume.kind]} ${volume.source}` };
    }
  }
}

/** The smallest thing under a point: a pod rather than its node, and a volume where those are drawn. */
export function targetAt(scene: Scene, layout: Layout, point: Point, showsVolumes = false): MapTarget | undefined {
  let found: MapTarget | undefined;
  if (showsVolumes) {
    for (const target of volumeTargets(scene, layout)) if (contains(target.box, point)) return target;
  }
  for (const target of mapTargets(scene, layout)) {
    if (
      contains(target.box, point) &&
      (!found || target.box.width * target.box.height < found.box.width * found.box.height)
    ) {
      found = target;
    }
  }
  return found;
}

export type Direction = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';

const axis: Readonly<Record<Direction, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** The next thing in a direction: near, and rather straight ahead than aside. */
export function neighbour(
  scene: Scene,
  layout: Layout,
  from: MapTarget | undefined,
  direction: Direction,
): MapTarget | undefined {
  let best: { target: MapTarget; cost: number } | undefined;
  const origin = from ? handleOf(from) : { x: 0, y: 0 };
  const { x: dx, y: dy } = axis[direction];
  for (const target of mapTargets(scene, layout)) {
    if (from && target.ref.resource === from.ref.resource && target.ref.key === from.ref.key) continue;
    const to = handleOf(target);
    const ahead = (to.x - origin.x) * dx + (to.y - origin.y) * dy;
    const aside = Math.abs((to.x - origin.x) * dy) + Math.abs((to.y - origin.y) * dx);
    if (from && ahead <= 1) continue;
    const cost = from ? ahead + 2.5 * aside : Math.hypot(to.x, to.y);
    if (!best || cost < best.cost) best = { target, cost };
  }
  return best?.target;
}

/** A node is held by its title: its middle is among its pods. */
const handleOf = ({ ref, box }: MapTarget): Point => ({
  x: box.x + box.width / 2,
  y: ref.resource === 'nodes' ? box.y + 14 : box.y + box.height / 2,
});
