import {
  alreadyExists,
  ApiError,
  conflict,
  groupResourceName,
  invalid,
  notFound,
  throwIfInvalid,
  type Draft,
  type KubeObject,
  type ObjectKey,
  type ObjectMeta,
  type TraceMessage,
} from '../../../api/index.ts';
import { jsonEqual } from '../../../api/json.ts';
import type { RandomStream } from '../../../kernel/index.ts';
import type { Collection } from '../../store/index.ts';
import type { Trace } from '../../trace.ts';
import type { Admission, Attributes } from '../admission/admission.ts';
import type { RequestContext, ResourceDefinition, ServiceAllocator } from '../resource-definition.ts';
import { checkPreconditions, graceOf, isReleasedBy, markedAsDeleting, withCollectorFinalizers } from './deletion.ts';
import { generateName } from './generate-name.ts';
import { inNamespace, keptMeta, newMeta, withGeneration } from './object-meta.ts';
import { validateObjectMeta, validateObjectMetaUpdate } from './validate-object-meta.ts';
import type { DeleteOptions, Deletion, UpdateOptions, WriteOptions } from './write-options.ts';

export interface ResourceStoreParts {
  readonly random: RandomStream;
  readonly trace: Trace;
  readonly clock: { readonly nowMs: number };
  readonly admission: Admission;
  readonly allocator: ServiceAllocator;
}

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
export class ResourceStore<T extends KubeObject = KubeObject> {
  readonly definition: ResourceDefinition<T>;
  readonly collection: Collection<T>;
  readonly #parts: ResourceStoreParts;

