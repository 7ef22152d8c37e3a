import type { Deployment, DeploymentCondition, ReplicaSet } from '../../../api/generated/types.ts';
import { rfc3339 } from '../../../api/time.ts';
import { deployments, replicaSets } from '../../apiserver/registry/index.ts';
import type { ResourceClient } from '../../informers/api-client.ts';
import type { ComponentContext } from '../../informers/component-context.ts';
import { specReplicas } from './replica-sets.ts';
import { withReplicaAnnotations } from './revision.ts';

/**
 * One pass over one Deployment: the objects as this pass knows them, its own writes included.
 * Differs: a pass that writes the status twice builds on its own first write; upstream's second write is refused as a
 * conflict and done again in the next pass.
 */
export class Rollout {
  readonly #context: ComponentContext;
  readonly #deploymentClient: ResourceClient<Deployment>;
  readonly replicaSetClient: ResourceClient<ReplicaSet>;
  deployment: Deployment;
  newest: ReplicaSet | undefined;
  older: readonly ReplicaSet[] = [];

  constructor(context: ComponentContext, deployment: Deployment) {
    this.#context = context;
    this.#deploymentClient = context.client.resource(deployments);
    this.replicaSetClient = context.client.resource(replicaSets);
    this.deployment = deployment;
  }

  get all(): readonly ReplicaSet[] {
    return this.newest ? [...this.older, this.newest] : this.older;
  }

  get nowMs(): number {
    return this.#context.clock.nowMs;
  }

  /** Writes the status, and the annotations, which the status sub-resource of a Deployment takes too. */
  writeStatus(deployment: Deployment): void {
    this.deployment = this.#deploymentClient.updateStatus(deployment);
  }

  updateReplicaSet(replicaSet: ReplicaSet): ReplicaSet {
    const updated = this.replicaSetClient.update(replicaSet);
    if (this.newest?.metadata.uid === updated.metadata.uid) this.newest = updated;
    else this.older = this.older.map((older) => (older.metadata.uid === updated.metadata.uid ? updated : older));
    return updated;
  }

  /** Gives a ReplicaSet its number of pods. @returns whether the number changed */
  scale(replicaSet: ReplicaSet, replicas: number): boolean {
    const before = specReplicas(replicaSet);
    const annotations = withReplicaAnnotations(this.deployment, replicaSet.metadata.annotations);
    if (before === replicas && annotations === replicaSet.metadata.annotations) return false;
    const { metadata, spec } = replicaSet;
    this.updateReplicaSet({ ...replicaSet, metadata: { ...metadata, annotations }, spec: { ...spec, replicas } });
    if (before === replicas) return false;
    const direction = before < replicas ? 'up' : 'down';
    const message = `Scaled ${direction} replica set ${metadata.name} from ${before} to ${replicas}`;
    this.record('Normal', 'ScalingReplicaSet', message);
    return true;
  }

  record(type: 'Normal' | 'Warning', reason: string, message: string): void {
    this.#context.events.record(this.deployment, type, reason, message);
  }

  condition(type: string, status: 'True' | 'False' | 'Unknown', reason: string, message: string): DeploymentCondition {
    const now = rfc3339(this.nowMs);
    return { type, status, reason, message, lastUpdateTime: now, lastTransitionTime: now };
  }
}
