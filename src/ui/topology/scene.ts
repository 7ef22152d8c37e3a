import type { ObjectKey } from '../../api/index.ts';
import type { PodState } from './pod-state.ts';

/** What the map shows, without where. Every part is replaced when it changes and shared when it does not. */
export interface Scene {
  /** Grows with every publication. */
  readonly revision: number;
  readonly nodes: readonly NodeView[];
  /** Every visible pod, in the order in which they came. */
  readonly pods: readonly PodMark[];
  /** One past the highest place in the tray of pods that have no node. */
  readonly waitingExtent: number;
  readonly workloads: readonly WorkloadView[];
  readonly services: readonly ServiceView[];
  readonly ingresses: readonly IngressView[];
}

export interface ContainerMark {
  readonly name: string;
  readonly image: string;
  readonly state: 'waiting' | 'running' | 'ready' | 'terminated';
}

/** A volume of a pod that somebody chose: what the system mounts by itself is left out. */
export interface VolumeMark {
  readonly name: string;
  readonly kind: 'claim' | 'config' | 'secret' | 'scratch' | 'other';
  /** What it is called where it comes from: the claim, the ConfigMap, the Secret. */
  readonly source: string;
}

export interface PodMark {
  readonly key: ObjectKey;
  readonly uid: string;
  readonly name: string;
  /** The part of the name that its owner's name does not say. */
  readonly shortName: string;
  /** What it belongs to: the workload's name, else its own. */
  readonly group: string;
  readonly state: PodState;
  readonly reason: string;
  readonly restarts: number;
  /** Empty while it waits for a node. */
  readonly nodeName: string;
  readonly slot: number;
  readonly containers: readonly ContainerMark[];
  readonly volumes: readonly VolumeMark[];
  /** `Kind/namespace/name` of its controller. */
  readonly ownerId: string | undefined;
}

export interface NodeView {
  readonly name: string;
  readonly isReady: boolean;
  /** What its Ready condition says: `Unknown` when the kubelet no longer reports. */
  readonly readiness: string;
  readonly isCordoned: boolean;
  readonly taints: readonly string[];
  readonly podCapacity: number;
  readonly podCount: number;
  /** One past the highest place in use. */
  readonly extent: number;
  readonly counts: Readonly<Partial<Record<PodState, number>>>;
}

export interface RevisionView {
  readonly key: ObjectKey;
  readonly name: string;
  readonly revision: number;
  readonly wanted: number;
  readonly total: number;
  readonly ready: number;
}

export interface WorkloadView {
  /** `Kind/namespace/name`. */
  readonly id: string;
  readonly kind: string;
  readonly key: ObjectKey;
  readonly name: string;
  readonly tint: number;
  readonly wanted: number | undefined;
  readonly total: number;
  readonly ready: number;
  readonly isPaused: boolean;
  /** The ReplicaSets of a Deployment that still want or have pods, oldest first. */
  readonly revisions: readonly RevisionView[];
}

export interface ServiceView {
  readonly key: ObjectKey;
  readonly name: string;
  readonly type: string;
  readonly clusterIP: string;
  readonly ports: string;
  readonly isExposed: boolean;
  /** Pods that get its traffic. */
  readonly endpoints: readonly ObjectKey[];
  /** Addresses behind it that are no pods: the API server's own, or what was set by hand. */
  readonly otherEndpoints: number;
  /** Pods that it selects and that are not ready. */
  readonly notReady: readonly ObjectKey[];
}

/** Rules by which requests from outside reach services. */
export interface IngressView {
  readonly key: ObjectKey;
  readonly name: string;
  /** The first host, or `*`, and how many more there are. */
  readonly hosts: string;
  /** Services that it leads to, each once. */
  readonly services: readonly ObjectKey[];
}

export const emptyScene: Scene = {
  revision: 0,
  nodes: [],
  pods: [],
  waitingExtent: 0,
  workloads: [],
  services: [],
  ingresses: [],
};
