import type { FieldSet, KubeObject, ManagedFieldsEntry } from '../../../api/index.ts';
import { jsonEqual } from '../../../api/json.ts';
import { trackUpdate, withManagedFields } from '../../../api/managed-fields/track-update.ts';
import type { ObjectSchema } from '../../../api/schema/type-schema.ts';

export type Entries = readonly ManagedFieldsEntry[] | undefined;

/** Who wrote what: enough to work out who owns which field, once somebody asks. */
export interface Claim {
  readonly schema: ObjectSchema;
  /** The object before; absent on create. */
  readonly live: KubeObject | undefined;
  /** The object as its writer wanted it, defaults filled in. Its managedFields count where they are given. */
  readonly requested: KubeObject;
  readonly manager: string;
  readonly nowText: string;
  readonly subresource: string;
  /** What the write cannot own, if not the usual. */
  readonly resetFields?: FieldSet | undefined;
}

/** What is known of the owners of one state of an object: the entries, or the claim that leads to them. */
interface Ownership {
  claim: Claim | undefined;
  /** How many claims lie between this one and what is known. */
  readonly depth: number;
  entries: Entries;
}

/** Beyond this, a chain of old states would cost more memory than working it out costs time. */
const maxDepth = 10;

/**
 * metadata.managedFields of the stored objects. Stored objects do not carry them: most are never looked at, so what is
 * owned is worked out when an object leaves the server, from the writes that led to it.
 * Upstream: apimachinery/pkg/util/managedfields
 */
export class FieldLedger {
  readonly #owners = new WeakMap<KubeObject, Ownership>();

  /** Notes that a write has led to `stored`. */
  claim(stored: KubeObject, given: Claim): void {
    // Mostly the object is stored as it was asked for: then there is no need to keep both.
    const claim = isStoredAsAsked(stored, given.requested) ? { ...given, requested: stored } : given;
    const before = claim.live && this.#owners.get(claim.live);
    if (before?.claim && isContinuation(claim, before.claim)) {
      const joined = { ...claim, live: before.claim.live };
      this.#owners.set(stored, { claim: joined, depth: before.depth, entries: undefined });
      return;
    }
    const depth = before?.claim ? before.depth + 1 : 1;
    this.#owners.set(stored, { claim, depth, entries: undefined });
    if (depth > maxDepth) this.entriesOf(stored);
  }

  /** `stored` has the entries of `source`: what the server itself changes is owned by nobody. */
  inherit(stored: KubeObject, source: KubeObject): void {
    const owners = this.#owners.get(source);
    if (owners && stored !== source) this.#owners.set(stored, owners);
  }

  /** `stored` has exactly these entries: the outcome of a server-side apply. */
  assign(stored: KubeObject, entries: Entries): void {
    this.#owners.set(stored, { claim: undefined, depth: 0, entries });
  }

  entriesOf(stored: KubeObject): Entries {
    const last = this.#owners.get(stored);
    const chain: Ownership[] = [];
    for (let at = last; at?.claim; at = at.claim.live && this.#owners.get(at.claim.live)) chain.push(at);
    for (const ownership of chain.reverse()) this.#workOut(ownership);
    return last?.entries;
  }

  /** The object as clients get it. */
  outgoing<T extends KubeObject>(stored: T): T {
    return withManagedFields(stored, this.entriesOf(stored));
  }

  /** Whether the entries that a client sends along are other ones than those of the live object. */
  areGiven(entries: Entries, live: KubeObject): boolean {
    if (entries === undefined) return false;
    const own = this.entriesOf(live);
    return entries !== own && !jsonEqual(entries, own ?? []);
  }

  #workOut(ownership: Ownership): void {
    const { live, requested, schema, manager, nowText, subresource, resetFields } = ownership.claim!;
    const before = live && withManagedFields(live, this.#owners.get(live)?.entries);
    const tracked = trackUpdate(before, requested, {
      schema,
      manager,
      nowText,
      ...(subresource && { subresource }),
      ...(resetFields && { resetFields }),
    });
    ownership.entries =
      tracked === requested && !requested.metadata.managedFields
        ? before?.metadata.managedFields
        : tracked.metadata.managedFields;
    ownership.claim = undefined;
  }
}

/** Whether only the API server's own metadata was added. */
function isStoredAsAsked(stored: KubeObject, requested: KubeObject): boolean {
  const { labels, annotations, ownerReferences, finalizers, managedFields } = requested.metadata;
  const own = stored.metadata;
  return (
    managedFields === undefined &&
    labels === own.labels &&
    annotations === own.annotations &&
    ownerReferences === own.ownerReferences &&
    finalizers === own.finalizers &&
    hasSameParts(stored, requested)
  );
}

/** A status that the same writer writes again and again counts as one write from the first state to the last. */
function isContinuation(claim: Claim, before: Claim): boolean {
  return (
    claim.subresource === 'status' &&
    before.subresource === 'status' &&
    claim.manager === before.manager &&
    before.live !== undefined &&
    before.requested.metadata.managedFields === undefined
  );
}

function hasSameParts(a: object, b: object): boolean {
  const [mine, theirs] = [a as Record<string, unknown>, b as Record<string, unknown>];
  for (const key in mine) if (key !== 'metadata' && mine[key] !== theirs[key]) return false;
  for (const key in theirs) if (key !== 'metadata' && mine[key] !== theirs[key]) return false;
  return true;
}
