/**
 * The files by which a container knows its own name and finds others.
 * Upstream: pkg/kubelet/kubelet_pods.go (hosts), pkg/kubelet/network/dns/dns.go (resolv.conf)
 */
import type { Pod } from '../../../api/generated/types.ts';
import { clusterDnsAddress, clusterDomain } from '../../network/index.ts';

/** What uname(2) says inside the pod. */
export function hostnameOf({ metadata, spec }: Pod, nodeName: string): string {
  if (spec.hostNetwork) return nodeName;
  return (spec.hostnameOverride ?? spec.hostname ?? metadata.name).slice(0, 63);
}

export function hostsFile(pod: Pod, podIP: string, nodeName: string): string {
  const { spec, metadata } = pod;
  const hostname = hostnameOf(pod, nodeName);
  const names = spec.subdomain
    ? `${hostname}.${spec.subdomain}.${metadata.namespace}.svc.${clusterDomain}\t${hostname}`
    : hostname;
  const aliases = spec.hostAliases ?? [];
  return [
    spec.hostNetwork ? '# Kubernetes-managed hosts file (host network).' : '# Kubernetes-managed hosts file.',
    '127.0.0.1\tlocalhost',
    '::1\tlocalhost ip6-localhost ip6-loopback',
    'fe00::0\tip6-localnet',
    'fe00::0\tip6-mcastprefix',
    'fe00::1\tip6-allnodes',
    'fe00::2\tip6-allrouters',
    `${podIP}\t${names}`,
    ...(aliases.length > 0 ? ['', '# Entries added by HostAliases.'] : []),
    ...aliases.map(({ ip, hostnames }) => [ip, ...(hostnames ?? [])].join('\t')),
    '',
  ].join('\n');
}

/** The node's own resolver, which knows nothing of the cluster. */
const nodeNameserver = '172.18.0.1';

export function resolvConf(pod: Pod): string {
  const { dnsConfig, hostNetwork } = pod.spec;
  const policy = pod.spec.dnsPolicy ?? 'ClusterFirst';
  const isCluster = policy === 'ClusterFirstWithHostNet' || (policy === 'ClusterFirst' && !hostNetwork);
  const base = isCluster
    ? {
        nameservers: [clusterDnsAddress],
        searches: [`${pod.metadata.namespace}.svc.${clusterDomain}`, `svc.${clusterDomain}`, clusterDomain],
        options: [{ name: 'ndots', value: '5' }],
      }
    : { nameservers: policy === 'None' ? [] : [nodeNameserver], searches: [], options: [] };

  const options = new Map<string, string | undefined>();
  for (const { name, value } of [...base.options, ...(dnsConfig?.options ?? [])]) options.set(name ?? '', value);
  const nameservers = [...new Set([...base.nameservers, ...(dnsConfig?.nameservers ?? [])])];
  const searches = [...new Set([...base.searches, ...(dnsConfig?.searches ?? [])])];
  const optionTexts = [...options].map(([name, value]) => (value ? `${name}:${value}` : name));
  return [
    ...(searches.length > 0 ? [`search ${searches.join(' ')}`] : []),
    ...nameservers.map((address) => `nameserver ${address}`),
    ...(optionTexts.length > 0 ? [`options ${optionTexts.join(' ')}`] : []),
    '',
  ].join('\n');
}
