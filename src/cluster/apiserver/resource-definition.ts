import type { CodePart } from '../../kernel/index.ts';
import type { Draft, FieldError, JsonObject, KubeObject, ObjectSchema } from '../../api/index.ts';

/**
 * Everything the API server needs to know of one resource: its names, and its rules. Each file in `registry/` exports
 * one; adding a kind means adding a file there. Heavy rules of kinds that a cluster may do without stand apart, in a file
 * of the same name in `registry/rules/`, and `rules` says so.
 */
export interface ResourceDefinition<T extends KubeObject = KubeObject> extends ResourceRules<T> {
  /** `''` is the core group. */
  readonly group: string;
  readonly version: string;
  /** `pods` */
  readonly resource: string;
  readonly kind: string;
  /** `pod` */
  readonly singular: string;
  /** What lists of it are called, if not by the kind and `List`. */
  readonly listKind?: string;
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
  readonly isNamespaced: boolean;
  /** The OpenAPI definition, e.g. `io.k8s.api.core.v1.Pod`. */
  readonly schema: string;
  /** Defaults to all: create, delete, deletecollection, get, list, patch, update, watch. */
  readonly verbs?: readonly string[];

  /** Custom resources only: what the catalog says of built-in kinds. */
  readonly custom?: CustomForm;
  /** How names are checked; `dns-subdomain` is the default. */
  readonly nameFormat?: 'dns-subdomain' | 'dns-label' | 'dns-1035-label' | 'path-segment' | 'ip-address';
  /** A `Warning:` header for each request by a client, whatever it does: the kind itself is going away. */
  readonly deprecation?: string;
  /** `/scale`: JSON paths as in a CRD, dots only. */
  readonly scale?: { readonly specReplicas: string; readonly statusReplicas: string; readonly labelSelector: string };
  /** Which sub-resources are served beside status and scale: `log`, `exec`, `binding`, `eviction`, `token`, … */
  readonly subresources?: readonly string[];

  /** Default when a delete says nothing: `Background`, except for what upstream orphans. */
  readonly defaultPropagation?: 'Background' | 'Orphan';
  /** A delete answers with the object instead of a Status: pods, services, service accounts. */
  readonly returnsDeletedObject?: boolean;
  /** A PUT to a name that does not exist creates it: events, endpoints, services, leases. */
  readonly allowsCreateOnUpdate?: boolean;
  /** A PUT must name the resourceVersion that it replaces: leases, custom resources. */
  readonly forbidsUnconditionalUpdate?: boolean;

  /** Beside metadata.name and metadata.namespace. */
  readonly selectableFields?: Readonly<Record<string, FieldReader<T>>>;
  /** Where the rules are when they are not here; see `rulesOf`. */
  readonly rules?: LaterRules<T>;
  /** Other code that has to be here before such objects are written by a request. */
  readonly code?: readonly CodePart[];
}

/**
 * What objects of one resource have to look like. All functions are pure: they return new objects and share what did
 * not change.
 */
export interface ResourceRules<T extends KubeObject = KubeObject> {
  /** Fills in what clients may leave out. Upstream: pkg/apis/<group>/<version>/defaults.go. Must be idempotent. */
  defaults?(object: T): T;
  /** Drops what clients may not set on create (status) and sets `generation`. Upstream: registry/…/strategy.go */
  prepareForCreate?(object: T, context: RequestContext): T;
  prepareForUpdate?(next: T, old: T, context: RequestContext): T;
  /** The whole object; names and metadata are checked by the caller with `validateName`. */
  validate?(object: T): readonly FieldError[];
  /** What holds for new objects only. The result is added to `validate(object)`. */
  validateCreate?(object: T): readonly FieldError[];
  /** What may change. The result is added to `validate(next)`. */
  validateUpdate?(next: T, old: T): readonly FieldError[];
  /**
   * Finds what must be unique in the whole cluster (a Service's addresses and node ports). Called before `prepareFor…`
   * and validation, on create and on update; the errors are thrown as one Invalid.
   */
  allocate?(next: T, old: T | undefined, allocator: ServiceAllocator): Allocated<T>;
  /** `Warning:` headers for what is deprecated or doubtful. */
  warnings?(next: T, old: T | undefined): readonly string[];
  /** Of `/status`, which is served where this is not absent. */
  readonly status?: StatusRules<T>;
  /** Of sub-resources that change one part of the spec, by their names. */
  readonly parts?: Readonly<Record<string, PartRules<T>>>;
  /**
   * Upstream's graceful deletion: the grace period for this delete, or undefined to delete at once.
   * Pods give 30 s or what the spec says; 0 when they run nowhere yet.
   */
  gracePeriodSeconds?(object: T, asked: number | undefined): number | undefined;
  /** What else changes when an object is told to go and waits for its finalizers: the phase of a Namespace. */
  prepareForDelete?(object: T): T;
  /** What else must hold before an object that is being deleted goes with its last metadata finalizer (`spec.finalizers` of Namespaces). */
  isReleasedBy?(next: T, old: T): boolean;
  readonly columns?: readonly TableColumn[];
  /** The cells for `columns`. */
  row?(object: T, context: TableContext): readonly TableCell[];
}

