import type { ClusterView } from '../cluster-view.ts';
import type { Plugin } from '../framework.ts';
import type { PodInfo } from '../pod-info.ts';

const name = 'VolumeBinding';

/**
 * Holds a pod back until the claims that it uses are bound to volumes.
 * Upstream: pkg/scheduler/framework/plugins/volumebinding
 * Differs: takes a bound volume for reachable from every node, and picks none for a claim that waits for its first consumer.
 */
export const volumeBinding: Plugin = {
  name,
  planFilter(pod, cluster) {
    const reason = obstacle(pod, cluster);
    return reason === undefined ? undefined : { plugin: name, reasons: [reason], isResolvable: false };
  },
  mayHelp: ({ type }) => type === 'claim-changed' || type === 'pod-itself',
};

function obstacle({ namespace, pod }: PodInfo, cluster: ClusterView): string | undefined {
  let isUnbound = false;
  for (const { persistentVolumeClaim } of pod.spec.volumes ?? []) {
    if (!persistentVolumeClaim) continue;
    const { claimName } = persistentVolumeClaim;
    const claim = cluster.claim(namespace, claimName);
    if (!claim) return `persistentvolumeclaim "${claimName}" not found`;
    if (claim.metadata.deletionTimestamp) return `persistentvolumeclaim "${claimName}" is being deleted`;
    if (!claim.spec?.volumeName || claim.status?.phase !== 'Bound') isUnbound = true;
  }
  return isUnbound ? 'pod has unbound immediate PersistentVolumeClaims' : undefined;
}
