import type { Pod, StatefulSet } from '../../../api/generated/types.ts';
import { isPodReady, readySinceMs } from '../pod-state.ts';
import { ordinalOf, ordinals } from './ordinal.ts';
import { revisionOf } from './stateful-pod.ts';

/** What to do next. In order, one step is taken at a time; with the Parallel policy, all that create and delete at once. */
export type Step =
  | { readonly type: 'create'; readonly ordinal: number }
  | { readonly type: 'delete'; readonly pod: Pod }
  /** It has ended: its place is taken by a new one. */
  | { readonly type: 'recreate'; readonly pod: Pod };

export function isRunningAndReady(pod: Pod): boolean {
  return pod.status.phase === 'Running' && isPodReady(pod);
}

export function isAvailable(pod: Pod, { spec }: StatefulSet, nowMs: number): boolean {
  if (!isRunningAndReady(pod)) return false;
  const minReadyMs = (spec.minReadySeconds ?? 0) * 1000;
  return minReadyMs === 0 || (readySinceMs(pod) ?? Infinity) + minReadyMs <= nowMs;
}

/** Upstream: pkg/controller/statefulset/stateful_set_control.go updateStatefulSet */
export function nextSteps(
  set: StatefulSet,
  pods: readonly Pod[],
  updateRevision: string,
  nowMs: number,
): readonly Step[] {
  const isOrdered = (set.spec.podManagementPolicy ?? 'OrderedReady') === 'OrderedReady';
  const wanted = ordinals(set);
  const byOrdinal = new Map(pods.map((pod) => [ordinalOf(pod, set), pod]));
  const steps: Step[] = [];
  for (const ordinal of wanted) {
    const pod = byOrdinal.get(ordinal);
    if (!pod) steps.push({ type: 'create', ordinal });
    else if (!pod.metadata.deletionTimestamp && (pod.status.phase === 'Failed' || pod.status.phase === 'Succeeded')) {
      steps.push({ type: 'recreate', pod });
    } else if (isAvailable(pod, set, nowMs) && !pod.metadata.deletionTimestamp) continue;
    // The next one only when this one is up.
    if (isOrdered) return steps;
  }
  const surplus = pods
    .filter((pod) => !wanted.includes(ordinalOf(pod, set) ?? -1))
    .toSorted((a, b) => (ordinalOf(b, set) ?? 0) - (ordinalOf(a, set) ?? 0));
  for (const pod of surplus) {
    if (!pod.metadata.deletionTimestamp) steps.push({ type: 'delete', pod });
    if (isOrdered) return steps;
  }
  if (steps.length > 0 || (set.spec.updateStrategy?.type ?? 'RollingUpdate') !== 'RollingUpdate') return steps;
  return updateStep(set, wanted, byOrdinal, updateRevision);
}

/** From the last to the first, down to the partition, one at a time: the next when the one before is up again. */
function updateStep(
  set: StatefulSet,
  wanted: readonly number[],
  byOrdinal: ReadonlyMap<number | undefined, Pod>,
  updateRevision: string,
): readonly Step[] {
  const lowest = (set.spec.ordinals?.start ?? 0) + (set.spec.updateStrategy?.rollingUpdate?.partition ?? 0);
  for (const ordinal of wanted.toReversed()) {
    if (ordinal < lowest) break;
    const pod = byOrdinal.get(ordinal);
    if (!pod) return [];
    if (revisionOf(pod) !== updateRevision && !pod.metadata.deletionTimestamp) return [{ type: 'delete', pod }];
    if (!isRunningAndReady(pod) || pod.metadata.deletionTimestamp) return [];
  }
  return [];
}
