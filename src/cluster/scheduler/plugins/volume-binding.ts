import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from '../../../api/generated/types.ts';
import { keyOf } from '../../../api/index.ts';
import { goQuote } from '../../../api/json.ts';
import { compareQuantity } from '../../../api/quantity.ts';
import { storageClassOf } from '../../apiserver/registry/persistent-volume/access-modes.ts';
import { claimNameOf } from '../../volumes/claims-of.ts';
import { isReachableFrom, noProvisioner, requestedStorage } from '../../volumes/claims.ts';
import { findVolumeOn } from '../../volumes/match-volume.ts';
import type { ClusterView, StorageView } from '../cluster-view.ts';
import type { Plugin, PreBinding, Refusal } from '../framework.ts';
import type { NodeInfo } from '../node-info.ts';
import type { PodInfo } from '../pod-info.ts';

const name = 'VolumeBinding';
const unreachable = "node(s) didn't match PersistentVolume's node affinity";
const nothingToBind = "node(s) didn't find available persistent volumes to bind";
const lostVolume = 'node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)';

/**
 * Sees to it that the volumes of a pod can be had on its node: bound ones must be reachable from there; for claims that
 * wait for their first consumer it picks volumes, or has them made there.
 * Upstream: pkg/scheduler/framework/plugins/volumebinding
 */
export const volumeBinding: Plugin = {
  name,
  planFilter(pod, cluster) {
    const claims = sortClaims(pod, cluster.storage);
    if (claims === undefined) return undefined;
    if (typeof claims === 'string') return refusal([claims]);
    return {
      filter: (node) => {
        const choice = chooseVolumes(claims, node, cluster.storage);
        return choice.reasons.length > 0 ? refusal(choice.reasons) : undefined;
      },
    };
  },
  preBind(pod, node, cluster) {
    const claims = sortClaims(pod, cluster.storage);
    if (claims === undefined || typeof claims === 'string' || claims.waiting.length === 0) return undefined;
    return chooseVolumes(claims, node, cluster.storage);
  },
  mayHelp: ({ type }) => type === 'storage-changed' || type === 'node-added' || type === 'pod-itself',
};

function refusal(reasons: readonly string[]): Refusal {
  return { plugin: name, reasons, isResolvable: false };
}

interface PodClaims {
  readonly bound: readonly PersistentVolumeClaim[];
  /** For their first consumer; the smallest first. */
  readonly waiting: readonly PersistentVolumeClaim[];
}

/** @returns undefined for a pod without claims; a text when no node will do */
function sortClaims({ namespace, pod }: PodInfo, storage: StorageView): PodClaims | string | undefined {
  const bound: PersistentVolumeClaim[] = [];
  const waiting: PersistentVolumeClaim[] = [];
  let isUnbound = false;
  for (const volume of pod.spec.volumes ?? []) {
    const claimName = claimNameOf(pod, volume);
    if (claimName === undefined) continue;
    const claim = storage.claim(namespace, claimName);
    const quoted = goQuote(claimName);
    if (!claim) {
      return volume.ephemeral
        ? `waiting for ephemeral volume controller to create the persistentvolumeclaim ${quoted}`
        : `persistentvolumeclaim ${quoted} not found`;
    }
    const { metadata, spec, status } = claim;
    if (status?.phase === 'Lost') {
      return `persistentvolumeclaim ${quoted} bound to non-existent persistentvolume ${goQuote(spec?.volumeName ?? '')}`;
    }
    if (metadata.deletionTimestamp) return `persistentvolumeclaim ${quoted} is being deleted`;
    if (spec?.volumeName && status?.phase === 'Bound') bound.push(claim);
    else if (isDelayed(claim, storage)) waiting.push(claim);
    else isUnbound = true;
  }
  if (isUnbound) return 'pod has unbound immediate PersistentVolumeClaims';
  if (bound.length === 0 && waiting.length === 0) return undefined;
  waiting.sort((a, b) => compareQuantity(requestedStorage(a), requestedStorage(b)));
  return { bound, waiting };
}

function isDelayed(claim: PersistentVolumeClaim, storage: StorageView): boolean {
  return !claim.spec?.volumeName && classOf(claim, storage)?.volumeBindingMode === 'WaitForFirstConsumer';
}

function classOf(claim: PersistentVolumeClaim, storage: StorageView): StorageClass | undefined {
  return storage.storageClass(storageClassOf(claim));
}

interface VolumeChoice extends PreBinding {
  readonly reasons: readonly string[];
}

/** What the claims would get on this node. Upstream: FindPodVolumes in volumebinding/binder.go */
function chooseVolumes({ bound, waiting }: PodClaims, { node }: NodeInfo, storage: StorageView): VolumeChoice {
  const reasons = new Set<string>();
  for (const { spec } of bound) {
    const volume = storage.volume(spec?.volumeName ?? '');
    if (!volume) reasons.add(lostVolume);
    else if (!isReachableFrom(volume, node)) reasons.add(unreachable);
  }
  const volumes: { readonly claim: PersistentVolumeClaim; readonly volume: PersistentVolume }[] = [];
  const provisioned: PersistentVolumeClaim[] = [];
  const taken = new Set<string>();
  for (const claim of waiting) {
    const isTaken = ({ metadata }: PersistentVolume): boolean => {
      const promised = storage.promisedTo(metadata.name);
      return taken.has(metadata.name) || (promised !== undefined && promised !== keyOf(claim));
    };
    const volume = findVolumeOn(node, claim, storage.candidatesFor(claim), isTaken);
    if (volume) {
      taken.add(volume.metadata.name);
      volumes.push({ claim, volume });
    } else if (canProvision(classOf(claim, storage), node.metadata.labels ?? {})) provisioned.push(claim);
    else reasons.add(nothingToBind);
  }
  return { reasons: [...reasons], volumes, provisioned };
}

function canProvision(storageClass: StorageClass | undefined, labels: Readonly<Record<string, string>>): boolean {
  if (!storageClass || storageClass.provisioner === '' || storageClass.provisioner === noProvisioner) return false;
  const terms = storageClass.allowedTopologies ?? [];
  if (terms.length === 0) return true;
  return terms.some(({ matchLabelExpressions = [] }) =>
    matchLabelExpressions.every(({ key, values = [] }) => values.includes(labels[key] ?? '')),
  );
}

/** Whether every claim of the pod has its volume. Upstream: checkBindings */
export function areClaimsBound({ namespace, pod }: PodInfo, { storage }: ClusterView): boolean {
  return (pod.spec.volumes ?? []).every((volume) => {
    const claimName = claimNameOf(pod, volume);
    return claimName === undefined || storage.claim(namespace, claimName)?.status?.phase === 'Bound';
  });
}
