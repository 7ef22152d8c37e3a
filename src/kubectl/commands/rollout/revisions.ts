import type { Deployment, ReplicaSet } from '../../../api/generated/types.ts';
import { controllerOf, formatLabelSelector } from '../../../api/index.ts';
import type { Invocation } from '../../command/invocation.ts';

export const revisionAnnotation = 'deployment.kubernetes.io/revision';

/** The ReplicaSets of a deployment by their revision, oldest first. Upstream: kubectl/pkg/util/deployment */
export async function revisionsOf(
  invocation: Invocation,
  deployment: Deployment,
): Promise<ReadonlyMap<number, ReplicaSet>> {
  const replicaSets = await invocation.resource(await invocation.mappingForKind('apps', 'ReplicaSet'));
  const labelSelector = formatLabelSelector(deployment.spec.selector);
  const all = await replicaSets.listAll(deployment.metadata.namespace ?? '', { labelSelector });
  const owned = (all as unknown as readonly ReplicaSet[]).filter(
    (replicaSet) => controllerOf(replicaSet)?.uid === deployment.metadata.uid,
  );
  const numbered = owned.map(
    (replicaSet) => [Number(replicaSet.metadata.annotations?.[revisionAnnotation]), replicaSet] as const,
  );
  return new Map(numbered.filter(([revision]) => !Number.isNaN(revision)).toSorted(([a], [b]) => a - b));
}
