import type { PersistentVolume } from '../../api/generated/types.ts';
import type { ObjectKey } from '../../api/index.ts';
import { storageClassOf } from '../apiserver/registry/persistent-volume/access-modes.ts';
import type { Informer } from '../informers/informer.ts';

/** Indexes of the volumes by who may have them. */
export class VolumeCandidates {
  readonly #volumes: Informer<PersistentVolume>;

  constructor(volumes: Informer<PersistentVolume>) {
    this.#volumes = volumes;
    volumes.addIndex('free', (volume) => (volume.spec?.claimRef ? [] : [storageClassOf(volume)]));
    volumes.addIndex('claim', ({ spec }) =>
      spec?.claimRef ? [`${spec.claimRef.namespace}/${spec.claimRef.name}`] : [],
    );
  }

  /** Those that name no claim. */
  freeOf(className: string): readonly PersistentVolume[] {
    return this.#volumes.byIndex('free', className);
  }

  /** Those that name the claim: its own, and those that are kept for it. */
  keptFor(claimKey: ObjectKey): readonly PersistentVolume[] {
    return this.#volumes.byIndex('claim', claimKey);
  }
}
