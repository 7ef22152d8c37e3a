import {
  notFound,
  throwIfInvalid,
  type Draft,
  type KubeObject,
  type ObjectKey,
  type TraceMessage,
} from '../../../api/index.ts';
import type { RandomStream } from '../../../kernel/index.ts';
import type { CollectionView } from '../../store/index.ts';
import type { Trace } from '../../trace.ts';
import { withManagedFields } from '../../../api/managed-fields/track-update.ts';
import type { ObjectSchema } from '../../../api/schema/type-schema.ts';
import type { Admission, Attributes } from '../admission/admission.ts';
import type { Claim, FieldLedger } from '../managed-fields/field-ledger.ts';
import {
  rulesOf,
  type RequestContext,
  type ResourceDefinition,
  type ServiceAllocator,
} from '../resource-definition.ts';
import { checkPreconditions, graceOf, isReleasedBy, markedAsDeleting, withCollectorFinalizers } from './deletion.ts';
import { generateName } from './generate-name.ts';
import { inNamespace, isUnchanged, keptMeta, newMeta, withGeneration, withMeta } from './object-meta.ts';
import type { ObjectStore } from './object-store.ts';
import { resetFieldsOf } from './reset-fields.ts';
import { checkVersion, nameTaken, noNameFound } from './refusals.ts';
import { validateObjectMeta, validateObjectMetaUpdate } from './validate-object-meta.ts';
import type { DeleteOptions, Deletion, UpdateOptions, WriteOptions } from './write-options.ts';

export interface ResourceStoreParts {
  readonly random: RandomStream;
  readonly trace: Trace;
  readonly clock: { readonly nowMs: number };
  readonly admission: Admission;
  readonly allocator: ServiceAllocator;
  readonly ledger: FieldLedger;
  readonly schemaOf: (definition: Pick<ResourceDefinition, 'schema' | 'custom'>) => ObjectSchema;
  /** Called after each write with what is stored now and what was before: for what has to be written along with it. */
  readonly afterWrite: (
    definition: Pick<ResourceDefinition, 'group' | 'resource'>,
    next: KubeObject | undefined,
    old: KubeObject | undefined,
  ) => void;
}

/** Sees an object before anybody else does. */
type Note<T> = (stored: T) => void;

interface WithStatus {
  readonly status?: unknown;
}

/** How often a generated name that is taken is replaced by another. */
const nameAttempts = 8;

/**
 * What is the same for every resource between a decoded request and the store: admission, strategy, validation, names,
 * finalizers, graceful deletion.
 * Upstream: apiserver/pkg/registry/generic/registry/store.go
 */
export class ResourceStore<T extends KubeObject = KubeObject> implements ObjectStore<T> {
  readonly definition: ResourceDefinition<T>;
  readonly collection: CollectionView<T>;
  readonly #parts: ResourceStoreParts;

  constructor(definition: ResourceDefinition<T>, collection: CollectionView<T>, parts: ResourceStoreParts) {
    this.definition = definition;
    this.collection = collection;
    this.#parts = parts;
  }

  get nowMs(): number {
    return this.#parts.clock.nowMs;
  }

  /** The stored object. Throws NotFound. */
  get(namespace: string, name: string): T {
    const object = this.collection.get(keyIn(namespace, name));
    if (!object) throw notFound(this.definition, name);
    return object;
  }

