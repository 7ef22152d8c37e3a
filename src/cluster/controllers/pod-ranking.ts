import type { Pod } from '../../api/generated/types.ts';
import { parseRfc3339 } from '../../api/time.ts';
import { isPodActive, isPodReady, readySinceMs } from './pod-state.ts';

const deletionCostAnnotation = 'controller.kubernetes.io/pod-deletion-cost';
const phaseOrder: Readonly<Record<string, number>> = { Pending: 0, Unknown: 1, Running: 2 };

interface Ranked {
  readonly pod: Pod;
  readonly isAssigned: boolean;
  readonly phase: number;
  readonly isReady: boolean;
  readonly deletionCost: number;
  /** How many pods of the same owner share its node. */
  readonly neighbours: number;
  /** Logarithm to base 2 of how long it has been ready, and of its age: nobody cares about small differences. */
  readonly readyFor: number;
  readonly age: number;
  readonly restarts: number;
}

/**
 * Picks the `count` pods that are missed least.
 * Upstream: pkg/controller/controller_utils.go ActivePodsWithRanks, replica_set.go getPodsToDelete
 * @param related all pods of the ReplicaSets with the same owner: a pod goes first where most of them crowd
 */
export function podsToDelete(pods: readonly Pod[], related: readonly Pod[], count: number, nowMs: number): Pod[] {
  if (count >= pods.length) return [...pods];
  const onNode = new Map<string, number>();
  for (const pod of related) {
    if (!isPodActive(pod)) continue;
    const node = pod.spec.nodeName ?? '';
    onNode.set(node, (onNode.get(node) ?? 0) + 1);
  }
  const ranked = pods.map((pod) => rank(pod, onNode.get(pod.spec.nodeName ?? '') ?? 0, nowMs));
  return smallest(ranked, count).map(({ pod }) => pod);
}

/** Keeps the `count` first in a sorted list, so that taking one of ten thousand needs no sorting of them all. */
function smallest(ranked: readonly Ranked[], count: number): readonly Ranked[] {
  if (count > 32) return ranked.toSorted(compareRanked).slice(0, count);
  const kept: Ranked[] = [];
  for (const candidate of ranked) {
    if (kept.length === count && compareRanked(candidate, kept[count - 1]!) >= 0) continue;
    let at = Math.min(kept.length, count - 1);
    while (at > 0 && compareRanked(candidate, kept[at - 1]!) < 0) {
      kept[at] = kept[at - 1]!;
      at--;
    }
    kept[at] = candidate;
  }
  return kept;
}

function rank(pod: Pod, neighbours: number, nowMs: number): Ranked {
  const isReady = isPodReady(pod);
  return {
    pod,
    neighbours,
    isReady,
    isAssigned: Boolean(pod.spec.nodeName),
    phase: phaseOrder[pod.status.phase ?? ''] ?? 0,
    deletionCost: deletionCost(pod),
    readyFor: isReady ? magnitude(readySinceMs(pod), nowMs) : -1,
    age: magnitude(parseRfc3339(pod.metadata.creationTimestamp), nowMs),
    restarts: Math.max(0, ...(pod.status.containerStatuses ?? []).map((status) => status.restartCount)),
  };
}

function magnitude(sinceMs: number | undefined, nowMs: number): number {
  if (sinceMs === undefined) return -1;
  return Math.floor(Math.log2(Math.max(1, (nowMs - sinceMs) * 1_000_000)));
}

/** A whole number of 32 bits; anything else counts as nothing. */
function deletionCost(pod: Pod): number {
  const text = pod.metadata.annotations?.[deletionCostAnnotation];
  if (text === undefined || !/^(0|-?[1-9]\d*)$/.test(text)) return 0;
  const cost = Number(text);
  return cost >= -(2 ** 31) && cost < 2 ** 31 ? cost : 0;
}

function compareRanked(a: Ranked, b: Ranked): number {
  return (
    Number(a.isAssigned) - Number(b.isAssigned) ||
    a.phase - b.phase ||
    Number(a.isReady) - Number(b.isReady) ||
    a.deletionCost - b.deletionCost ||
    b.neighbours - a.neighbours ||
    a.readyFor - b.readyFor ||
    b.restarts - a.restarts ||
    a.age - b.age ||
    (a.pod.metadata.uid < b.pod.metadata.uid ? -1 : 1)
  );
}
