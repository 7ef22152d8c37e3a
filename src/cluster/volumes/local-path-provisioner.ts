import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from '../../api/generated/types.ts';
import { ApiError, keyOf } from '../../api/index.ts';
import type { Draft, ObjectKey } from '../../api/index.ts';
import { goQuote } from '../../api/json.ts';
import { storageClassOf } from '../apiserver/registry/persistent-volume/access-modes.ts';
import { persistentVolumeClaims, persistentVolumes, storageClasses } from '../apiserver/registry/index.ts';
import type { ComponentContext } from '../informers/component-context.ts';
import type { Informer } from '../informers/informer.ts';
import type { WorkQueue } from '../informers/work-queue.ts';
import { provisionedBy, selectedNode, storageProvisioner, volumeProtection } from './annotations.ts';
import { hasAnnotation } from './claims.ts';
import type { NodeDisks } from './node-disks.ts';

export const localPath = 'rancher.io/local-path';
const basePath = '/var/local-path-provisioner';
const nodeAnnotation = 'local.path.provisioner/selected-node';
const hostnameLabel = 'kubernetes.io/hostname';
/** How long the pod takes that makes or removes the directory, in milliseconds of virtual time. */
const helperMs = [1_500, 3_000] as const;

/**
 * The cluster's default storage: a directory on the node that the first pod comes to.
 * Upstream: rancher/local-path-provisioner, sig-storage-lib-external-provisioner
 * Differs: the provisioner and its helper pods are not to be seen as pods.
 */
export function startLocalPathProvisioner(context: ComponentContext, disks: NodeDisks): void {
  new LocalPathProvisioner(context, disks).start();
}

class LocalPathProvisioner {
  readonly #context: ComponentContext;
  readonly #disks: NodeDisks;
  readonly #claims: Informer<PersistentVolumeClaim>;
  readonly #volumes: Informer<PersistentVolume>;
  readonly #classes: Informer<StorageClass>;
  readonly #claimQueue: WorkQueue;
  readonly #volumeQueue: WorkQueue;
  /** Claims and volumes that a helper is at work for. */
  readonly #busy = new Set<ObjectKey>();

  constructor(context: ComponentContext, disks: NodeDisks) {
    this.#context = context;
    this.#disks = disks;
    this.#claims = context.informers.informer(persistentVolumeClaims);
    this.#volumes = context.informers.informer(persistentVolumes);
    this.#classes = context.informers.informer(storageClasses);
    this.#claimQueue = context.queue({ reconcile: (key) => this.#provision(key) });
    this.#volumeQueue = context.queue({ reconcile: (name) => this.#remove(name) });
  }

  start(): void {
    const queueClaim = (claim: PersistentVolumeClaim): void => {
      if (isOurs(claim) && !claim.spec?.volumeName) this.#claimQueue.add(keyOf(claim));
    };
    this.#claims.onChange({ added: queueClaim, updated: queueClaim });
    const queueVolume = (volume: PersistentVolume): void => {
      if (isLeftOver(volume)) this.#volumeQueue.add(keyOf(volume));
    };
    this.#volumes.onChange({ added: queueVolume, updated: queueVolume });
  }

