import type { Deployment, PodTemplateSpec, ReplicaSet } from '../../../api/generated/types.ts';
import { withFields } from '../../../api/with-fields.ts';
import { jsonEqual } from '../../../api/json.ts';

/** The ReplicaSets of one Deployment: sums, orders, and which is the newest. */

export const hashLabel = 'pod-template-hash';

export function specReplicas(replicaSet: ReplicaSet): number {
  return replicaSet.spec.replicas ?? 1;
}

export function sumOf(
  replicaSets: readonly ReplicaSet[],
  count: (replicaSet: ReplicaSet) => number | undefined,
): number {
  return replicaSets.reduce((sum, replicaSet) => sum + (count(replicaSet) ?? 0), 0);
}

/** Those that have pods, or are going to. */
export function activeOnes(replicaSets: readonly ReplicaSet[]): ReplicaSet[] {
  return replicaSets.filter((replicaSet) => specReplicas(replicaSet) > 0);
}

export function byAge(a: ReplicaSet, b: ReplicaSet): number {
  return (
    compareText(a.metadata.creationTimestamp, b.metadata.creationTimestamp) ||
    compareText(a.metadata.name, b.metadata.name)
  );
}

/** Largest first; among equals the older, or the newer. */
export function bySizeOlder(a: ReplicaSet, b: ReplicaSet): number {
  return specReplicas(b) - specReplicas(a) || byAge(a, b);
}

export function bySizeNewer(a: ReplicaSet, b: ReplicaSet): number {
  return specReplicas(b) - specReplicas(a) || byAge(b, a);
}

/** The one whose template is the Deployment's: the oldest, should there be several. */
export function findNewest(deployment: Deployment, replicaSets: readonly ReplicaSet[]): ReplicaSet | undefined {
  return replicaSets
    .toSorted(byAge)
    .find(({ spec }) => spec.template && isSameTemplate(spec.template, deployment.spec.template));
}

/** Equal, but for the label that the hash itself adds. */
export function isSameTemplate(a: PodTemplateSpec, b: PodTemplateSpec): boolean {
  return jsonEqual(a.spec, b.spec) && jsonEqual(comparableMetadata(a), comparableMetadata(b));
}

function comparableMetadata({ metadata }: PodTemplateSpec): unknown {
  const { [hashLabel]: _, ...labels } = metadata?.labels ?? {};
  const annotations = metadata?.annotations ?? {};
  return withFields(metadata ?? {}, { labels, annotations, creationTimestamp: undefined });
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
