import type { PersistentVolumeClaim } from '../../api/generated/types.ts';
import { keyOf } from '../../api/index.ts';
import { persistentVolumeClaims, persistentVolumes, pods } from '../apiserver/registry/index.ts';
import type { ComponentContext } from '../informers/component-context.ts';
import { claimProtection, volumeProtection } from './annotations.ts';
import { claimsOf } from './claims-of.ts';
import { withoutFinalizer } from './claims.ts';

/**
 * Lets a deleted claim go when no pod on a node uses it any more.
 * Upstream: pkg/controller/volume/pvcprotection
 */
export function startClaimProtectionController({ informers, client, queue }: ComponentContext): void {
  const claims = informers.informer(persistentVolumeClaims);
  const allPods = informers.informer(pods);
  const claimClient = client.resource(persistentVolumeClaims);
  const waiting = queue({
    reconcile: (key) => {
      const claim = claims.get(key);
      if (!claim || !isLeaving(claim) || allPods.byIndex('claim', key).some(({ spec }) => spec.nodeName)) return;
      const { namespace = '', name } = claim.metadata;
      claimClient.modify(namespace, name, (fresh) => withoutFinalizer(fresh, claimProtection));
    },
  });
  allPods.addIndex('claim', claimsOf);
  const queueLeaving = (claim: PersistentVolumeClaim): void => {
    if (isLeaving(claim)) waiting.add(keyOf(claim));
  };
  claims.onChange({ added: queueLeaving, updated: queueLeaving });
  allPods.onChange({ deleted: (pod) => claimsOf(pod).forEach((key) => waiting.add(key)) });
}

function isLeaving({ metadata }: PersistentVolumeClaim): boolean {
  return metadata.deletionTimestamp !== undefined && (metadata.finalizers?.includes(claimProtection) ?? false);
}

/**
 * Lets a deleted volume go when it is bound to no claim.
 * Upstream: pkg/controller/volume/pvprotection
 */
export function startVolumeProtectionController({ informers, client }: ComponentContext): void {
  const volumeClient = client.resource(persistentVolumes);
  informers.informer(persistentVolumes).onChange({
    updated: ({ metadata, status }) => {
      const isLeaving = metadata.deletionTimestamp !== undefined && metadata.finalizers?.includes(volumeProtection);
      if (!isLeaving || status?.phase === 'Bound') return;
      volumeClient.modify('', metadata.name, (fresh) => withoutFinalizer(fresh, volumeProtection));
    },
  });
}
