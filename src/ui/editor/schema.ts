import type { KubeApi } from '../../client/index.ts';
import { requestJson } from '../stores/api-request.ts';
import { groupPath } from '../stores/kinds.ts';

/** A schema of the cluster's OpenAPI v3 document, as much of it as an editor needs. */
export interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly type?: string;
  readonly format?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly oneOf?: readonly Schema[];
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-group-version-kind'?: readonly {
    readonly group: string;
    readonly version: string;
    readonly kind: string;
  }[];
}

interface Document {
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

const refPrefix = '#/components/schemas/';

/** The kinds of one group and version, and the schemas they are made of. */
export class SchemaSet {
  readonly kinds: ReadonlyMap<string, Schema>;
  readonly #schemas: Readonly<Record<string, Schema>>;

  constructor(document: Document, apiVersion: string) {
    this.#schemas = document.components?.schemas ?? {};
    const kinds = new Map<string, Schema>();
    for (const schema of Object.values(this.#schemas)) {
      for (const { group, version, kind } of schema['x-kubernetes-group-version-kind'] ?? []) {
        const isOwn = (group ? `${group}/${version}` : version) === apiVersion;
        if (isOwn && schema.properties?.['metadata'] && !kind.endsWith('List')) kinds.set(kind, schema);
      }
    }
    this.kinds = kinds;
  }

  /** The schema itself where this one only refers to it; its own description is kept. */
  resolve(schema: Schema | undefined): Schema | undefined {
    let found = schema;
    for (let depth = 0; found && depth < 8; depth++) {
      const ref: string | undefined = found.$ref ?? (found.allOf?.length === 1 ? found.allOf[0]!.$ref : undefined);
      if (!ref) return found;
      const target: Schema | undefined = this.#schemas[ref.slice(refPrefix.length)];
      found = target && { ...target, ...(found.description && { description: found.description }) };
    }
    return found;
  }

  /** What may stand at a path of field names and list places below a kind. */
  at(kind: string, path: readonly (string | number)[]): Schema | undefined {
    let schema = this.resolve(this.kinds.get(kind));
    for (const part of path) {
      if (!schema) return undefined;
      schema = this.resolve(typeof part === 'number' ? schema.items : fieldOf(schema, part));
    }
    return schema;
  }
}

export const fieldOf = (schema: Schema, name: string): Schema | undefined =>
  schema.properties?.[name] ??
  (typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined);

/** Whether fields that the schema does not name are welcome. */
export const isOpen = (schema: Schema): boolean =>
  schema['x-kubernetes-preserve-unknown-fields'] === true ||
  Boolean(schema.additionalProperties) ||
  (schema.properties === undefined && (schema.type === 'object' || schema.type === undefined));

/** How a type is called in a message. */
export function typeName(schema: Schema): string {
  if (isIntOrString(schema)) return 'integer or string';
  if (schema.type === 'array') return 'list';
  if (schema.type === 'object' || schema.properties) return 'object';
  return schema.type ?? 'anything';
}

export const isIntOrString = (schema: Schema): boolean =>
  schema['x-kubernetes-int-or-string'] === true || schema.format === 'int-or-string' || schema.oneOf !== undefined;

/** The cluster's schemas, each group and version fetched when it is first needed. */
export class SchemaLibrary {
  readonly #api: KubeApi;
  readonly #sets = new Map<string, Promise<SchemaSet | undefined>>();
  #versions: Promise<readonly string[]> | undefined;

  constructor(api: KubeApi) {
    this.#api = api;
  }

  /** Every `apiVersion` that the cluster serves. */
  versions(): Promise<readonly string[]> {
    return (this.#versions ??= requestJson<{ paths: Record<string, unknown> }>(this.#api, '/openapi/v3')
      .then(({ paths }) =>
        Object.keys(paths)
          .filter((path) => /^(api|apis\/[^/]+)\/[^/]+$/.test(path))
          .map((path) => path.replace(/^apis?\//, '')),
      )
      .catch(() => []));
  }

  /** Undefined for what the cluster does not serve. */
  of(apiVersion: string): Promise<SchemaSet | undefined> {
    let set = this.#sets.get(apiVersion);
    if (!set) {
      set = requestJson<Document>(this.#api, `/openapi/v3${groupPath(apiVersion)}`)
        .then((document) => new SchemaSet(document, apiVersion))
        .catch(() => {
          // Perhaps it is served later: a custom resource may come.
          this.#sets.delete(apiVersion);
          return undefined;
        });
      this.#sets.set(apiVersion, set);
    }
    return set;
  }
}
