import type { UserInfo } from './apiserver/resource-definition.ts';

/** How a cluster is set up: what an administrator would say with flags when starting its components. */
export interface ClusterProfile {
  /** kube-apiserver's --service-cluster-ip-range, an IPv4 range. */
  readonly serviceCidr: string;
  /** kube-apiserver's --disable-admission-plugins. */
  readonly disabledAdmissionPlugins: readonly string[];
  /** kube-apiserver's --token-auth-file: users by their token. */
  readonly tokens: ReadonlyMap<string, UserInfo>;
  /** kube-apiserver's --authorization-mode has AlwaysAllow beside RBAC. */
  readonly allowsEverything: boolean;
  /** Whether there is a kube-scheduler. */
  readonly hasScheduler: boolean;
  /** Whether the cluster has machines, each with a kubelet. */
  readonly hasMachines: boolean;
  /** Nodes that are objects only: no kubelet stands behind them. */
  readonly bareNodes: readonly { readonly name: string; readonly capacity: Readonly<Record<string, string>> }[];
  /** Controllers that kube-controller-manager's --controllers turns off. */
  readonly disabledControllers: readonly string[];
}

/** A cluster as kubeadm sets it up. */
const kubeadm: ClusterProfile = {
  serviceCidr: '10.96.0.0/16',
  disabledAdmissionPlugins: [],
  tokens: new Map(),
  allowsEverything: false,
  hasScheduler: true,
  hasMachines: true,
  bareNodes: [],
  disabledControllers: [],
};

/**
 * A control plane without machines, as Kubernetes' own suite for kubectl wants it: no pod ever runs.
 * Upstream: hack/make-rules/test-cmd.sh, test/cmd/legacy-script.sh
 */
const testcmd: ClusterProfile = {
  serviceCidr: '10.0.0.0/24',
  disabledAdmissionPlugins: ['ServiceAccount'],
  tokens: new Map([['admin-token', { name: 'admin', uid: 'admin', groups: ['system:authenticated'] }]]),
  allowsEverything: true,
  hasScheduler: false,
  hasMachines: false,
  bareNodes: [{ name: '127.0.0.1', capacity: { memory: '1Gi' } }],
  // Only where pods run is there a range of addresses to divide.
  disabledControllers: ['node-ipam'],
};

const profiles: ReadonlyMap<string, ClusterProfile> = new Map([
  ['kubeadm', kubeadm],
  ['testcmd', testcmd],
]);

export const profileNames: readonly string[] = [...profiles.keys()];

/** The profile of that name, kubeadm's when there is none. Undefined when it is not known. */
export function findProfile(name = 'kubeadm'): ClusterProfile | undefined {
  return profiles.get(name);
}
