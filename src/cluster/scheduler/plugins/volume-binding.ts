import type { Plugin } from '../framework.ts';

const name = 'VolumeBinding';

/**
 * Upstream: pkg/scheduler/framework/plugins/volumebinding
 * Differs: the cluster serves no PersistentVolumeClaims yet, so a pod that uses one waits for it as for any that is missing.
 */
export const volumeBinding: Plugin = {
  name,
  planFilter({ pod }) {
    const claim = pod.spec.volumes?.find(({ persistentVolumeClaim }) => persistentVolumeClaim)?.persistentVolumeClaim;
    if (!claim) return undefined;
    return { plugin: name, reasons: [`persistentvolumeclaim "${claim.claimName}" not found`], isResolvable: false };
  },
};
