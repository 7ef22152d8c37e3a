/**
 * The structure of a type of the API at run time: what its fields are, and how lists and maps merge. Patches,
 * server-side apply, strict decoding and OpenAPI documents all read this. Schemas are made for built-in types by the
 * catalog (schema-catalog.ts) and for custom resources from their OpenAPI schema; either way they are immutable.
 */
import type { Presence } from './presence-facts.ts';

export type TypeSchema = ObjectSchema | MapSchema | ListSchema | ScalarSchema | AnySchema;

export type ScalarType =
  | 'string'
  | 'boolean'
  | 'int32'
  | 'int64'
  | 'double'
  /** Base64 text: Secret data. */
  | 'bytes'
  /** metav1.Time, whole seconds. */
  | 'time'
  | 'micro-time'
  | 'quantity'
  | 'int-or-string';

export interface ScalarSchema {
  readonly type: ScalarType;
  readonly enum?: readonly string[];
  /** What decoding errors call it, if not by its kind: `v1.PullPolicy`. */
  readonly goType?: string;
}

/** A Go struct. */
export interface ObjectSchema {
  readonly type: 'object';
  /** The definition: `io.k8s.api.core.v1.Pod`; empty for a part of a custom resource that has no name of its own. */
  readonly name: string;
  readonly fields: ReadonlyMap<string, FieldSchema>;
  /** x-kubernetes-map-type: atomic. Owned and replaced as one value by server-side apply. */
  readonly isAtomic: boolean;
  /** Custom resources only: fields that the schema does not know are kept. */
  readonly isOpen: boolean;
}

export interface FieldSchema {
  readonly name: string;
  readonly schema: TypeSchema;
  readonly isRequired: boolean;
  /** What becomes of it when it is absent or zero: `pointer` stays as given, `value` is always written. */
  readonly presence: Presence;
  /** What an absent value stands for in documents and in the keys of list maps. */
  readonly default?: unknown;
  /** How a strategic merge patch treats it; nothing stands for merge in objects and replace in lists. */
  readonly patchStrategy?: PatchStrategy;
  /** The key by which a strategic merge patch tells the elements of a list apart. */
  readonly patchMergeKey?: string;
}

export type PatchStrategy = 'merge' | 'replace' | 'retainKeys' | 'merge,retainKeys' | 'replace,retainKeys';

export interface MapSchema {
  readonly type: 'map';
  readonly values: TypeSchema;
  readonly isAtomic: boolean;
}

export interface ListSchema {
  readonly type: 'list';
  readonly items: TypeSchema;
  /** x-kubernetes-list-type. */
  readonly listType: 'atomic' | 'set' | 'map';
  /** x-kubernetes-list-map-keys; empty unless `map`. */
  readonly mapKeys: readonly string[];
}

/** Free JSON: RawExtension, FieldsV1, a custom resource's `x-kubernetes-preserve-unknown-fields`. */
export interface AnySchema {
  readonly type: 'any';
  /** The definition, where it has one. */
  readonly name: string;
}

export const anySchema: AnySchema = { type: 'any', name: '' };

/** What is at `field` of a value of this type; undefined when there is no such thing. */
export function childSchema(schema: TypeSchema, field: string): TypeSchema | undefined {
  if (schema.type === 'object') return schema.fields.get(field)?.schema ?? (schema.isOpen ? anySchema : undefined);
  if (schema.type === 'map') return schema.values;
  return schema.type === 'any' ? schema : undefined;
}
