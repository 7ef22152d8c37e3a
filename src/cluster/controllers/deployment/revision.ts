import type { Deployment, ReplicaSet } from '../../../api/generated/types.ts';
import { maxSurge, wantedReplicas } from './limits.ts';

/** Which ReplicaSet is which version. Upstream: pkg/controller/deployment/util/deployment_util.go */
export const revisionAnnotation = 'deployment.kubernetes.io/revision';
const revisionHistoryAnnotation = 'deployment.kubernetes.io/revision-history';
const desiredReplicasAnnotation = 'deployment.kubernetes.io/desired-replicas';
const maxReplicasAnnotation = 'deployment.kubernetes.io/max-replicas';

/** About 100 revisions. */
const historyLimitCharacters = 2000;

const notCopied: ReadonlySet<string> = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  revisionAnnotation,
  revisionHistoryAnnotation,
  desiredReplicasAnnotation,
  maxReplicasAnnotation,
  'deprecated.deployment.rollback.to',
]);

type Annotations = Readonly<Record<string, string>>;

/** 0 when it has none, or none that is a number. */
export function revisionOf(replicaSet: ReplicaSet): number {
  return wholeNumber(replicaSet.metadata.annotations?.[revisionAnnotation]) ?? 0;
}

export function maxRevision(replicaSets: readonly ReplicaSet[]): number {
  return replicaSets.reduce((max, replicaSet) => Math.max(max, revisionOf(replicaSet)), 0);
}

/**
 * The annotations that the newest ReplicaSet should have: those of the Deployment, its revision, and, when it has been
 * newest before, the revisions it had then. Gives back the same object when nothing changes.
 */
export function annotationsOfNewest(
  deployment: Deployment,
  current: Annotations | undefined,
  revision: number,
): Annotations {
  const before = current ?? {};
  const changed: Record<string, string> = {};
  for (const [key, value] of Object.entries(deployment.metadata.annotations ?? {})) {
    if (!notCopied.has(key) && before[key] !== value) changed[key] = value;
  }
  const oldRevision = before[revisionAnnotation];
  const oldNumber = oldRevision ? wholeNumber(oldRevision) : 0;
  if (oldNumber !== undefined && oldNumber < revision) {
    changed[revisionAnnotation] = String(revision);
    if (oldRevision !== undefined) {
      const history = historyWith(before[revisionHistoryAnnotation] ?? '', oldRevision);
      if (history !== undefined) changed[revisionHistoryAnnotation] = history;
    }
  }
  return Object.keys(changed).length > 0 || !current ? { ...before, ...changed } : current;
}

/** How many pods the Deployment wants, for telling a scaling from a rollout later. Same object when nothing changes. */
export function withReplicaAnnotations(deployment: Deployment, current: Annotations | undefined): Annotations {
  const wanted = wantedReplicas(deployment);
  const [desired, max] = [String(wanted), String(wanted + maxSurge(deployment))];
  if (current?.[desiredReplicasAnnotation] === desired && current[maxReplicasAnnotation] === max) return current;
  return { ...current, [desiredReplicasAnnotation]: desired, [maxReplicasAnnotation]: max };
}

export function desiredReplicasOf(replicaSet: ReplicaSet): number | undefined {
  return wholeNumber(replicaSet.metadata.annotations?.[desiredReplicasAnnotation]);
}

export function maxReplicasOf(replicaSet: ReplicaSet): number | undefined {
  return wholeNumber(replicaSet.metadata.annotations?.[maxReplicasAnnotation]);
}

function historyWith(history: string, revision: string): string | undefined {
  if (history === '') return revision;
  const revisions = history.split(',');
  let length = history.length + revision.length + 1;
  while (length > historyLimitCharacters && revisions.length > 0) length -= revisions.shift()!.length + 1;
  return length > historyLimitCharacters ? undefined : [...revisions, revision].join(',');
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^[+-]?\d+$/.test(text) ? Number(text) : undefined;
}