  /** @param object as decoded; defaults are filled in here */
  create(namespace: string, object: Draft<T>, options: WriteOptions): T {
    const { definition } = this;
    const rules = rulesOf(definition);
    const bare = withManagedFields(object as unknown as T, undefined);
    const placed = inNamespace(bare, definition.isNamespaced ? namespace : '');
    const attributes = this.#attributes('CREATE', '', placed, undefined, options);
    const requested = rules.defaults?.(placed) ?? placed;
    const admitted = this.#parts.admission.admit(requested, attributes);
    const note = this.#ownership(undefined, requested, object.metadata.managedFields, options);
    const { name, generateName: base } = admitted.metadata;
    if (name || !base) return this.#createNamed(admitted, name ?? '', attributes, note, options);
    for (let attempt = 1; ; attempt++) {
      const generated = generateName(base, this.#parts.random);
      const isFree = !this.collection.get(keyIn(admitted.metadata.namespace ?? '', generated));
      if (isFree) return this.#createNamed(admitted, generated, attributes, note, options);
      if (attempt === nameAttempts) throw noNameFound(definition, generated);
    }
  }

  /**
   * Reads the stored object, lets `change` make the next one of it, and writes that.
   * @param change gets undefined when the object is to be created; what it returns may lack a resourceVersion
   * @returns the stored object and whether it is new
   */
  update(
    namespace: string,
    name: string,
    change: (stored: T | undefined) => T,
    options: UpdateOptions,
  ): { readonly object: T; readonly isNew: boolean } {
    const { definition } = this;
    const key = keyIn(namespace, name);
    const old = this.collection.get(key);
    if (!old) {
      if (!options.mayCreate && !definition.allowsCreateOnUpdate) throw notFound(definition, name);
      return { object: this.create(namespace, change(undefined), options), isNew: true };
    }
    const changed = change(old);
    if (changed === old) return { object: old, isNew: false };
    const given = withManagedFields(changed, undefined);
    const entries = changed.metadata.managedFields;
    const isClaiming = options.isApply || this.#parts.ledger.areGiven(entries, old);
    checkVersion(definition, given.metadata, old, this.collection.prefix + key);
    const subresource = options.subresource ?? '';
    const { requested, next } = this.#prepareUpdate(given, old, subresource, options);
    const attributes = this.#attributes('UPDATE', subresource, next, old, options);
    this.#parts.admission.validate(next, attributes);
    const note = this.#ownership(old, requested, isClaiming ? entries : undefined, options);
    return { object: this.#write(key, next, old, options, note, isClaiming), isNew: false };
  }

  delete(namespace: string, name: string, options: DeleteOptions): Deletion<T> {
    const key = keyIn(namespace, name);
    const stored = this.get(namespace, name);
    checkPreconditions(this.definition, stored, options);
    const grace = graceOf(this.definition, stored, options);
    if (grace.type === 'pending') return { object: stored, isGone: false, wasUpdated: false };
    this.#parts.admission.validate(stored, this.#attributes('DELETE', '', stored, stored, options));
    const graceful = grace.type === 'graceful';
    const marked = withCollectorFinalizers(this.definition, graceful ? grace.object : stored, options);
    const hasFinalizers = (marked.metadata.finalizers?.length ?? 0) > 0;
    const waits = hasFinalizers || rulesOf(this.definition).isReleasedBy?.(marked, stored) === false;
    let last = stored;
    if (graceful || waits) {
      const leaving = graceful ? marked : markedAsDeleting(marked, options.context.nowMs);
      const next = rulesOf(this.definition).prepareForDelete?.(leaving) ?? leaving;
      last = this.#replace(key, next, stored, options, this.#inheritance(stored));
      if (waits || (graceful && grace.seconds > 0)) return { object: last, isGone: false, wasUpdated: true };
    } else if (marked !== stored && options.isDryRun) {
      last = marked;
    }
    return { object: this.#remove(key, last, options), isGone: true, wasUpdated: true };
  }

  /** Writes past strategy and validation: what sub-resources with rules of their own do (binding, finalize). */
  replace(stored: T, next: T, options: WriteOptions): T {
    if (next === stored) return stored;
    const note = this.#ownership(stored, next, undefined, options);
    return this.#write(keyIn(stored.metadata.namespace ?? '', stored.metadata.name), next, stored, options, note);
  }

  #createNamed(admitted: T, name: string, attributes: Attributes<T>, note: Note<T>, options: WriteOptions): T {
    const { definition } = this;
    const rules = rulesOf(definition);
    const { context } = options;
    const version = options.isDryRun ? undefined : String(this.collection.revision + 1);
    const metadata = newMeta(admitted.metadata, { uid: this.#parts.random.uuid(), name, version }, context);
    let object: T = { ...admitted, metadata };
    object = this.#allocated(object, undefined);
    object = rules.prepareForCreate?.(object, context) ?? object;
    const errors = validateObjectMeta(object.metadata, definition);
    throwIfInvalid(definition, name, [
      ...errors,
      ...(rules.validate?.(object) ?? []),
      ...(rules.validateCreate?.(object) ?? []),
    ]);
    if (options.warn) warnAll(rules.warnings?.(object, undefined), options);
    // By now a generated name is known.
    this.#parts.admission.validate(object, { ...attributes, name, object });
    const key = keyIn(object.metadata.namespace ?? '', name);
    const taken = this.collection.get(key);
    if (taken) throw nameTaken(definition, taken);
    if (options.isDryRun) return noted(object, note);
    const stored = this.#commit('create', key, () => this.collection.create(key, object, note));
    this.#parts.afterWrite(definition, stored, undefined);
    return stored;
  }

  #prepareUpdate(
    given: T,
    old: T,
    subresource: string,
    options: WriteOptions,
  ): { readonly requested: T; readonly next: T } {
    const { definition } = this;
    const rules = rulesOf(definition);
    const { context } = options;
    const namespace = old.metadata.namespace ?? '';
    const name = old.metadata.name;
    const placed = inNamespace(given, namespace);
    const part = rules.parts?.[subresource];
    const requested = subresource === '' || part ? (rules.defaults?.(placed) ?? placed) : placed;
    let next = this.#parts.admission.admit(requested, this.#attributes('UPDATE', subresource, requested, old, options));
    next = withGeneration(next, old.metadata.generation);
    if (subresource === '') next = this.#allocated(next, old);
    next = this.#prepared(next, old, subresource, context);
    const metadata = keptMeta(next.metadata, old.metadata);
    if (metadata !== next.metadata) next = { ...next, metadata };
    const errors = [...validateObjectMetaUpdate(metadata, old.metadata)];
    if (subresource === 'status') {
      errors.push(...(rules.status?.validateUpdate?.(next, old) ?? []));
    } else {
      const more = part ? part.validateUpdate(next, old) : (rules.validateUpdate?.(next, old) ?? []);
      errors.push(...(rules.validate?.(next) ?? []), ...more);
    }
    throwIfInvalid(definition, name, errors);
    if (options.warn && subresource === '') warnAll(rules.warnings?.(next, old), options);
    // Of such an update the status or the part alone counts; the rest may be stale.
    return { requested: subresource === 'status' || part ? next : requested, next };
  }

  #prepared(next: T, old: T, subresource: string, context: RequestContext): T {
    const rules = rulesOf(this.definition);
    if (subresource === 'status') {
      const prepare = rules.status?.prepareForUpdate;
      return prepare ? prepare(next, old, context) : { ...old, status: (next as WithStatus).status };
    }
    const part = rules.parts?.[subresource];
    if (part) return part.prepareForUpdate(next, old, context);
    return rules.prepareForUpdate?.(next, old, context) ?? next;
  }

  #allocated(next: T, old: T | undefined): T {
    const rules = rulesOf(this.definition);
    if (!rules.allocate) return next;
    const { object, errors } = rules.allocate(next, old, this.#parts.allocator);
    throwIfInvalid(this.definition, next.metadata.name, errors);
    return object;
  }

  /** Writes an update; one that changes nothing leaves the revision alone, and one that releases the object deletes it. */
  #write(key: ObjectKey, next: T, old: T, options: WriteOptions, note: Note<T>, isForced = false): T {
    const isReleased = rulesOf(this.definition).isReleasedBy?.(next, old) ?? true;
    if (isReleased && isReleasedBy(next, old)) {
      this.#remove(key, old, options, next);
      return next;
    }
    return this.#replace(key, next, old, options, note, isForced);
  }

  #replace(key: ObjectKey, next: T, old: T, options: WriteOptions, note: Note<T>, isForced = false): T {
    if (!isForced && isUnchanged(next, old)) return old;
    const { resourceVersion } = old.metadata;
    if (options.isDryRun) return noted(withMeta(next, { resourceVersion }), note);
    const stored = this.#commit('update', key, () => this.collection.update(key, next, resourceVersion, note));
    this.#parts.afterWrite(this.definition, stored, old);
    return stored;
  }