  constructor(definition: ResourceDefinition<T>, collection: Collection<T>, parts: ResourceStoreParts) {
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
    const placed = inNamespace(object as unknown as T, definition.isNamespaced ? namespace : '');
    const attributes = this.#attributes('CREATE', '', placed, undefined, options);
    const admitted = this.#parts.admission.admit(definition.defaults?.(placed) ?? placed, attributes);
    const { name, generateName: base } = admitted.metadata;
    if (name || !base) return this.#createNamed(admitted, name ?? '', attributes, options);
    for (let attempt = 1; ; attempt++) {
      const generated = generateName(base, this.#parts.random);
      const isFree = !this.collection.get(keyIn(admitted.metadata.namespace ?? '', generated));
      if (isFree) return this.#createNamed(admitted, generated, attributes, options);
      if (attempt === nameAttempts) throw this.#nameConflict(generated);
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
    const given = change(old);
    if (given === old) return { object: old, isNew: false };
    this.#checkVersion(given.metadata, old, name);
    const subresource = options.subresource ?? '';
    const next = this.#prepareUpdate(given, old, subresource, options);
    const attributes = this.#attributes('UPDATE', subresource, next, old, options);
    this.#parts.admission.validate(next, attributes);
    return { object: this.#write(key, next, old, options), isNew: false };
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
    const waits = hasFinalizers || this.definition.isReleasedBy?.(marked, stored) === false;
    let last = stored;
    if (graceful || waits) {
      const leaving = graceful ? marked : markedAsDeleting(marked, options.context.nowMs);
      const next = this.definition.prepareForDelete?.(leaving) ?? leaving;
      last = this.#replace(key, next, stored, options);
      if (waits || (graceful && grace.seconds > 0)) return { object: last, isGone: false, wasUpdated: true };
    } else if (marked !== stored && options.isDryRun) {
      last = marked;
    }
    return { object: this.#remove(key, last, options), isGone: true, wasUpdated: true };
  }

  /** Writes past strategy and validation: what sub-resources with rules of their own do (binding, finalize). */
  replace(stored: T, next: T, options: WriteOptions): T {
    return next === stored
      ? stored
      : this.#write(keyIn(stored.metadata.namespace ?? '', stored.metadata.name), next, stored, options);
  }

  #createNamed(admitted: T, name: string, attributes: Attributes<T>, options: WriteOptions): T {
    const { definition } = this;
    const { context } = options;
    let object: T = { ...admitted, metadata: newMeta(admitted.metadata, this.#parts.random.uuid(), name, context) };
    object = this.#allocated(object, undefined);
    object = definition.prepareForCreate?.(object, context) ?? object;
    const errors = validateObjectMeta(object.metadata, definition);
    throwIfInvalid(definition, name, [
      ...errors,
      ...(definition.validate?.(object) ?? []),
      ...(definition.validateCreate?.(object) ?? []),
    ]);
    warnAll(definition.warnings?.(object, undefined), options);
    this.#parts.admission.validate(object, attributes);
    const key = keyIn(object.metadata.namespace ?? '', name);
    const taken = this.collection.get(key);
    if (taken) throw this.#taken(taken);
    if (options.isDryRun) return object;
    return this.#commit('create', key, () => this.collection.create(key, object));
  }

  #prepareUpdate(given: T, old: T, subresource: string, options: WriteOptions): T {
    const { definition } = this;
    const { context } = options;
    const namespace = old.metadata.namespace ?? '';
    const name = old.metadata.name;
    let next = inNamespace(given, namespace);
    if (subresource === '') next = definition.defaults?.(next) ?? next;
    next = this.#parts.admission.admit(next, this.#attributes('UPDATE', subresource, next, old, options));
    next = withGeneration(next, old.metadata.generation);
    if (subresource === '') next = this.#allocated(next, old);
    next = this.#prepared(next, old, subresource, context);
    const metadata = keptMeta(next.metadata, old.metadata);
    if (metadata !== next.metadata) next = { ...next, metadata };
    const errors = [...validateObjectMetaUpdate(metadata, old.metadata)];
    if (subresource === 'status') {
      errors.push(...(definition.status?.validateUpdate?.(next, old) ?? []));
    } else {
      errors.push(...(definition.validate?.(next) ?? []), ...(definition.validateUpdate?.(next, old) ?? []));
    }
    throwIfInvalid(definition, name, errors);
    if (subresource === '') warnAll(definition.warnings?.(next, old), options);
    return next;
  }

  #prepared(next: T, old: T, subresource: string, context: RequestContext): T {
    const { definition } = this;
    if (subresource === 'status') {
      const prepare = definition.status?.prepareForUpdate;
      return prepare ? prepare(next, old, context) : { ...old, status: (next as WithStatus).status };
    }
    return definition.prepareForUpdate?.(next, old, context) ?? next;
  }

  #allocated(next: T, old: T | undefined): T {
    if (!this.definition.allocate) return next;
    const { object, errors } = this.definition.allocate(next, old, this.#parts.allocator);
    throwIfInvalid(this.definition, next.metadata.name, errors);
    return object;
  }

  #checkVersion(given: ObjectMeta, old: T, name: string): void {
    const { definition } = this;
    const { uid, resourceVersion } = old.metadata;
    if (given.uid && given.uid !== uid) {
      const failure = `Precondition failed: UID in precondition: ${given.uid}, UID in object meta: ${uid}`;
      const key = this.collection.prefix + keyIn(old.metadata.namespace ?? '', name);
      const why = `StorageError: invalid object, Code: 4, Key: ${key}, ResourceVersion: 0, AdditionalErrorMsg: ${failure}`;
      throw conflict(definition, name, why);
    }
    if (!given.resourceVersion || given.resourceVersion === '0') {
      if (!definition.forbidsUnconditionalUpdate) return;
      const error = invalid('metadata.resourceVersion', 0, 'must be specified for an update');
      throwIfInvalid({ group: definition.group, kind: definition.resource }, name, [error]);
    }
    if (given.resourceVersion && given.resourceVersion !== '0' && given.resourceVersion !== resourceVersion) {
      const why = 'the object has been modified; please apply your changes to the latest version and try again';
      throw conflict(definition, name, why);
    }
  }

  /** Writes an update; one that changes nothing leaves the revision alone, and one that releases the object deletes it. */
  #write(key: ObjectKey, next: T, old: T, options: WriteOptions): T {
    const isReleased = this.definition.isReleasedBy?.(next, old) ?? true;
    if (isReleased && isReleasedBy(next, old)) {
      this.#remove(key, old, options, next);
      return next;
    }
    return this.#replace(key, next, old, options);
  }

  #replace(key: ObjectKey, next: T, old: T, options: WriteOptions): T {
    const { resourceVersion } = old.metadata;
    if (next.metadata.resourceVersion !== resourceVersion) {
      next = { ...next, metadata: { ...next.metadata, resourceVersion } };
    }
    if (jsonEqual(next, old)) return old;
    if (options.isDryRun) return next;
    return this.#commit('update', key, () => this.collection.update(key, next, resourceVersion));
  }

  #remove(key: ObjectKey, stored: T, options: WriteOptions, lastState: T = stored): T {
    if (options.isDryRun) return lastState;
    return this.#commit('delete', key, () => this.collection.delete(key, stored.metadata.resourceVersion, lastState));
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
      ...(old && { old }),
      user: options.context.user,
      isDryRun: options.isDryRun ?? false,
    };
  }

  #taken(taken: T): ApiError {
    const error = alreadyExists(this.definition, taken.metadata.name);
    if (taken.metadata.deletionTimestamp === undefined) return error;
    return new ApiError(error.code, error.reason, `object is being deleted: ${error.message}`, error.details);
  }

  #nameConflict(name: string): ApiError {
    const { group, resource } = this.definition;
    const message = `${groupResourceName(this.definition)} "${name}" already exists, the server was not able to generate a unique name for the object`;
    const details = { ...(group && { group }), kind: resource, name, retryAfterSeconds: 1 };
    return new ApiError(409, 'AlreadyExists', message, details);
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
