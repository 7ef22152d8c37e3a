import { claimsOf } from '../../volumes/claims-of.ts';
import type { Plugin } from '../framework.ts';

const name = 'VolumeRestrictions';
const inUse = 'node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode';

/**
 * A claim that only one pod may use is used by no second one.
 * Upstream: pkg/scheduler/framework/plugins/volumerestrictions
 */
export const volumeRestrictions: Plugin = {
  name,
  planFilter({ namespace, pod }, { storage }) {
    const isTaken = claimsOf(pod).some((key) => {
      const claim = storage.claim(namespace, key.slice(namespace.length + 1));
      return claim?.spec?.accessModes?.includes('ReadWriteOncePod') && storage.podsUsing(key) > 0;
    });
    return isTaken ? { filter: () => ({ plugin: name, reasons: [inUse], isResolvable: true }) } : undefined;
  },
  mayHelp: ({ type }) => type === 'pod-left' || type === 'storage-changed',
};