  #remove(key: ObjectKey, stored: T, options: WriteOptions, lastState: T = stored): T {
    if (options.isDryRun) return lastState;
    const { resourceVersion } = stored.metadata;
    const note = this.#inheritance(stored);
    const gone = this.#commit('delete', key, () => this.collection.delete(key, resourceVersion, lastState, note));
    this.#parts.afterWrite(this.definition, undefined, stored);
    return gone;
  }

  /** Who owns which field after the write. */
  #ownership(
    live: T | undefined,
    requested: T,
    entries: Claim['requested']['metadata']['managedFields'],
    options: UpdateOptions,
  ): Note<T> {
    const { ledger, schemaOf } = this.#parts;
    if (options.isApply) return (stored) => ledger.assign(stored, entries);
    const claim: Claim = {
      schema: schemaOf(this.definition),
      resetFields: resetFieldsOf(this.definition),
      live,
      requested: withManagedFields(requested, entries),
      manager: options.fieldManager,
      nowText: options.context.now,
      subresource: options.trackedSubresource ?? options.subresource ?? '',
    };
    return (stored) => ledger.claim(stored, claim);
  }

  #inheritance(source: T): Note<T> {
    return (stored) => this.#parts.ledger.inherit(stored, source);
  }

  #commit<R>(verb: string, key: ObjectKey, write: () => R): R {
    const { trace, clock } = this.#parts;
    const id = trace.record({
      sentMs: clock.nowMs,
      arrivesMs: clock.nowMs,
      kind: 'write',
      from: apiserver,
      to: etcd,
      verb,
      subject: `${this.definition.resource}/${key}`,
    });
    return trace.during(id, write);
  }

  #attributes(
    operation: Attributes['operation'],
    subresource: string,
    object: T,
    old: T | undefined,
    options: WriteOptions,
  ): Attributes<T> {
    return {
      operation,
      definition: this.definition,
      subresource,
      namespace: object.metadata.namespace ?? '',
      name: object.metadata.name ?? '',
      object,
      old,
      user: options.context.user,
      isDryRun: options.isDryRun ?? false,
      warn: (text) => options.warn?.(text),
    };
  }
}

const apiserver: TraceMessage['from'] = { type: 'apiserver', name: '' };
const etcd: TraceMessage['from'] = { type: 'etcd', name: '' };

export function keyIn(namespace: string, name: string): ObjectKey {
  return namespace ? `${namespace}/${name}` : name;
}

function warnAll(warnings: readonly string[] | undefined, options: WriteOptions): void {
  if (warnings && options.warn) for (const warning of warnings) options.warn(warning);
}

function noted<T>(object: T, note: Note<T>): T {
  note(object);
  return object;
}
