import type { Deployment, Pod, ReplicaSet, ReplicationController, StatefulSet } from '../../../api/generated/types.ts';
import { controllerOf, type KubeObject, type OwnerReference } from '../../../api/index.ts';
import { goQuote } from '../../../api/json.ts';
import { deployments, replicaSets, replicationControllers, statefulSets } from '../../apiserver/registry/index.ts';
import type { Informer, InformerFactory } from '../../informers/informer.ts';

/** A pod belongs to something of which nobody knows how many pods it should have. */
export class UnknownScale extends Error {
  override readonly name = 'UnknownScale';
}

type Scaled = KubeObject & { readonly spec?: { readonly replicas?: number } };

/**
 * How many pods there should be, by what controls them.
 * Upstream: getExpectedScale and the finders in pkg/controller/disruption/disruption.go
 * Differs: controllers other than the built-in ones are not asked for their scale.
 */
export class ExpectedPods {
  readonly #controllers: ReadonlyMap<string, Informer<Scaled>>;

  constructor(informers: InformerFactory) {
    this.#controllers = new Map<string, Informer<Scaled>>([
      ['ReplicationController', informers.informer<ReplicationController>(replicationControllers)],
      ['ReplicaSet', informers.informer<ReplicaSet>(replicaSets)],
      ['Deployment', informers.informer<Deployment>(deployments)],
      ['StatefulSet', informers.informer<StatefulSet>(statefulSets)],
    ]);
  }

  /** Pods that nobody controls do not count. Throws UnknownScale. */
  of(pods: readonly Pod[]): number {
    const scales = new Map<string, number>();
    for (const pod of pods) {
      const owner = controllerOf(pod);
      if (!owner || scales.has(owner.uid)) continue;
      const controller = this.#topmost(owner, pod.metadata.namespace ?? '');
      if (!controller) throw new UnknownScale(this.#refusal(owner, pod));
      scales.set(controller.metadata.uid, controller.spec?.replicas ?? 1);
    }
    return [...scales.values()].reduce((sum, scale) => sum + scale, 0);
  }

  /** A ReplicaSet's Deployment knows better. */
  #topmost(owner: OwnerReference, namespace: string): Scaled | undefined {
    const found = this.#find(owner, namespace);
    const above = found && owner.kind === 'ReplicaSet' ? controllerOf(found) : undefined;
    return above?.kind === 'Deployment' ? this.#find(above, namespace) : found;
  }

  #find({ kind, name, uid }: OwnerReference, namespace: string): Scaled | undefined {
    const found = this.#controllers.get(kind)?.get(`${namespace}/${name}`);
    return found?.metadata.uid === uid ? found : undefined;
  }

  #refusal({ kind, apiVersion }: OwnerReference, pod: Pod): string {
    if (this.#controllers.has(kind)) return `found no controllers for pod ${goQuote(pod.metadata.name)}`;
    const group = apiVersion.includes('/') ? `.${apiVersion.split('/')[0]}` : '';
    return `${kind.toLowerCase()}s${group} does not implement the scale subresource`;
  }
}
