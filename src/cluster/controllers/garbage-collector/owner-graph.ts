import type { KubeObject, OwnerReference } from '../../../api/index.ts';

/** An object that names owners, or that others name as their owner. */
export interface Dependent {
  /** `pods/default/web-1`: finds the object. */
  readonly key: string;
  readonly uid: string;
  readonly owners: readonly OwnerReference[];
}

/**
 * Who depends on whom, by uid. Objects that nobody owns and that own nothing are not in it.
 * Upstream: pkg/controller/garbagecollector/graph.go
 */
export class OwnerGraph {
  readonly #dependents = new Map<string, Map<string, Dependent>>();
  readonly #byUid = new Map<string, Dependent>();

  /** Takes over what an object says of its owners. @returns the owners it did not name before */
  set(key: string, { metadata }: KubeObject): readonly OwnerReference[] {
    const owners = metadata.ownerReferences ?? [];
    const known = this.#byUid.get(metadata.uid);
    if (owners.length === 0 && !known) return owners;
    if (known?.owners === owners) return [];
    this.delete(metadata.uid);
    const dependent: Dependent = { key, uid: metadata.uid, owners };
    if (owners.length > 0) this.#byUid.set(metadata.uid, dependent);
    for (const { uid } of owners) {
      let dependents = this.#dependents.get(uid);
      if (!dependents) this.#dependents.set(uid, (dependents = new Map()));
      dependents.set(metadata.uid, dependent);
    }
    return owners.filter(({ uid }) => !known?.owners.some((owner) => owner.uid === uid));
  }

  delete(uid: string): void {
    for (const owner of this.#byUid.get(uid)?.owners ?? []) {
      const dependents = this.#dependents.get(owner.uid);
      dependents?.delete(uid);
      if (dependents?.size === 0) this.#dependents.delete(owner.uid);
    }
    this.#byUid.delete(uid);
  }

  dependentsOf(uid: string): readonly Dependent[] {
    return [...(this.#dependents.get(uid)?.values() ?? [])];
  }

  /** Those that name an owner which `test` is true of. */
  dependentsWith(test: (owner: OwnerReference) => boolean): readonly Dependent[] {
    return [...this.#byUid.values()].filter(({ owners }) => owners.some(test));
  }

  hasDependents(uid: string): boolean {
    return this.#dependents.has(uid);
  }
}
