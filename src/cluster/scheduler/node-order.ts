import type { NodeInfo } from './node-info.ts';
import { zoneLabel } from './topology-constraints.ts';

const regionLabel = 'topology.kubernetes.io/region';

/**
 * One node of each zone in turn, so that looking at the first so-and-so-many nodes looks at all zones.
 * Upstream: pkg/scheduler/backend/cache/node_tree.go
 */
export function interleaveZones(nodes: Iterable<NodeInfo>): readonly NodeInfo[] {
  const byZone = new Map<string, NodeInfo[]>();
  for (const node of nodes) {
    const zone = `${node.labels[regionLabel] ?? ''}:${node.labels[zoneLabel] ?? ''}`;
    const zoneNodes = byZone.get(zone);
    if (zoneNodes) zoneNodes.push(node);
    else byZone.set(zone, [node]);
  }
  const ordered: NodeInfo[] = [];
  const longest = Math.max(0, ...[...byZone.values()].map((zoneNodes) => zoneNodes.length));
  for (let at = 0; at < longest; at++) {
    for (const zoneNodes of byZone.values()) if (zoneNodes[at]) ordered.push(zoneNodes[at]!);
  }
  return ordered;
}