  #provision(key: ObjectKey): void {
    const claim = this.#claims.get(key);
    if (!claim || !isOurs(claim) || claim.spec?.volumeName || this.#busy.has(key)) return;
    const name = `pvc-${claim.metadata.uid}`;
    const storageClass = this.#classes.get(storageClassOf(claim));
    if (!storageClass || this.#volumes.get(name)) return;
    const node = claim.metadata.annotations?.[selectedNode];
    // With volumes that wait for a consumer the scheduler has its say first.
    if (node === undefined && storageClass.volumeBindingMode === 'WaitForFirstConsumer') return;
    const message = `External provisioner is provisioning volume for claim ${goQuote(key)}`;
    this.#context.events.record(claim, 'Normal', 'Provisioning', message);
    const obstacle = obstacleTo(claim, node);
    if (obstacle !== undefined) {
      const failure = `failed to provision volume with StorageClass ${goQuote(storageClass.metadata.name)}: ${obstacle}`;
      this.#context.events.record(claim, 'Warning', 'ProvisioningFailed', failure);
      this.#claimQueue.addRateLimited(key);
      return;
    }
    this.#help(key, 'create', () => this.#create(name, claim, storageClass, node!));
  }

  #create(name: string, claim: PersistentVolumeClaim, storageClass: StorageClass, node: string): void {
    const { namespace = '', name: claimName, uid, resourceVersion } = claim.metadata;
    const current = this.#claims.get(keyOf(claim));
    if (current?.metadata.uid !== uid) return;
    const path = `${basePath}/${name}_${namespace}_${claimName}`;
    this.#disks(node)?.makeDirectory(path, { parents: true });
    this.#disks(node)?.setMode(path, 0o777);
    const { mountOptions, reclaimPolicy } = storageClass;
    const draft: Draft<PersistentVolume> = {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: {
        name,
        annotations: { [nodeAnnotation]: node, [provisionedBy]: localPath },
        finalizers: [volumeProtection],
      },
      spec: {
        accessModes: claim.spec?.accessModes ?? [],
        capacity: { storage: claim.spec?.resources?.requests?.['storage'] ?? '0' },
        claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name: claimName, uid, resourceVersion },
        hostPath: { path, type: 'DirectoryOrCreate' },
        ...(mountOptions && { mountOptions }),
        nodeAffinity: {
          required: {
            nodeSelectorTerms: [{ matchExpressions: [{ key: hostnameLabel, operator: 'In', values: [node] }] }],
          },
        },
        persistentVolumeReclaimPolicy: reclaimPolicy ?? 'Delete',
        storageClassName: storageClass.metadata.name,
        volumeMode: claim.spec?.volumeMode ?? 'Filesystem',
      },
    };
    try {
      this.#context.client.resource(persistentVolumes).create(draft);
    } catch (error) {
      if (!(error instanceof ApiError) || error.reason !== 'AlreadyExists') throw error;
    }
    const message = `Successfully provisioned volume ${name}`;
    this.#context.events.record(current, 'Normal', 'ProvisioningSucceeded', message);
  }

  #remove(name: string): void {
    const volume = this.#volumes.get(name);
    if (!volume || !isLeftOver(volume) || this.#busy.has(name)) return;
    this.#help(name, 'delete', () => {
      const { hostPath } = volume.spec ?? {};
      const disk = this.#disks(volume.metadata.annotations?.[nodeAnnotation] ?? '');
      if (hostPath && disk?.stat(hostPath.path)) disk.remove(hostPath.path, { recursive: true });
      const client = this.#context.client.resource(persistentVolumes);
      if (client.get('', name)?.metadata.uid === volume.metadata.uid) client.delete('', name);
    });
  }

  #help(key: ObjectKey, action: string, work: () => void): void {
    const { clock, random, component } = this.#context;
    this.#busy.add(key);
    clock.schedule(random.between(...helperMs), { component, action, subject: key }, () => {
      this.#busy.delete(key);
      work();
    });
  }
}

function isOurs(claim: PersistentVolumeClaim): boolean {
  return claim.metadata.annotations?.[storageProvisioner] === localPath;
}

function isLeftOver(volume: PersistentVolume): boolean {
  const { metadata, spec, status } = volume;
  if (!hasAnnotation(volume, provisionedBy) || metadata.annotations?.[provisionedBy] !== localPath) return false;
  return (
    status?.phase === 'Released' && spec?.persistentVolumeReclaimPolicy === 'Delete' && !metadata.deletionTimestamp
  );
}

/** Why there can be no volume; in the provisioner's words. */
function obstacleTo({ spec }: PersistentVolumeClaim, node: string | undefined): string | undefined {
  const isOnOneNode = spec?.accessModes?.every((mode) => mode === 'ReadWriteOnce' || mode === 'ReadWriteOncePod');
  if (!isOnOneNode) return 'NodePath only supports ReadWriteOnce and ReadWriteOncePod (1.22+) access modes';
  return node === undefined ? 'configuration error, no node was specified' : undefined;
}
