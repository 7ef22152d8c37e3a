import type { Node, Pod } from '../../api/generated/types.ts';
import { jsonEqual } from '../../api/json.ts';

/**
 * What happens in the cluster that may let a waiting pod through.
 * Upstream: pkg/scheduler/framework/events.go
 */
export type ClusterEvent =
  | { readonly type: 'node-added'; readonly node: Node }
  | { readonly type: 'node-changed'; readonly node: Node; readonly old: Node; readonly changes: NodeChanges }
  /** A pod took its place on a node, or one that has changed its labels there. */
  | { readonly type: 'pod-placed'; readonly pod: Pod; readonly old?: Pod }
  /** A pod left its node, or has been told to. */
  | { readonly type: 'pod-left'; readonly pod: Pod; readonly isGone: boolean }
  /** A claim, a volume or a storage class has appeared or changed. */
  | { readonly type: 'storage-changed' }
  /** The waiting pod itself was changed. */
  | { readonly type: 'pod-itself'; readonly pod: Pod; readonly old: Pod };

export interface NodeChanges {
  readonly allocatable: boolean;
  readonly labels: boolean;
  readonly taints: boolean;
  readonly unschedulable: boolean;
}

/** Undefined when nothing changed that matters to any pod: heartbeats, mostly. */
export function nodeChanges(node: Node, old: Node): NodeChanges | undefined {
  const changes = {
    allocatable: !jsonEqual(node.status?.allocatable, old.status?.allocatable),
    labels: !jsonEqual(node.metadata.labels, old.metadata.labels),
    taints: !jsonEqual(node.spec?.taints, old.spec?.taints),
    unschedulable: node.spec?.unschedulable !== old.spec?.unschedulable,
  };
  return changes.allocatable || changes.labels || changes.taints || changes.unschedulable ? changes : undefined;
}
