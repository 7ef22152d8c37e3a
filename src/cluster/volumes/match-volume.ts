import type { Node, PersistentVolume, PersistentVolumeClaim } from '../../api/generated/types.ts';
import { compareQuantity } from '../../api/quantity.ts';
import { matchesLabels, queryFromLabelSelector } from '../../api/selectors/label-selector.ts';
import { storageClassOf } from '../apiserver/registry/persistent-volume/access-modes.ts';
import { capacityOf, hasMode, hasModes, isMeantFor, isReachableFrom, requestedStorage } from './claims.ts';

/** Finds the volume for a claim. Upstream: FindMatchingVolume in component-helpers/storage/volume/pv_helpers.go */

/**
 * The volume that is kept for the claim, or the smallest free one that will do. Of volumes with different access modes
 * those with the fewest come first.
 */
export function findVolume(
  claim: PersistentVolumeClaim,
  candidates: readonly PersistentVolume[],
): PersistentVolume | undefined {
  const fitting = candidates.filter((volume) => hasModes(volume, claim) && isLargeEnough(volume, claim));
  const kept = fitting.find((volume) => isMeantFor(volume, claim));
  if (kept) return kept;
  const free = fitting.filter((volume) => isFreeFor(volume, claim));
  const fewestModes = Math.min(...free.map(modeCount));
  return smallest(free.filter((volume) => modeCount(volume) === fewestModes));
}

/**
 * The same for the scheduler: only volumes that can be reached from the node, and none that `isTaken`. A claim that has
 * a volume kept for it takes no other.
 */
export function findVolumeOn(
  node: Node,
  claim: PersistentVolumeClaim,
  candidates: readonly PersistentVolume[],
  isTaken: (volume: PersistentVolume) => boolean,
): PersistentVolume | undefined {
  const fitting = candidates.filter((volume) => !isTaken(volume) && isLargeEnough(volume, claim));
  const kept = fitting.find((volume) => isMeantFor(volume, claim));
  if (kept) return isReachableFrom(kept, node) ? kept : undefined;
  return smallest(
    fitting.filter((volume) => isFreeFor(volume, claim) && hasModes(volume, claim) && isReachableFrom(volume, node)),
  );
}

/** Why the claim cannot have the very volume that it asks for; undefined when it can. Upstream: checkVolumeSatisfyClaim */
export function mismatch(volume: PersistentVolume, claim: PersistentVolumeClaim): string | undefined {
  if (compareQuantity(capacityOf(volume), requestedStorage(claim)) < 0) return 'requested PV is too small';
  if (storageClassOf(volume) !== storageClassOf(claim)) return 'storageClassName does not match';
  if (!hasMode(volume, claim)) return 'incompatible volumeMode';
  return hasModes(volume, claim) ? undefined : 'incompatible accessMode';
}

function isLargeEnough(volume: PersistentVolume, claim: PersistentVolumeClaim): boolean {
  return (
    volume.metadata.deletionTimestamp === undefined &&
    hasMode(volume, claim) &&
    compareQuantity(capacityOf(volume), requestedStorage(claim)) >= 0
  );
}

function isFreeFor(volume: PersistentVolume, claim: PersistentVolumeClaim): boolean {
  if (volume.spec?.claimRef || volume.status?.phase !== 'Available') return false;
  if (storageClassOf(volume) !== storageClassOf(claim)) return false;
  const selector = claim.spec?.selector;
  return !selector || matchesLabels(queryFromLabelSelector(selector), volume.metadata.labels);
}

function modeCount({ spec }: PersistentVolume): number {
  return spec?.accessModes?.length ?? 0;
}

function smallest(volumes: readonly PersistentVolume[]): PersistentVolume | undefined {
  let best: PersistentVolume | undefined;
  for (const volume of volumes) {
    if (!best || compareQuantity(capacityOf(volume), capacityOf(best)) < 0) best = volume;
  }
  return best;
}
