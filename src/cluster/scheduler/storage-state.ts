import type { PersistentVolume, PersistentVolumeClaim, Pod, StorageClass } from '../../api/generated/types.ts';
import { keyOf } from '../../api/index.ts';
import type { ObjectKey } from '../../api/index.ts';
import { storageClassOf } from '../apiserver/registry/persistent-volume/access-modes.ts';
import { persistentVolumeClaims, persistentVolumes, storageClasses } from '../apiserver/registry/index.ts';
import type { Informer, InformerFactory } from '../informers/informer.ts';
import { claimsOf } from '../volumes/claims-of.ts';
import { VolumeCandidates } from '../volumes/volume-candidates.ts';
import type { StorageView } from './cluster-view.ts';

/**
 * Claims and volumes: what the watch has told, and the scheduler's own promises that have not come back yet.
 * Upstream: pkg/scheduler/framework/plugins/volumebinding/assume_cache.go
 */
export class StorageState implements StorageView {
  readonly #claims: Informer<PersistentVolumeClaim>;
  readonly #volumes: Informer<PersistentVolume>;
  readonly #candidates: VolumeCandidates;
  readonly #classes: Informer<StorageClass>;
  /** Claims by the volume that they were promised. */
  readonly #promises = new Map<string, ObjectKey>();
  readonly #users = new Map<ObjectKey, number>();

  constructor(informers: InformerFactory) {
    this.#claims = informers.informer(persistentVolumeClaims);
    this.#volumes = informers.informer(persistentVolumes);
    this.#classes = informers.informer(storageClasses);
    this.#candidates = new VolumeCandidates(this.#volumes);
  }

  /** Calls back when anything changes that a pod with a claim may wait for. */
  onChange(changed: () => void): void {
    this.#claims.onChange({ added: changed, updated: changed });
    const volumeChanged = (volume: PersistentVolume): void => {
      if (volume.spec?.claimRef) this.#promises.delete(volume.metadata.name);
      changed();
    };
    this.#volumes.onChange({ added: volumeChanged, updated: volumeChanged });
    this.#classes.onChange({ added: changed, updated: changed });
  }

  claim(namespace: string, name: string): PersistentVolumeClaim | undefined {
    return this.#claims.get(`${namespace}/${name}`);
  }

  volume(name: string): PersistentVolume | undefined {
    return this.#volumes.get(name);
  }

  storageClass(name: string): StorageClass | undefined {
    return this.#classes.get(name);
  }

  candidatesFor(claim: PersistentVolumeClaim): readonly PersistentVolume[] {
    return [...this.#candidates.keptFor(keyOf(claim)), ...this.#candidates.freeOf(storageClassOf(claim))];
  }

  promisedTo(volumeName: string): ObjectKey | undefined {
    return this.#promises.get(volumeName);
  }

  promise(volumeName: string, claimKey: ObjectKey): void {
    this.#promises.set(volumeName, claimKey);
  }

  breakPromise(volumeName: string): void {
    this.#promises.delete(volumeName);
  }

  podsUsing(claimKey: ObjectKey): number {
    return this.#users.get(claimKey) ?? 0;
  }

  podPlaced(pod: Pod): void {
    for (const key of claimsOf(pod)) this.#users.set(key, this.podsUsing(key) + 1);
  }

  podLeft(pod: Pod): void {
    for (const key of claimsOf(pod)) {
      const left = this.podsUsing(key) - 1;
      if (left > 0) this.#users.set(key, left);
      else this.#users.delete(key);
    }
  }
}
