import type { DiscoveryEndpointPort, Endpoint, EndpointSlice } from '../../../api/generated/types.ts';
import type { ObjectKey } from '../../../api/index.ts';
import { jsonEqual } from '../../../api/json.ts';

/** Entries of one slice: upstream's --max-endpoints-per-slice. */
const maxEndpoints = 100;

/** What a pod should have in the slices. */
export interface DesiredEndpoint {
  readonly endpoint: Endpoint;
  readonly ports: readonly DiscoveryEndpointPort[];
}

/** A slice as it should become. Without a stored one it is new. */
export interface PlannedSlice {
  readonly stored: EndpointSlice | undefined;
  readonly ports: readonly DiscoveryEndpointPort[];
  readonly endpoints: readonly Endpoint[];
}

interface Draft {
  stored: EndpointSlice | undefined;
  ports: readonly DiscoveryEndpointPort[];
  endpoints: Endpoint[];
  isChanged: boolean;
}

/**
 * Puts the endpoints of pods into slices and leaves as many slices untouched as it can.
 * Upstream: endpointslice/reconciler.go reconcileByPortMapping
 */
export class SlicePlacement {
  /** In order of their creation. */
  readonly #slices = new Map<string, EndpointSlice>();
  /** In which slice each pod is. */
  readonly #placeOf = new Map<ObjectKey, string>();

  /** Forgets everything and starts from what is stored. */
  load(slices: Iterable<EndpointSlice>): void {
    this.#slices.clear();
    this.#placeOf.clear();
    for (const slice of slices) this.stored(slice);
  }

  get slices(): Iterable<EndpointSlice> {
    return this.#slices.values();
  }

  get podKeys(): Iterable<ObjectKey> {
    return this.#placeOf.keys();
  }

  get(name: string): EndpointSlice | undefined {
    return this.#slices.get(name);
  }

  /** A slice has been written. */
  stored(slice: EndpointSlice): void {
    this.removed(slice.metadata.name);
    this.#slices.set(slice.metadata.name, slice);
    for (const endpoint of slice.endpoints ?? []) this.#placeOf.set(podKeyOf(endpoint), slice.metadata.name);
  }

  removed(name: string): void {
    for (const endpoint of this.#slices.get(name)?.endpoints ?? []) {
      const key = podKeyOf(endpoint);
      if (this.#placeOf.get(key) === name) this.#placeOf.delete(key);
    }
    this.#slices.delete(name);
  }

  /**
   * @param desired what these pods should have; undefined for nothing. Pods that are not in it stay as they are.
   * @returns the slices to write, and the names of those that nothing is left in
   */
  plan(desired: ReadonlyMap<ObjectKey, DesiredEndpoint | undefined>): {
    readonly write: readonly PlannedSlice[];
    readonly remove: readonly string[];
  } {
    const drafts = new Map<string, Draft>();
    const additions = new Map<string, DesiredEndpoint[]>();
    for (const [key, wanted] of desired) {
      const name = this.#placeOf.get(key);
      const draft = name === undefined ? undefined : this.#draft(drafts, name);
      if (draft && wanted && jsonEqual(draft.ports, wanted.ports)) replaceIn(draft, key, wanted.endpoint);
      else {
        if (draft) removeFrom(draft, key);
        if (wanted) push(additions, portsKey(wanted.ports), wanted);
      }
    }
    for (const group of additions.values()) this.#place(group, drafts);
    return this.#outcome(drafts);
  }

  /** First into slices that are written anyway, then into one with room for all that is left, else into new ones. */
  #place(group: readonly DesiredEndpoint[], drafts: Map<string, Draft>): void {
    const { ports } = group[0]!;
    const left = group.map(({ endpoint }) => endpoint);
    const fill = (draft: Draft): void => {
      const room = maxEndpoints - draft.endpoints.length;
      if (room <= 0 || left.length === 0) return;
      draft.endpoints.push(...left.splice(0, room));
      draft.isChanged = true;
    };
    const changed = [...drafts.values()].filter((draft) => draft.isChanged && jsonEqual(draft.ports, ports));
    changed.toSorted((a, b) => b.endpoints.length - a.endpoints.length).forEach(fill);
    if (left.length > 0 && left.length < maxEndpoints) {
      const name = this.#fullestWithRoom(ports, left.length, drafts);
      if (name !== undefined) fill(this.#draft(drafts, name));
    }
    while (left.length > 0) {
      const draft: Draft = { stored: undefined, ports, endpoints: [], isChanged: true };
      drafts.set(`new ${drafts.size}`, draft);
      fill(draft);
    }
  }

  #fullestWithRoom(
    ports: readonly DiscoveryEndpointPort[],
    count: number,
    drafts: ReadonlyMap<string, Draft>,
  ): string | undefined {
    let best: EndpointSlice | undefined;
    for (const slice of this.#slices.values()) {
      const { name } = slice.metadata;
      if (drafts.get(name)?.isChanged || !jsonEqual(slice.ports ?? [], ports)) continue;
      if (slice.endpoints.length + count > maxEndpoints) continue;
      if (!best || slice.endpoints.length > best.endpoints.length) best = slice;
    }
    return best?.metadata.name;
  }

