import type { RandomStream } from '../../kernel/index.ts';
import { parseRfc3339 } from '../../api/time.ts';
import type { ClusterView } from './cluster-view.ts';
import type { Cycle, Deliberation } from './cycle.ts';
import { fitErrorMessage } from './fit-error.ts';
import type { Refusal } from './framework.ts';
import { HypotheticalView } from './hypothetical-view.ts';
import type { NodeInfo } from './node-info.ts';
import type { PodInfo } from './pod-info.ts';

const plugin = 'DefaultPreemption';
const notHelpful: Refusal = {
  plugin,
  reasons: ['Preemption is not helpful for scheduling'],
  isResolvable: false,
};
const noVictims: Refusal = {
  plugin,
  reasons: ['No preemption victims found for incoming pod'],
  isResolvable: false,
};
/** Enough candidates to choose from. */
const minCandidates = 100;
const minCandidatesPercentage = 10;

/** Pods to be evicted so that another one fits, or why that would not help. */
export type Preemption =
  { readonly node: NodeInfo; readonly victims: readonly PodInfo[] } | { readonly message: string };

/**
 * Looks for a node where evicting pods of lower priority would make room.
 * Upstream: pkg/scheduler/framework/preemption, plugins/defaultpreemption
 * Differs: knows of no PodDisruptionBudgets.
 */
export function findPreemption(
  pod: PodInfo,
  cluster: ClusterView,
  { refusals, forAllNodes }: Deliberation,
  cycle: Cycle,
  random: RandomStream,
): Preemption {
  const obstacle = ineligibility(pod, cluster, refusals);
  if (obstacle) return { message: obstacle };
  const { nodes } = cluster;
  const promising = nodes.filter((node) => !forAllNodes && refusals.get(node)?.isResolvable);
  const verdicts = new Map<NodeInfo, Refusal>();
  const candidates: Candidate[] = [];
  const enough = Math.max(minCandidates, Math.trunc((nodes.length * minCandidatesPercentage) / 100));
  const offset = promising.length > 0 ? random.integer(0, promising.length - 1) : 0;
  for (let at = 0; at < promising.length && candidates.length < enough; at++) {
    const node = promising[(offset + at) % promising.length]!;
    const found = victimsOn(node, pod, cluster, cycle);
    if ('reasons' in found) verdicts.set(node, found);
    else candidates.push({ node, victims: found.victims });
  }
  const best = bestCandidate(candidates);
  if (best) return best;
  const reasons = nodes.map((node) => verdicts.get(node) ?? notHelpful);
  // Upstream asks the plugin for dynamic resources first, and it always has this to say.
  const prefix = 'no new claims to deallocate, preemption: ';
  return { message: prefix + fitErrorMessage(nodes.length, reasons, undefined, '') };
}

interface Candidate {
  readonly node: NodeInfo;
  /** Most important first. */
  readonly victims: readonly PodInfo[];
}

function ineligibility(
  pod: PodInfo,
  cluster: ClusterView,
  refusals: ReadonlyMap<NodeInfo, Refusal>,
): string | undefined {
  const prefix = 'no new claims to deallocate, preemption: not eligible due to ';
  if (pod.pod.spec.preemptionPolicy === 'Never') return `${prefix}preemptionPolicy=Never.`;
  const nominated = cluster.node(pod.pod.status.nominatedNodeName ?? '');
  if (!nominated || refusals.get(nominated)?.isResolvable === false) return undefined;
  for (const other of nominated.pods.values()) {
    if (other.priority < pod.priority && isLeavingForPreemption(other)) {
      return `${prefix}a terminating pod on the nominated node.`;
    }
  }
  return undefined;
}

function isLeavingForPreemption({ pod, isTerminating }: PodInfo): boolean {
  return (
    isTerminating &&
    (pod.status.conditions?.some(
      ({ type, status, reason }) =>
        type === 'DisruptionTarget' && status === 'True' && reason === 'PreemptionByScheduler',
    ) ??
      false)
  );
}

/** Takes away all that matter less, then gives back as many as possible, the most important first. */
function victimsOn(
  node: NodeInfo,
  pod: PodInfo,
  cluster: ClusterView,
  cycle: Cycle,
): { readonly victims: readonly PodInfo[] } | Refusal {
  const lower = [...node.pods.values()].filter((other) => other.priority < pod.priority);
  if (lower.length === 0) return noVictims;
  const copy = node.clone();
  for (const other of lower) copy.removePod(other.key);
  const gone = new Set(lower);
  const refusal = (): Refusal | undefined =>
    cycle.refusalOn(pod, copy, new HypotheticalView(cluster, copy, [...gone], []));
  const hopeless = refusal();
  if (hopeless) return hopeless;
  const victims: PodInfo[] = [];
  for (const other of lower.toSorted(mostImportantFirst)) {
    copy.addPod(other);
    gone.delete(other);
    if (!refusal()) continue;
    copy.removePod(other.key);
    gone.add(other);
    victims.push(other);
  }
  return { victims };
}

function mostImportantFirst(a: PodInfo, b: PodInfo): number {
  return b.priority - a.priority || startMs(a) - startMs(b);
}

/** Least harm: lowest priorities, fewest pods, youngest pods. */
function bestCandidate(candidates: readonly Candidate[]): Candidate | undefined {
  const harm: readonly ((candidate: Candidate) => number)[] = [
    ({ victims }) => victims[0]?.priority ?? -Infinity,
    // Shifted as upstream does, so that many victims of negative priority do not look better than few.
    ({ victims }) => victims.reduce((sum, { priority }) => sum + priority + 2 ** 31, 0),
    ({ victims }) => victims.length,
    ({ victims }) => -Math.min(...victims.filter((v) => v.priority === victims[0]!.priority).map(startMs)),
  ];
  let rest = candidates;
  for (const measure of harm) {
    if (rest.length <= 1) break;
    const least = Math.min(...rest.map(measure));
    rest = rest.filter((candidate) => measure(candidate) === least);
  }
  return rest[0];
}

function startMs({ pod }: PodInfo): number {
  return parseRfc3339(pod.status.startTime ?? pod.metadata.creationTimestamp) ?? 0;
}
