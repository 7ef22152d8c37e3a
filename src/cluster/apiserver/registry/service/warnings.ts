import type { Service } from '../../../../api/generated/types.ts';

const topologyHints = 'service.kubernetes.io/topology-aware-hints';

/** Upstream: pkg/api/service/warnings.go */
export function warningsForService({ metadata, spec }: Service): readonly string[] {
  const warnings: string[] = [];
  if (metadata.annotations?.[topologyHints] !== undefined) {
    const use = 'please use service.kubernetes.io/topology-mode instead';
    warnings.push(`annotation ${topologyHints} is deprecated, ${use}`);
  }
  if (spec.type === 'ClusterIP' && spec.clusterIP === 'None') {
    const ignored = 'is ignored for headless services';
    if (spec.loadBalancerIP) warnings.push(`spec.loadBalancerIP ${ignored}`);
    if (spec.externalIPs?.length) warnings.push(`spec.externalIPs ${ignored}`);
    if (spec.sessionAffinity && spec.sessionAffinity !== 'None') warnings.push(`spec.SessionAffinity ${ignored}`);
  }
  if (spec.type === 'ExternalName' && spec.externalIPs?.length) {
    warnings.push('spec.externalIPs is ignored when spec.type is "ExternalName"');
  }
  if (spec.type !== 'ExternalName' && spec.externalName) {
    warnings.push('spec.externalName is ignored when spec.type is not "ExternalName"');
  }
  return warnings;
}
