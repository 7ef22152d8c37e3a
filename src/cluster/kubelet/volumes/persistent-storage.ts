/** Volumes that outlive their pods: by way of a claim, or named in the pod itself. */
import type {
  PersistentVolume,
  PersistentVolumeClaim,
  PersistentVolumeSpec,
  Pod,
  Volume,
} from '../../../api/generated/types.ts';
import { goQuote } from '../../../api/json.ts';
import type { MemoryFileSystem } from '../../../shell/index.ts';
import { persistentVolumeClaims, persistentVolumes } from '../../apiserver/registry/index.ts';
import type { Informer, InformerFactory } from '../../informers/informer.ts';
import { claimNameOf } from '../../volumes/claims-of.ts';
import type { NetworkStorage } from '../../volumes/network-storage.ts';
import { MountError } from '../environment/config-source.ts';

type Source = Pick<PersistentVolumeSpec, 'hostPath' | 'local' | 'nfs' | 'csi' | 'iscsi' | 'fc' | 'rbd' | 'cephfs'>;

export interface PersistentVolumeMount {
  readonly volumeName: string;
  readonly source: Source;
  readonly isReadOnly: boolean;
  /** What `mount` shows; also which tree it is, when it is not on the node. */
  readonly device: string;
  readonly tree: () => MemoryFileSystem;
}

/**
 * Finds out what is behind a volume of a pod.
 * Upstream: pkg/kubelet/volumemanager/populator createVolumeSpec
 */
export class PersistentStorage {
  readonly #claims: Informer<PersistentVolumeClaim>;
  readonly #volumes: Informer<PersistentVolume>;
  readonly #network: NetworkStorage;

  constructor(informers: InformerFactory, network: NetworkStorage) {
    this.#claims = informers.informer(persistentVolumeClaims);
    this.#volumes = informers.informer(persistentVolumes);
    this.#network = network;
  }

  /** Undefined for volumes that end with their pod, or are on the node. Throws MountError when it cannot be had. */
  find(pod: Pod, volume: Volume): PersistentVolumeMount | undefined {
    const claimName = claimNameOf(pod, volume);
    if (claimName === undefined) {
      const { nfs } = volume;
      return nfs && this.#mount({ nfs }, volume.name, nfs.readOnly ?? false);
    }
    const { metadata, spec } = this.#boundVolume(`${pod.metadata.namespace}/${claimName}`, volume.name);
    const isReadOnly = volume.persistentVolumeClaim?.readOnly ?? false;
    return this.#mount(spec ?? {}, metadata.name, isReadOnly);
  }

  #boundVolume(claimKey: string, volumeName: string): PersistentVolume {
    const lists = `unmounted volumes=[${volumeName}], unattached volumes=[], failed to process volumes=[${volumeName}]`;
    const error = (reason: string): MountError =>
      new MountError(`Unable to attach or mount volumes: ${lists}: error processing PVC ${claimKey}: ${reason}`);
    const claim = this.#claims.get(claimKey);
    if (!claim) {
      const name = goQuote(claimKey.slice(claimKey.indexOf('/') + 1));
      throw error(`failed to fetch PVC from API server: persistentvolumeclaim ${name} not found`);
    }
    if (claim.metadata.deletionTimestamp) throw error('PVC is being deleted');
    if (claim.status?.phase !== 'Bound' || !claim.spec?.volumeName) throw error('PVC is not bound');
    const volume = this.#volumes.get(claim.spec.volumeName);
    if (!volume) {
      const name = goQuote(claim.spec.volumeName);
      throw error(`failed to get PV ${claim.spec.volumeName} from PVC: persistentvolume ${name} not found`);
    }
    if (volume.spec?.claimRef?.uid !== claim.metadata.uid) throw error('PVC is not bound');
    return volume;
  }

  #mount(source: Source, volumeName: string, isReadOnly: boolean): PersistentVolumeMount {
    const { nfs, csi } = source;
    const device = nfs ? `${nfs.server}:${nfs.path}` : csi ? `${csi.driver}/${csi.volumeHandle}` : `/dev/${volumeName}`;
    return { volumeName, source, isReadOnly, device, tree: () => this.#network.tree(device) };
  }
}
