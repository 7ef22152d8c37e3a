import type { Namespace, NetworkPolicy, Pod } from '../../../api/generated/types.ts';
import { keyOf } from '../../../api/index.ts';
import { matchesLabels, queryFromLabelSelector } from '../../../api/selectors/label-selector.ts';
import type { Labels } from '../../../api/selectors/label-selector.ts';
import { namespaces, networkPolicies, pods } from '../../apiserver/registry/index.ts';
import type { Informer, InformerFactory } from '../../informers/informer.ts';
import { clusterDnsAddress } from '../dns.ts';
import type { NetworkNamespace } from '../network-namespace.ts';
import type { Packet, Verdict } from '../verdict.ts';
import { matchesPeers, matchesPorts } from './peer.ts';
import type { Party, Target } from './peer.ts';

const dns: Party = {
  pod: { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
  address: clusterDnsAddress,
};
const allowed: Verdict = { isAllowed: true };

type Direction = 'Ingress' | 'Egress';

/**
 * Enforces network policies: a pod that any of them selects may only do what one of them allows. A pod's own node always
 * reaches it, and connections that are open already stay open.
 * Upstream: the network plugin's part of networking.k8s.io/v1 NetworkPolicy
 */
export class PolicyJudge {
  readonly #policies: Informer<NetworkPolicy>;
  readonly #pods: Informer<Pod>;
  readonly #namespaces: Informer<Namespace>;

  constructor(informers: InformerFactory) {
    this.#policies = informers.informer(networkPolicies);
    this.#pods = informers.informer(pods);
    this.#namespaces = informers.informer(namespaces);
  }

  judge({ from, to, address, port, seenAs }: Packet): Verdict {
    const source = this.#podOf(from);
    const destination = this.#podOf(to);
    const target: Target = { port, protocol: 'TCP', pod: destination };
    const leaves = this.#allows('Egress', source, partyOf(destination, address), target);
    if (!leaves.isAllowed) return leaves;
    // The kubelet must always be able to probe.
    if (from.type === 'node' && from.nodeName === to.nodeName) return allowed;
    // Behind a translated address nobody sees the pod any more.
    return this.#allows('Ingress', destination, partyOf(seenAs === from.address ? source : undefined, seenAs), target);
  }

  /** Whether the questions of a pod reach the cluster's DNS. */
  allowsDns(from: NetworkNamespace): boolean {
    return this.#allows('Egress', this.#podOf(from), dns, { port: 53, protocol: 'UDP', pod: undefined }).isAllowed;
  }

  #allows(direction: Direction, pod: Pod | undefined, other: Party, target: Target): Verdict {
    if (!pod) return allowed;
    const { namespace = '' } = pod.metadata;
    const selecting = this.#policies
      .list(namespace)
      .filter(
        ({ spec }) =>
          spec.policyTypes?.includes(direction) &&
          matchesLabels(queryFromLabelSelector(spec.podSelector ?? {}), pod.metadata.labels),
      );
    if (selecting.length === 0) return allowed;
    const labelsOf = (name: string): Labels | undefined => this.#namespaces.get(name)?.metadata.labels;
    const isAllowed = selecting.some(({ spec }) => {
      const rules =
        direction === 'Ingress'
          ? (spec.ingress ?? []).map(({ from, ports }) => ({ peers: from, ports }))
          : (spec.egress ?? []).map(({ to, ports }) => ({ peers: to, ports }));
      return rules.some(
        ({ peers, ports }) => matchesPorts(ports, target) && matchesPeers(peers, other, namespace, labelsOf),
      );
    });
    return isAllowed ? allowed : { isAllowed, detail: refusalBy(selecting, direction, pod) };
  }

  #podOf({ type, name }: NetworkNamespace): Pod | undefined {
    return type === 'pod' ? this.#pods.get(name) : undefined;
  }
}

function partyOf(pod: Pod | undefined, address: string): Party {
  if (!pod) return { address };
  const { namespace = '', labels = {} } = pod.metadata;
  return { pod: { namespace, labels }, address };
}

function refusalBy(policies: readonly NetworkPolicy[], direction: Direction, pod: Pod): string {
  const names = policies.map(keyOf).join(', ');
  const subject = policies.length > 1 ? `network policies ${names} do` : `network policy ${names} does`;
  return direction === 'Ingress'
    ? `${subject} not let this in to pod ${keyOf(pod)}`
    : `${subject} not let this out of pod ${keyOf(pod)}`;
}