/** A resource as it is served under another version or group than it is stored in. */
export interface VersionView<T extends KubeObject = KubeObject, S extends KubeObject = KubeObject> {
  /** What clients see: version, schema, columns. Its rules do not count, those of `stored` do. */
  readonly definition: ResourceDefinition<T>;
  readonly stored: ResourceDefinition<S>;
  fromStored(object: S): T;
  toStored(object: T): S;
  /** What this version asks for beyond the rules of the stored one. */
  validate?(next: T, old: T | undefined): readonly FieldError[];
}

export interface PartRules<T> {
  /** Takes the part from `next`, everything else from `old`. */
  prepareForUpdate(next: T, old: T, context: RequestContext): T;
  /** What may change of the part. The result is added to `validate(next)`. */
  validateUpdate(next: T, old: T): readonly FieldError[];
}

export interface StatusRules<T> {
  /** Defaults to: status from `next`, everything else from `old`. */
  prepareForUpdate?(next: T, old: T, context: RequestContext): T;
  validateUpdate?(next: T, old: T): readonly FieldError[];
}

/** Rules that are fetched when they are first needed. */
export interface LaterRules<T extends KubeObject> {
  readonly part: CodePart;
  get(): ResourceRules<T>;
}

/** @param pick finds the rules of one resource in the part */
export function later<P extends object, T extends KubeObject>(
  part: CodePart<P>,
  pick: (code: P) => ResourceRules<T>,
): LaterRules<T> {
  return { part, get: () => pick(part.code) };
}

/** The rules of a resource, which have been fetched if they had to be. */
export function rulesOf<T extends KubeObject>(definition: ResourceDefinition<T>): ResourceRules<T> {
  return definition.rules?.get() ?? definition;
}

/** The form of a custom resource: how it is read, and what the documents say of it. */
export interface CustomForm {
  readonly structure: ObjectSchema;
  /** Takes away what the schema does not know, and fills in defaults. Throws DecodeError. */
  decode(value: JsonObject): { readonly object: JsonObject; readonly problems: readonly string[] };
  /** The definitions of the kind and of its list, by their names. */
  openApi(documentVersion: 2 | 3): Readonly<Record<string, JsonObject>>;
  /** Its definition is being deleted: nothing new may come. */
  readonly isTerminating: boolean;
}

/** Reads one field for a field selector. Declared as a method so that a definition of pods is a definition of objects. */
export type FieldReader<T> = { read(object: T): string }['read'];

export interface Allocated<T> {
  readonly object: T;
  readonly errors: readonly FieldError[];
}

/** Knows which addresses and ports the stored Services use. `undefined` asks for any that is free; refusals are texts. */
export interface ServiceAllocator {
  clusterIP(asked: string | undefined): { readonly address: string } | { readonly refusal: string };
  nodePort(asked: number | undefined): { readonly port: number } | { readonly refusal: string };
}

export interface RequestContext {
  readonly user: UserInfo;
  readonly nowMs: number;
  /** RFC 3339, whole seconds. */
  readonly now: string;
}

export interface UserInfo {
  readonly name: string;
  readonly uid?: string;
  readonly groups: readonly string[];
  readonly extra?: Readonly<Record<string, readonly string[]>>;
}

export interface TableColumn {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'date';
  readonly format?: string;
  readonly description: string;
  /** 0 is always shown, 1 with `-o wide`. */
  readonly priority: number;
}

export type TableCell = string | number | boolean | null;

export interface TableContext {
  readonly nowMs: number;
}

/** What callers hand in on create: metadata may be incomplete, status is ignored. */
export type Creatable<T extends KubeObject> = Draft<T>;
