import type { PersistentVolume, PersistentVolumeClaim } from '../../api/generated/types.ts';
import type { ClusterEvent } from './cluster-event.ts';
import type { ClusterView } from './cluster-view.ts';
import type { NodeInfo } from './node-info.ts';
import type { PodInfo } from './pod-info.ts';

/** What plugins are. Upstream: pkg/scheduler/framework/interface.go */

/** Why a node will not do. */
export interface Refusal {
  readonly plugin: string;
  readonly reasons: readonly string[];
  /** Whether evicting pods could change it: upstream's Unschedulable as opposed to UnschedulableAndUnresolvable. */
  readonly isResolvable: boolean;
}

export type NodeFilter = (node: NodeInfo) => Refusal | undefined;

/** A plugin's look at one pod, before any node. */
export interface FilterPlan {
  /** When it is sure that no other nodes will do. */
  readonly onlyNodes?: ReadonlySet<string>;
  readonly filter?: NodeFilter;
}

/** A plugin's scores for one pod: from 0 to 100 once normalised. */
export interface ScorePlan {
  score(node: NodeInfo): number;
  /** Brings the raw scores, in the order of the nodes, to 0…100, in place. */
  normalise?(scores: number[]): void;
}

export interface Plugin {
  readonly name: string;
  /** Times how much its scores count. */
  readonly weight?: number;
  /** PreFilter and Filter. A refusal is for all nodes; undefined means it has nothing against any of them. */
  planFilter?(pod: PodInfo, cluster: ClusterView): FilterPlan | Refusal | undefined;
  /** PreScore, Score and NormalizeScore. Undefined when it makes no difference for this pod. */
  planScore?(pod: PodInfo, cluster: ClusterView, feasible: readonly NodeInfo[]): ScorePlan | undefined;
  /** Reserve and PreBind: what has to be true before the pod can be bound to the node; undefined when nothing. */
  preBind?(pod: PodInfo, node: NodeInfo, cluster: ClusterView): PreBinding | undefined;
  /** Whether `event` may let a pod through that this plugin has refused. Upstream: QueueingHintFn */
  mayHelp?(event: ClusterEvent, pod: PodInfo): boolean;
}

/** Claims that get their volumes before their pod gets its node. */
export interface PreBinding {
  readonly volumes: readonly { readonly claim: PersistentVolumeClaim; readonly volume: PersistentVolume }[];
  /** Those that a volume is to be made for, on the node. */
  readonly provisioned: readonly PersistentVolumeClaim[];
}

export const maxScore = 100;

export function isRefusal(plan: FilterPlan | Refusal | undefined): plan is Refusal {
  return plan !== undefined && 'reasons' in plan;
}

/** The largest becomes 100 and the others their share; the other way round with `isReverse`. Upstream: DefaultNormalizeScore */
export function normaliseByLargest(scores: number[], isReverse: boolean): void {
  let largest = 0;
  for (const score of scores) if (score > largest) largest = score;
  for (let at = 0; at < scores.length; at++) {
    const share = largest === 0 ? 0 : Math.trunc((maxScore * scores[at]!) / largest);
    scores[at] = isReverse ? maxScore - share : share;
  }
}
