import type { PersistentVolume, PersistentVolumeClaim, Pod, StorageClass } from '../../api/generated/types.ts';
import { keyOf } from '../../api/index.ts';
import type { ObjectKey } from '../../api/index.ts';
import { goQuote } from '../../api/json.ts';
import { storageClassOf } from '../apiserver/registry/persistent-volume/access-modes.ts';
import { persistentVolumeClaims, persistentVolumes, pods, storageClasses } from '../apiserver/registry/index.ts';
import type { ResourceClient } from '../informers/api-client.ts';
import type { ComponentContext } from '../informers/component-context.ts';
import type { EventRecorder } from '../informers/event-recorder.ts';
import type { Informer } from '../informers/informer.ts';
import type { WorkQueue } from '../informers/work-queue.ts';
import { betaStorageProvisioner, bindCompleted, provisionedBy, storageProvisioner } from './annotations.ts';
import { claimsOf } from './claims-of.ts';
import { hasAnnotation, isMeantFor, waitsForConsumer, withAnnotation } from './claims.ts';
import { findVolume, mismatch } from './match-volume.ts';
import { reclaim } from './reclaim.ts';
import { VolumeBindings } from './volume-bindings.ts';
import { VolumeCandidates } from './volume-candidates.ts';

/** Claims without a volume are looked at again and again. Upstream: PVClaimBinderSyncPeriod */
const resyncMs = 15_000;

/**
 * Brings claims and volumes together, asks for volumes to be made, and sees to those that are left over.
 * Upstream: pkg/controller/volume/persistentvolume/pv_controller.go
 * Differs: does not recycle: a volume with the reclaim policy Recycle stays Released.
 */
export function startPersistentVolumeController(context: ComponentContext): void {
  new PersistentVolumeController(context).start();
}

class PersistentVolumeController {
  readonly #claims: Informer<PersistentVolumeClaim>;
  readonly #volumes: Informer<PersistentVolume>;
  readonly #candidates: VolumeCandidates;
  readonly #classes: Informer<StorageClass>;
  readonly #pods: Informer<Pod>;
  readonly #claimClient: ResourceClient<PersistentVolumeClaim>;
  readonly #volumeClient: ResourceClient<PersistentVolume>;
  readonly #bindings: VolumeBindings;
  readonly #events: EventRecorder;
  readonly #claimQueue: WorkQueue;
  readonly #volumeQueue: WorkQueue;

  constructor({ informers, client, events, queue }: ComponentContext) {
    this.#claims = informers.informer(persistentVolumeClaims);
    this.#volumes = informers.informer(persistentVolumes);
    this.#candidates = new VolumeCandidates(this.#volumes);
    this.#classes = informers.informer(storageClasses);
    this.#pods = informers.informer(pods);
    this.#claimClient = client.resource(persistentVolumeClaims);
    this.#volumeClient = client.resource(persistentVolumes);
    this.#bindings = new VolumeBindings(client);
    this.#events = events;
    this.#claimQueue = queue({ reconcile: (key) => this.#syncClaim(key), workers: 1 });
    this.#volumeQueue = queue({ reconcile: (name) => this.#syncVolume(name), workers: 1 });
  }

