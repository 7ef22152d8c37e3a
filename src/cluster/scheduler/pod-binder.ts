import type { Binding, PersistentVolume, PersistentVolumeClaim } from '../../api/generated/types.ts';
import { ApiError, keyOf, notFound } from '../../api/index.ts';
import type { Draft, KubeObject } from '../../api/index.ts';
import { persistentVolumeClaims, persistentVolumes } from '../apiserver/registry/index.ts';
import type { ResourceClient } from '../informers/api-client.ts';
import type { ComponentContext } from '../informers/component-context.ts';
import { selectedNode } from '../volumes/annotations.ts';
import { withAnnotation } from '../volumes/claims.ts';
import { VolumeBindings } from '../volumes/volume-bindings.ts';
import type { ClusterState } from './cluster-state.ts';
import type { PreBinding } from './framework.ts';
import { areClaimsBound } from './plugins/volume-binding.ts';
import type { PodInfo } from './pod-info.ts';

/** How often the scheduler looks whether the claims are bound, and when it gives up, in milliseconds of virtual time. */
const pollMs = 1_000;
const timeoutMs = 600_000;

/** Hears that a pod could not be bound; without a message when it is no longer there. */
type Failed = (message: string | undefined) => void;

/**
 * Binds a pod to the node that was chosen for it, once its volumes are there.
 * Upstream: bindingCycle in pkg/scheduler/schedule_one.go, BindPodVolumes in plugins/volumebinding/binder.go
 */
export class PodBinder {
  readonly #context: ComponentContext;
  readonly #cluster: ClusterState;
  readonly #claims: ResourceClient<PersistentVolumeClaim>;
  readonly #volumes: ResourceClient<PersistentVolume>;
  readonly #bindings: VolumeBindings;

  constructor(context: ComponentContext, cluster: ClusterState) {
    this.#context = context;
    this.#cluster = cluster;
    this.#claims = context.client.resource(persistentVolumeClaims);
    this.#volumes = context.client.resource(persistentVolumes);
    this.#bindings = new VolumeBindings(context.client);
  }

  /** Keeps the volumes from other pods until the API server has heard of the choice. */
  reserve({ volumes }: PreBinding): void {
    for (const { claim, volume } of volumes) this.#cluster.storage.promise(volume.metadata.name, keyOf(claim));
  }

  bind(pod: PodInfo, node: string, preBinding: PreBinding | undefined, failed: Failed): void {
    if (!this.#isStillPlaced(pod)) return;
    if (!preBinding) {
      this.#bindPod(pod, node, failed);
      return;
    }
    try {
      this.#bindVolumes(preBinding, node);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.#giveUp(pod, preBinding, `running PreBind plugin "VolumeBinding": ${error.message}`, failed);
      return;
    }
    this.#awaitVolumes(pod, node, preBinding, this.#context.clock.nowMs + timeoutMs, failed);
  }

  #bindVolumes({ volumes, provisioned }: PreBinding, node: string): void {
    for (const { claim, volume } of volumes) {
      const kept = this.#volumes.get('', volume.metadata.name) && this.#bindings.promise(volume, claim);
      if (!kept) throw notFound(persistentVolumes, volume.metadata.name);
    }
    for (const { metadata } of provisioned) {
      this.#claims.modify(metadata.namespace ?? '', metadata.name, (fresh) =>
        withAnnotation(fresh, selectedNode, node),
      );
    }
  }

  #awaitVolumes(pod: PodInfo, node: string, preBinding: PreBinding, untilMs: number, failed: Failed): void {
    const { clock, component } = this.#context;
    const label = { component, action: 'wait for volumes', subject: `pods/${pod.key}` };
    clock.schedule(pollMs, label, () => {
      if (!this.#isStillPlaced(pod)) return;
      if (areClaimsBound(pod, this.#cluster)) this.#bindPod(pod, node, failed);
      else if (clock.nowMs < untilMs) this.#awaitVolumes(pod, node, preBinding, untilMs, failed);
      else {
        const message = 'running PreBind plugin "VolumeBinding": binding volumes: context deadline exceeded';
        this.#giveUp(pod, preBinding, message, failed);
      }
    });
  }

  #giveUp(pod: PodInfo, { volumes }: PreBinding, message: string, failed: Failed): void {
    for (const { volume } of volumes) this.#cluster.storage.breakPromise(volume.metadata.name);
    this.#cluster.unplace(pod.key);
    failed(message);
  }

  #bindPod(pod: PodInfo, node: string, failed: Failed): void {
    const { name, namespace, uid } = pod.pod.metadata;
    const binding: Draft<Binding & KubeObject> = {
      apiVersion: 'v1',
      kind: 'Binding',
      metadata: { name, namespace, uid },
      target: { kind: 'Node', name: node },
    };
    try {
      this.#context.client.bind(binding);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.#cluster.unplace(pod.key);
      const message = `running Bind plugin "DefaultBinder": ${error.message}`;
      failed(error.reason === 'NotFound' ? undefined : message);
      return;
    }
    const message = `Successfully assigned ${pod.key} to ${node}`;
    this.#context.events.record(pod.pod, 'Normal', 'Scheduled', message);
  }

  /** Deleted in the meantime: its place has been freed already. */
  #isStillPlaced(pod: PodInfo): boolean {
    return this.#cluster.placed(pod.key) === pod;
  }
}
