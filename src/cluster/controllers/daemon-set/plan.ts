import type { DaemonSet, Node, Pod } from '../../../api/generated/types.ts';
import { scaledValue } from '../deployment/limits.ts';
import { isPodReady, readySinceMs } from '../pod-state.ts';
import { revisionHashLabel } from '../revision-history.ts';
import { eligibility } from './eligibility.ts';

export interface Plan {
  readonly createOn: readonly string[];
  readonly remove: readonly Pod[];
  /** Of those to remove: they have ended although they never should. */
  readonly failed: readonly Pod[];
  readonly succeeded: readonly Pod[];
}

/** By node, oldest first, without those that are going already. */
export type PodsByNode = ReadonlyMap<string, readonly Pod[]>;

export function isAvailable(pod: Pod, { spec }: DaemonSet, nowMs: number): boolean {
  if (!isPodReady(pod)) return false;
  const minReadyMs = (spec.minReadySeconds ?? 0) * 1000;
  return minReadyMs === 0 || (readySinceMs(pod) ?? Infinity) + minReadyMs <= nowMs;
}

export function isUpdated({ metadata }: Pod, hash: string): boolean {
  return metadata.labels?.[revisionHashLabel] === hash;
}

/** One pod on each node that should have one. Upstream: podsShouldBeOnNode */
export function planPods(
  daemonSet: DaemonSet,
  nodes: readonly Node[],
  pods: PodsByNode,
  leaving: ReadonlySet<string>,
): Plan {
  const createOn: string[] = [];
  const remove: Pod[] = [];
  const failed: Pod[] = [];
  const succeeded: Pod[] = [];
  const names = new Set<string>();
  for (const node of nodes) {
    const { name } = node.metadata;
    names.add(name);
    const there = pods.get(name) ?? [];
    const { shouldRun, mayStay } = eligibility(daemonSet, node);
    if (!mayStay) {
      remove.push(...there);
      continue;
    }
    const running = there.filter(({ status }) => status.phase !== 'Failed' && status.phase !== 'Succeeded');
    failed.push(...there.filter(({ status }) => status.phase === 'Failed'));
    succeeded.push(...there.filter(({ status }) => status.phase === 'Succeeded'));
    remove.push(...running.slice(1));
    // A node keeps its place free until the last pod is gone for good.
    if (shouldRun && there.length === 0 && !leaving.has(name)) createOn.push(name);
  }
  for (const [name, there] of pods) if (!names.has(name)) remove.push(...there);
  return { createOn, remove: [...remove, ...failed, ...succeeded], failed, succeeded };
}

/** Old pods that may go now, so that at most maxUnavailable are missing. Upstream: pkg/controller/daemon/update.go */
export function planRollingUpdate(
  daemonSet: DaemonSet,
  nodes: readonly Node[],
  pods: PodsByNode,
  hash: string,
  nowMs: number,
): readonly Pod[] {
  const wanted = nodes.filter((node) => eligibility(daemonSet, node).shouldRun);
  const { maxUnavailable = 1 } = daemonSet.spec.updateStrategy?.rollingUpdate ?? {};
  const most = Math.max(1, scaledValue(maxUnavailable, wanted.length, Math.ceil));
  const broken: Pod[] = [];
  const healthy: Pod[] = [];
  let unavailable = 0;
  for (const { metadata } of wanted) {
    const [pod, ...more] = pods.get(metadata.name) ?? [];
    if (!pod || more.length > 0) {
      unavailable++;
      continue;
    }
    const isWell = isAvailable(pod, daemonSet, nowMs);
    if (!isWell) unavailable++;
    if (isUpdated(pod, hash)) continue;
    (isWell ? healthy : broken).push(pod);
  }
  return [...broken, ...healthy.slice(0, Math.max(0, most - unavailable))];
}
