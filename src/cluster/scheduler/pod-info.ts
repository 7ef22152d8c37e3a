import type { Pod, PodAffinityTerm } from '../../api/generated/types.ts';
import { keyOf } from '../../api/index.ts';
import type { ObjectKey } from '../../api/index.ts';
import { goJson } from '../../api/json.ts';
import { queryFromLabelSelector } from '../../api/selectors/label-selector.ts';
import type { LabelQuery } from '../../api/selectors/label-selector.ts';
import { podRequests } from './resources.ts';
import type { Resources } from './resources.ts';

/** One term of a pod's affinity to other pods, ready to be matched. */
export interface AffinityTerm {
  /** Equal terms have equal keys. */
  readonly key: string;
  /** Undefined: all, where the namespace selector is empty. */
  readonly namespaces: ReadonlySet<string>;
  readonly namespaceSelector: LabelQuery;
  readonly selector: LabelQuery;
  readonly topologyKey: string;
  /** 0 for what is required. */
  readonly weight: number;
}

export interface PodAffinityTerms {
  readonly required: readonly AffinityTerm[];
  readonly requiredAnti: readonly AffinityTerm[];
  readonly preferred: readonly AffinityTerm[];
  readonly preferredAnti: readonly AffinityTerm[];
}

export interface HostPort {
  readonly ip: string;
  readonly protocol: string;
  readonly port: number;
}

const noTerms: PodAffinityTerms = { required: [], requiredAnti: [], preferred: [], preferredAnti: [] };
const noPorts: readonly HostPort[] = [];

/** A pod with what the scheduler computes from it, once. Upstream: pkg/scheduler/framework/types.go PodInfo */
export class PodInfo {
  /** The newest version whose differences do not matter here. */
  pod: Pod;
  readonly key: ObjectKey;
  readonly namespace: string;
  readonly priority: number;
  readonly requests: Resources;
  /** With assumed amounts for containers that ask for nothing. */
  readonly scoringRequests: Resources;
  readonly hostPorts: readonly HostPort[];
  readonly affinity: PodAffinityTerms;

  constructor(pod: Pod) {
    this.pod = pod;
    this.key = keyOf(pod);
    this.namespace = pod.metadata.namespace ?? '';
    this.priority = pod.spec.priority ?? 0;
    this.requests = podRequests(pod.spec, false);
    this.scoringRequests = podRequests(pod.spec, true);
    this.hostPorts = hostPortsOf(pod);
    this.affinity = affinityOf(pod);
  }

  get isTerminating(): boolean {
    return this.pod.metadata.deletionTimestamp !== undefined;
  }
}

function hostPortsOf({ spec }: Pod): readonly HostPort[] {
  let ports: HostPort[] | undefined;
  const sidecars = spec.initContainers?.filter((container) => container.restartPolicy === 'Always') ?? [];
  for (const container of [...sidecars, ...spec.containers]) {
    for (const { hostPort, hostIP, protocol } of container.ports ?? []) {
      if (hostPort) (ports ??= []).push({ ip: hostIP || '0.0.0.0', protocol: protocol ?? 'TCP', port: hostPort });
    }
  }
  return ports ?? noPorts;
}

function affinityOf(pod: Pod): PodAffinityTerms {
  const { podAffinity, podAntiAffinity } = pod.spec.affinity ?? {};
  if (!podAffinity && !podAntiAffinity) return noTerms;
  const required = (term: PodAffinityTerm): AffinityTerm => affinityTerm(pod, term, 0);
  const preferred = ({ podAffinityTerm, weight }: { podAffinityTerm: PodAffinityTerm; weight: number }): AffinityTerm =>
    affinityTerm(pod, podAffinityTerm, weight);
  return {
    required: (podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []).map(required),
    requiredAnti: (podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []).map(required),
    preferred: (podAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(preferred),
    preferredAnti: (podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(preferred),
  };
}

function affinityTerm(pod: Pod, term: PodAffinityTerm, weight: number): AffinityTerm {
  const namespaces = term.namespaces ?? [];
  const isOwnNamespaceOnly = namespaces.length === 0 && !term.namespaceSelector;
  const { namespace = '' } = pod.metadata;
  return {
    key: goJson([isOwnNamespaceOnly ? namespace : null, term, weight]),
    namespaces: new Set(isOwnNamespaceOnly ? [namespace] : namespaces),
    namespaceSelector: queryFromLabelSelector(term.namespaceSelector),
    selector: queryFromLabelSelector(term.labelSelector),
    topologyKey: term.topologyKey,
    weight,
  };
}