  /** Emptied slices are given to new ones rather than deleted beside them; one always stays, so that the service has some. */
  #outcome(drafts: ReadonlyMap<string, Draft>): {
    readonly write: readonly PlannedSlice[];
    readonly remove: readonly string[];
  } {
    const changed = [...drafts.values()].filter((draft) => draft.isChanged);
    const empty = [
      ...changed.filter((draft) => draft.stored && draft.endpoints.length === 0),
      ...this.#placeholders(drafts),
    ];
    for (const draft of changed) {
      if (!draft.stored && empty.length > 0) draft.stored = empty.shift()!.stored;
    }
    const kept = changed.filter((draft) => draft.endpoints.length > 0);
    const willRemain = this.#slices.size - empty.length + kept.filter((draft) => !draft.stored).length;
    const write: PlannedSlice[] = [...kept];
    if (willRemain === 0) {
      const stored = empty.shift()?.stored;
      const isThere = stored && stored.endpoints.length === 0 && !stored.ports?.length;
      if (!isThere) write.push({ stored, ports: [], endpoints: [] });
    }
    return { write, remove: empty.map((draft) => draft.stored!.metadata.name) };
  }

  #placeholders(drafts: ReadonlyMap<string, Draft>): readonly Draft[] {
    return [...this.#slices.values()]
      .filter(({ metadata, endpoints }) => endpoints.length === 0 && !drafts.has(metadata.name))
      .map((stored) => ({ stored, ports: [], endpoints: [], isChanged: false }));
  }

  #draft(drafts: Map<string, Draft>, name: string): Draft {
    let draft = drafts.get(name);
    if (!draft) {
      const stored = this.#slices.get(name)!;
      draft = { stored, ports: stored.ports ?? [], endpoints: [...stored.endpoints], isChanged: false };
      drafts.set(name, draft);
    }
    return draft;
  }
}

function replaceIn(draft: Draft, key: ObjectKey, endpoint: Endpoint): void {
  const at = draft.endpoints.findIndex((candidate) => podKeyOf(candidate) === key);
  if (jsonEqual(draft.endpoints[at], endpoint)) return;
  draft.endpoints[at] = endpoint;
  draft.isChanged = true;
}

function removeFrom(draft: Draft, key: ObjectKey): void {
  draft.endpoints = draft.endpoints.filter((candidate) => podKeyOf(candidate) !== key);
  draft.isChanged = true;
}

function podKeyOf({ targetRef, addresses }: Endpoint): ObjectKey {
  return targetRef ? `${targetRef.namespace}/${targetRef.name}` : addresses.join(',');
}

function portsKey(ports: readonly DiscoveryEndpointPort[]): string {
  return ports.map(({ name, port, protocol, appProtocol }) => [name, port, protocol, appProtocol].join(':')).join(',');
}

function push<T>(groups: Map<string, T[]>, key: string, item: T): void {
  const group = groups.get(key);
  if (group) group.push(item);
  else groups.set(key, [item]);
}
