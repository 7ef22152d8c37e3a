import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from '../../api/generated/types.ts';
import type { Labels } from '../../api/selectors/label-selector.ts';
import type { PodQuery } from './match-index.ts';
import type { NodeInfo } from './node-info.ts';
import type { PodInfo } from './pod-info.ts';
import type { PlacedTerm } from './term-index.ts';

/** What plugins may ask about the cluster: as it is, or as it would be without some pods (preemption tries that out). */
export interface ClusterView {
  readonly nodes: readonly NodeInfo[];
  node(name: string): NodeInfo | undefined;
  /** How many pods match, by node; nodes without any may be missing. */
  countsOf(query: PodQuery): ReadonlyMap<string, number>;
  /** The affinity terms of the pods that have a node. */
  placedTerms(): Iterable<PlacedTerm>;
  readonly hasPlacedTerms: boolean;
  /** On how many nodes an image is. */
  nodesWithImage(name: string): number;
  namespaceLabels(namespace: string): Labels | undefined;
  namespaceNames(): Iterable<string>;
  readonly storage: StorageView;
  /** The pods that belong together with this one: what its services and its ReplicaSet select. */
  siblingsOf(pod: PodInfo): PodQuery | undefined;
}

/** Claims and volumes as the scheduler knows them. */
export interface StorageView {
  claim(namespace: string, name: string): PersistentVolumeClaim | undefined;
  volume(name: string): PersistentVolume | undefined;
  storageClass(name: string): StorageClass | undefined;
  /** Volumes that a claim may get: the free ones of its class, and those that are kept for it. */
  candidatesFor(claim: PersistentVolumeClaim): readonly PersistentVolume[];
  /** The key of the claim that a pod was promised the volume for, until the watch tells the same. */
  promisedTo(volumeName: string): string | undefined;
  /** How many pods with a node use a claim. */
  podsUsing(claimKey: string): number;
}
