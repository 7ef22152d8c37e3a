import type { PersistentVolume, PersistentVolumeClaim } from '../../api/generated/types.ts';
import { jsonEqual } from '../../api/json.ts';
import { persistentVolumeClaims, persistentVolumes } from '../apiserver/registry/index.ts';
import type { ApiClient, ResourceClient } from '../informers/api-client.ts';
import { bindCompleted, boundByController } from './annotations.ts';
import { hasAnnotation, isMeantFor, withAnnotation } from './claims.ts';

type ClaimPhase = 'Pending' | 'Bound' | 'Lost';
type VolumePhase = 'Available' | 'Bound' | 'Released' | 'Failed';

/**
 * Writes who belongs to whom into claims and volumes. Each write is nothing when the stored object says so already.
 * Upstream: bind and unbindVolume in pkg/controller/volume/persistentvolume/pv_controller.go
 */
export class VolumeBindings {
  readonly #claims: ResourceClient<PersistentVolumeClaim>;
  readonly #volumes: ResourceClient<PersistentVolume>;

  constructor(client: ApiClient) {
    this.#claims = client.resource(persistentVolumeClaims);
    this.#volumes = client.resource(persistentVolumes);
  }

  /** The volume first: whoever sees a bound claim finds its volume bound, too. */
  bind(volume: PersistentVolume, claim: PersistentVolumeClaim): void {
    const bound = this.promise(volume, claim);
    if (!bound) return;
    this.setVolumePhase(bound, 'Bound');
    const { namespace = '', name } = claim.metadata;
    const written = this.#claims.modify(namespace, name, (fresh) => {
      if (fresh.metadata.uid !== claim.metadata.uid) return fresh;
      if (fresh.spec?.volumeName === bound.metadata.name) return withAnnotation(fresh, bindCompleted, 'yes');
      const named = { ...fresh, spec: { ...fresh.spec, volumeName: bound.metadata.name } };
      return withAnnotation(withAnnotation(named, bindCompleted, 'yes'), boundByController, 'yes');
    });
    if (written?.metadata.uid === claim.metadata.uid) this.setClaimPhase(written, 'Bound', bound);
  }

  /**
   * Keeps the volume for the claim, without telling the claim.
   * @returns the volume; undefined when it is gone, or was given away before the watch could tell
   */
  promise(volume: PersistentVolume, claim: PersistentVolumeClaim): PersistentVolume | undefined {
    const { namespace, name, uid, resourceVersion } = claim.metadata;
    const written = this.#volumes.modify('', volume.metadata.name, (fresh) => {
      if (fresh.spec?.claimRef && !isMeantFor(fresh, claim)) return fresh;
      const wasMeant = isMeantFor(fresh, claim);
      if (wasMeant && fresh.spec?.claimRef?.uid === uid) return fresh;
      const claimRef = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name, uid, resourceVersion };
      const next = { ...fresh, spec: { ...fresh.spec, claimRef } };
      return wasMeant ? next : withAnnotation(next, boundByController, 'yes');
    });
    return written && isMeantFor(written, claim) ? written : undefined;
  }

  /** Takes the volume away from its claim; one that the user kept for the claim stays kept for it. */
  unbind(volume: PersistentVolume): void {
    const written = this.#volumes.modify('', volume.metadata.name, (fresh) => {
      const { claimRef, ...spec } = fresh.spec ?? {};
      if (!claimRef) return fresh;
      if (!hasAnnotation(fresh, boundByController)) {
        const { uid: _uid, resourceVersion: _version, ...kept } = claimRef;
        return { ...fresh, spec: { ...spec, claimRef: kept } };
      }
      const { [boundByController]: _, ...annotations } = fresh.metadata.annotations ?? {};
      return { ...fresh, metadata: { ...fresh.metadata, annotations }, spec };
    });
    if (written) this.setVolumePhase(written, 'Available');
  }

  setVolumePhase({ metadata }: PersistentVolume, phase: VolumePhase, message?: string): void {
    this.#volumes.modifyStatus('', metadata.name, (fresh) => {
      if (fresh.metadata.uid !== metadata.uid || fresh.status?.phase === phase) return fresh;
      const { message: _, ...status } = fresh.status ?? {};
      return { ...fresh, status: { ...status, phase, ...(message !== undefined && { message }) } };
    });
  }

  /** @param volume where it is bound, what it has got */
  setClaimPhase(claim: PersistentVolumeClaim, phase: ClaimPhase, volume?: PersistentVolume): void {
    const { namespace = '', name, uid } = claim.metadata;
    this.#claims.modifyStatus(namespace, name, (fresh) => {
      if (fresh.metadata.uid !== uid) return fresh;
      const { accessModes: _modes, capacity: _capacity, ...rest } = fresh.status ?? {};
      const got = volume && { accessModes: volume.spec?.accessModes, capacity: grantedTo(fresh, volume) };
      const status = { ...rest, phase, ...got };
      return jsonEqual(fresh.status, status) ? fresh : { ...fresh, status };
    });
  }
}

/** Once bound, a claim that has grown in the meantime is the resizer's business. */
function grantedTo({ status }: PersistentVolumeClaim, { spec }: PersistentVolume): Readonly<Record<string, string>> {
  return status?.phase === 'Bound' && status.capacity ? status.capacity : (spec?.capacity ?? {});
}