  start(): void {
    this.#pods.addIndex('claim', claimsOf);
    const queueClaim = (claim: PersistentVolumeClaim): void => this.#claimQueue.add(keyOf(claim));
    const queueVolume = (volume: PersistentVolume): void => this.#volumeQueue.add(keyOf(volume));
    this.#claims.onChange({
      added: queueClaim,
      updated: queueClaim,
      deleted: ({ spec }) => spec?.volumeName && this.#volumeQueue.add(spec.volumeName),
    });
    this.#volumes.onChange({
      added: queueVolume,
      updated: queueVolume,
      deleted: ({ spec }) => spec?.claimRef && this.#claimQueue.add(`${spec.claimRef.namespace}/${spec.claimRef.name}`),
    });
  }

  #syncClaim(key: ObjectKey): void {
    const claim = this.#claims.get(key);
    if (!claim) return;
    if (hasAnnotation(claim, bindCompleted)) this.#syncBound(claim);
    else if (claim.spec?.volumeName) this.#syncWithWish(claim, claim.spec.volumeName);
    else this.#syncUnbound(claim);
  }

  #syncUnbound(claim: PersistentVolumeClaim): void {
    const key = keyOf(claim);
    const className = storageClassOf(claim);
    const storageClass = className ? this.#classes.get(className) : undefined;
    const isWaiting = waitsForConsumer(claim, storageClass);
    const kept = this.#candidates.keptFor(key);
    const volume = findVolume(claim, isWaiting ? kept : [...kept, ...this.#candidates.freeOf(className)]);
    if (volume) {
      this.#bindings.bind(volume, claim);
      return;
    }
    this.#claimQueue.addAfter(key, resyncMs);
    if (isWaiting) this.#noteWaiting(claim);
    else if (className) return this.#askForVolume(claim, className, storageClass);
    else {
      const message = 'no persistent volumes available for this claim and no storage class is set';
      this.#events.record(claim, 'Normal', 'FailedBinding', message);
    }
    this.#bindings.setClaimPhase(claim, 'Pending');
  }

  /** Upstream: emitEventForUnboundDelayBindingClaim */
  #noteWaiting(claim: PersistentVolumeClaim): void {
    const consumers = this.#pods.byIndex('claim', keyOf(claim)).filter(({ spec }) => !spec.nodeName);
    const [reason, message] =
      consumers.length === 0
        ? (['WaitForFirstConsumer', 'waiting for first consumer to be created before binding'] as const)
        : (['WaitForPodScheduled', `waiting for ${podNames(consumers)} to be scheduled`] as const);
    this.#events.record(claim, 'Normal', reason, message);
  }

  /** Upstream: provisionClaimOperationExternal */
  #askForVolume(claim: PersistentVolumeClaim, className: string, storageClass: StorageClass | undefined): void {
    if (!storageClass) {
      const message = `storageclass.storage.k8s.io ${goQuote(className)} not found`;
      this.#events.record(claim, 'Warning', 'ProvisioningFailed', message);
      return;
    }
    const { provisioner } = storageClass;
    if (provisioner.startsWith('kubernetes.io/')) {
      const message = `no volume plugin matched name: ${provisioner}`;
      this.#events.record(claim, 'Warning', 'ProvisioningFailed', message);
      return;
    }
    const { namespace = '', name, uid } = claim.metadata;
    this.#claimClient.modify(namespace, name, (fresh) => {
      if (fresh.metadata.uid !== uid) return fresh;
      return withAnnotation(
        withAnnotation(fresh, betaStorageProvisioner, provisioner),
        storageProvisioner,
        provisioner,
      );
    });
    const how = `either by the external provisioner '${provisioner}' or manually by the system administrator`;
    const advice =
      'If volume creation is delayed, please verify that the provisioner is running and correctly registered.';
    const message = `Waiting for a volume to be created ${how}. ${advice}`;
    this.#events.record(claim, 'Normal', 'ExternalProvisioning', message);
  }

  /** The user has asked for one volume and no other. */
  #syncWithWish(claim: PersistentVolumeClaim, volumeName: string): void {
    const volume = this.#volumes.get(volumeName);
    if (volume && isMeantFor(volume, claim)) {
      this.#bindings.bind(volume, claim);
      return;
    }
    const obstacle = volume && !volume.spec?.claimRef ? mismatch(volume, claim) : undefined;
    if (volume && !volume.spec?.claimRef && obstacle === undefined) {
      this.#bindings.bind(volume, claim);
      return;
    }
    this.#claimQueue.addAfter(keyOf(claim), resyncMs);
    if (obstacle !== undefined) {
      const message = `Cannot bind to requested volume ${goQuote(volumeName)}: ${obstacle}`;
      this.#events.record(claim, 'Warning', 'VolumeMismatch', message);
    } else if (volume) {
      const message = `volume ${goQuote(volumeName)} already bound to a different claim.`;
      this.#events.record(claim, 'Warning', 'FailedBinding', message);
    }
    this.#bindings.setClaimPhase(claim, 'Pending');
  }

  #syncBound(claim: PersistentVolumeClaim): void {
    const { volumeName } = claim.spec ?? {};
    const volume = volumeName ? this.#volumes.get(volumeName) : undefined;
    if (!volumeName) {
      this.#lose(claim, 'ClaimLost', 'Bound claim has lost reference to PersistentVolume. Data on the volume is lost!');
    } else if (!volume) {
      this.#lose(claim, 'ClaimLost', 'Bound claim has lost its PersistentVolume. Data on the volume is lost!');
    } else if (!volume.spec?.claimRef || isMeantFor(volume, claim)) {
      this.#bindings.bind(volume, claim);
    } else {
      const message = 'Two claims are bound to the same volume, this one is bound incorrectly';
      this.#lose(claim, 'ClaimMisbound', message);
    }
  }

  #lose(claim: PersistentVolumeClaim, reason: string, message: string): void {
    if (claim.status?.phase === 'Lost') return;
    this.#bindings.setClaimPhase(claim, 'Lost');
    this.#events.record(claim, 'Warning', reason, message);
  }

  #syncVolume(name: string): void {
    const volume = this.#volumes.get(name);
    if (!volume) return;
    const { claimRef } = volume.spec ?? {};
    if (!claimRef?.uid) {
      this.#bindings.setVolumePhase(volume, 'Available');
      // A claim that asks for it need not wait for its next look.
      if (claimRef) this.#claimQueue.add(`${claimRef.namespace}/${claimRef.name}`);
      return;
    }
    const key = `${claimRef.namespace}/${claimRef.name}`;
    const found = this.#claims.get(key);
    const claim = found?.metadata.uid === claimRef.uid ? found : undefined;
    // The cache may not know of a claim that came just before its volume.
    if (!claim && this.#claimClient.get(claimRef.namespace ?? '', claimRef.name ?? '')?.metadata.uid === claimRef.uid) {
      this.#volumeQueue.addAfter(name, resyncMs);
    } else if (!claim) this.#release(volume);
    else if (!claim.spec?.volumeName) this.#claimQueue.add(key);
    else if (claim.spec.volumeName === name) this.#bindings.setVolumePhase(volume, 'Bound');
    else if (hasAnnotation(volume, provisionedBy) && volume.spec?.persistentVolumeReclaimPolicy === 'Delete') {
      this.#release(volume);
    } else this.#bindings.unbind(volume);
  }

  /** Its claim is gone. What was made by a provisioner is deleted by it. */
  #release(volume: PersistentVolume): void {
    const phase = volume.status?.phase;
    if (phase !== 'Released' && phase !== 'Failed') this.#bindings.setVolumePhase(volume, 'Released');
    if (phase === 'Failed' || hasAnnotation(volume, provisionedBy)) return;
    const outcome = reclaim(volume);
    if (outcome.action === 'delete') this.#volumeClient.delete('', volume.metadata.name);
    if (outcome.action !== 'fail') return;
    this.#bindings.setVolumePhase(volume, 'Failed', outcome.message);
    this.#events.record(volume, 'Warning', 'VolumeFailedDelete', outcome.message);
  }
}

function podNames(consumers: readonly Pod[]): string {
  const names = consumers.map(({ metadata }) => metadata.name);
  return names.length > 1 ? `pods ${names.join(',')}` : `pod ${names[0]}`;
}
