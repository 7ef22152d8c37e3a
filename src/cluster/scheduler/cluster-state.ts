import type { Namespace, Node, Pod } from '../../api/generated/types.ts';
import type { ObjectKey } from '../../api/index.ts';
import { jsonEqual } from '../../api/json.ts';
import type { Labels } from '../../api/selectors/label-selector.ts';
import type { Informer } from '../informers/informer.ts';
import type { ClusterView } from './cluster-view.ts';
import { MatchIndex } from './match-index.ts';
import type { PodQuery } from './match-index.ts';
import { NodeInfo } from './node-info.ts';
import { interleaveZones } from './node-order.ts';
import { PodInfo } from './pod-info.ts';
import type { SiblingIndex } from './sibling-index.ts';
import type { StorageState } from './storage-state.ts';
import { TermIndex } from './term-index.ts';
import type { PlacedTerm } from './term-index.ts';

interface Place {
  pod: PodInfo;
  readonly nodeName: string;
}

/**
 * The nodes and the pods on them as the scheduler knows them: what the watch has told, and its own picks that have not
 * come back yet. One pod's coming or going costs the same however many there are.
 * Upstream: pkg/scheduler/backend/cache
 * Differs: there is no copy for each cycle, because nothing else runs while a cycle does.
 */
export class ClusterState implements ClusterView {
  readonly #nodes = new Map<string, NodeInfo>();
  readonly #places = new Map<ObjectKey, Place>();
  /** Pods whose node is not known: it has gone, or its news is still under way. */
  readonly #homeless = new Map<string, Map<ObjectKey, PodInfo>>();
  readonly #matches = new MatchIndex();
  readonly #terms = new TermIndex();
  readonly #imageNodes = new Map<string, number>();
  readonly #siblings: SiblingIndex;
  readonly #namespaces: Informer<Namespace>;
  readonly storage: StorageState;
  #ordered: readonly NodeInfo[] | undefined;

  constructor(siblings: SiblingIndex, namespaces: Informer<Namespace>, storage: StorageState) {
    this.storage = storage;
    this.#siblings = siblings;
    this.#namespaces = namespaces;
  }

  get nodes(): readonly NodeInfo[] {
    return (this.#ordered ??= interleaveZones(this.#nodes.values()));
  }

  node(name: string): NodeInfo | undefined {
    return this.#nodes.get(name);
  }

  countsOf(query: PodQuery): ReadonlyMap<string, number> {
    return this.#matches.countsOf(query, this.#nodes.values());
  }

  placedTerms(): Iterable<PlacedTerm> {
    return this.#terms.terms();
  }

  get hasPlacedTerms(): boolean {
    return !this.#terms.isEmpty;
  }

  nodesWithImage(name: string): number {
    return this.#imageNodes.get(name) ?? 0;
  }

  namespaceLabels(namespace: string): Labels | undefined {
    return this.#namespaces.get(namespace)?.metadata.labels;
  }

  *namespaceNames(): Iterable<string> {
    for (const { metadata } of this.#namespaces.list()) yield metadata.name;
  }

  siblingsOf(pod: PodInfo): PodQuery | undefined {
    return this.#siblings.queryFor(pod);
  }

  setNode(node: Node): void {
    const { name } = node.metadata;
    const known = this.#nodes.get(name);
    if (!known) {
      const info = new NodeInfo(node);
      this.#nodes.set(name, info);
      this.#countImages(info, 1);
      this.#ordered = undefined;
      const homeless = this.#homeless.get(name);
      this.#homeless.delete(name);
      for (const pod of homeless?.values() ?? []) this.#settle(info, pod);
      return;
    }
    if (!jsonEqual(known.labels, node.metadata.labels ?? {})) this.#ordered = undefined;
    this.#countImages(known, -1);
    known.node = node;
    this.#countImages(known, 1);
  }

  removeNode(name: string): void {
    const info = this.#nodes.get(name);
    if (!info) return;
    for (const pod of info.pods.values()) {
      this.#unsettle(info, pod);
      this.#setHomeless(name, pod);
    }
    this.#nodes.delete(name);
    this.#countImages(info, -1);
    this.#ordered = undefined;
  }

  /** Where a pod is, or has just been put. */
  nodeNameOf(key: ObjectKey): string | undefined {
    return this.#places.get(key)?.nodeName;
  }

  placed(key: ObjectKey): PodInfo | undefined {
    return this.#places.get(key)?.pod;
  }

  /** Puts a pod on a node, or takes over what is new about one that is there. */
  place(pod: PodInfo, nodeName: string): void {
    this.unplace(pod.key);
    this.#places.set(pod.key, { pod, nodeName });
    const info = this.#nodes.get(nodeName);
    if (info) this.#settle(info, pod);
    else this.#setHomeless(nodeName, pod);
  }

  /** The newest version of a pod that has its place: most versions change nothing that counts. */
  refresh(pod: Pod, key: ObjectKey, nodeName: string): void {
    const place = this.#places.get(key);
    if (place?.nodeName === nodeName && isSameToScheduler(place.pod.pod, pod)) place.pod.pod = pod;
    else this.place(new PodInfo(pod), nodeName);
  }

  unplace(key: ObjectKey): void {
    const place = this.#places.get(key);
    if (!place) return;
    this.#places.delete(key);
    const info = this.#nodes.get(place.nodeName);
    if (info) this.#unsettle(info, place.pod);
    else this.#homeless.get(place.nodeName)?.delete(key);
  }

  #settle(info: NodeInfo, pod: PodInfo): void {
    info.addPod(pod);
    this.#matches.podAdded(pod, info.name);
    this.#terms.podAdded(pod, info.name);
    this.storage.podPlaced(pod.pod);
  }

  #unsettle(info: NodeInfo, pod: PodInfo): void {
    info.removePod(pod.key);
    this.#matches.podRemoved(pod, info.name);
    this.#terms.podRemoved(pod, info.name);
    this.storage.podLeft(pod.pod);
  }

  #setHomeless(nodeName: string, pod: PodInfo): void {
    const homeless = this.#homeless.get(nodeName) ?? new Map<ObjectKey, PodInfo>();
    this.#homeless.set(nodeName, homeless.set(pod.key, pod));
  }

  #countImages(info: NodeInfo, by: 1 | -1): void {
    for (const image of info.images.keys()) this.#imageNodes.set(image, this.nodesWithImage(image) + by);
  }
}

function isSameToScheduler(a: Pod, b: Pod): boolean {
  return (
    a.metadata.uid === b.metadata.uid &&
    a.metadata.deletionTimestamp === b.metadata.deletionTimestamp &&
    jsonEqual(a.metadata.labels, b.metadata.labels) &&
    jsonEqual(a.spec.containers, b.spec.containers) &&
    jsonEqual(a.spec.initContainers, b.spec.initContainers)
  );
}
