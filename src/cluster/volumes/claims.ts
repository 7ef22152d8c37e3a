import type { Node, PersistentVolume, PersistentVolumeClaim, StorageClass } from '../../api/generated/types.ts';
import type { KubeObject } from '../../api/index.ts';
import { parseQuantity, zeroQuantity } from '../../api/quantity.ts';
import type { Quantity } from '../../api/quantity.ts';
import { matchesNodeTerm } from '../scheduler/node-selection.ts';
import { selectedNode } from './annotations.ts';

/** What is asked about claims and volumes everywhere. Upstream: component-helpers/storage/volume/pv_helpers.go */

/** Provisioner of a class whose volumes are made by hand. */
export const noProvisioner = 'kubernetes.io/no-provisioner';

export function requestedStorage({ spec }: PersistentVolumeClaim): Quantity {
  return storageIn(spec?.resources?.requests);
}

export function capacityOf({ spec }: PersistentVolume): Quantity {
  return storageIn(spec?.capacity);
}

function storageIn(amounts: Readonly<Record<string, string>> | undefined): Quantity {
  const amount = amounts?.['storage'];
  return amount === undefined ? zeroQuantity : parseQuantity(amount);
}

/** Whether the volume names this claim, be it as its own or as the one that it is kept for. */
export function isMeantFor({ spec }: PersistentVolume, { metadata }: PersistentVolumeClaim): boolean {
  const claim = spec?.claimRef;
  if (!claim || claim.name !== metadata.name || claim.namespace !== metadata.namespace) return false;
  return !claim.uid || claim.uid === metadata.uid;
}

/** Whether its volume is chosen only when a pod that uses it is scheduled, and that has not happened. */
export function waitsForConsumer(claim: PersistentVolumeClaim, storageClass: StorageClass | undefined): boolean {
  return storageClass?.volumeBindingMode === 'WaitForFirstConsumer' && !hasAnnotation(claim, selectedNode);
}

export function isReachableFrom({ spec }: PersistentVolume, node: Node): boolean {
  const terms = spec?.nodeAffinity?.required?.nodeSelectorTerms;
  return !terms || terms.some((term) => matchesNodeTerm(term, node));
}

export function hasModes({ spec }: PersistentVolume, claim: PersistentVolumeClaim): boolean {
  return (claim.spec?.accessModes ?? []).every((mode) => spec?.accessModes?.includes(mode));
}

export function hasMode({ spec }: PersistentVolume, claim: PersistentVolumeClaim): boolean {
  return (spec?.volumeMode ?? 'Filesystem') === (claim.spec?.volumeMode ?? 'Filesystem');
}

export function hasAnnotation({ metadata }: KubeObject, name: string): boolean {
  return metadata.annotations !== undefined && Object.hasOwn(metadata.annotations, name);
}

/** The same object when the annotation is there already. */
export function withAnnotation<T extends KubeObject>(object: T, name: string, value: string): T {
  const { annotations } = object.metadata;
  if (annotations?.[name] === value) return object;
  return { ...object, metadata: { ...object.metadata, annotations: { ...annotations, [name]: value } } };
}

export function withoutFinalizer<T extends KubeObject>(object: T, finalizer: string): T {
  const finalizers = object.metadata.finalizers?.filter((name) => name !== finalizer);
  if (finalizers?.length === object.metadata.finalizers?.length) return object;
  return { ...object, metadata: { ...object.metadata, finalizers } };
}
