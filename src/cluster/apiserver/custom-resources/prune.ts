import type { Json, JsonObject } from '../../../api/index.ts';
import {
  embeddedResource,
  hasAdditionalProperties,
  itemsOf,
  preserveUnknownFields,
  propertyOf,
  valuesOf,
  type JsonSchema,
} from './json-schema.ts';
import { dropped, isJsonList, isJsonObject, mapEntries, mapItems } from './rebuild.ts';

/** What every object of the API has. */
export const metaFields: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata']);

export interface Pruned {
  readonly value: JsonObject;
  /** `spec.items[0].foo`: what was taken away, sorted. */
  readonly unknown: readonly string[];
}

/**
 * Takes away what the schema does not know.
 * Upstream: apiextensions-apiserver/pkg/apiserver/schema/pruning/algorithm.go
 */
export function prune(object: JsonObject, schema: JsonSchema | undefined): Pruned {
  const pruning = new Pruning();
  const value = pruning.value(object, { ...schema, [embeddedResource]: true }, '') as JsonObject;
  return { value, unknown: pruning.unknown.toSorted() };
}

/** As above, for a value that may stand below the root. */
export function isPruned(value: Json, schema: JsonSchema): boolean {
  const pruning = new Pruning();
  pruning.value(value, schema, '');
  return pruning.unknown.length === 0;
}

class Pruning {
  readonly unknown: string[] = [];

  value(value: Json, schema: JsonSchema | undefined, path: string): Json {
    const keeps = schema?.[preserveUnknownFields] === true;
    if (isJsonList(value)) {
      const items = itemsOf(schema);
      // Within what keeps unknown fields, a list does as well.
      const below = keeps && items ? { ...items, [preserveUnknownFields]: true } : items;
      if (keeps && !items) return value;
      return mapItems(value, (item, index) => this.value(item, below, `${path}[${index}]`));
    }
    if (!isJsonObject(value)) return value;
    return mapEntries(value, (key, item) => this.#field(key, item, schema, path, keeps));
  }

  #field(
    key: string,
    value: Json,
    schema: JsonSchema | undefined,
    path: string,
    keeps: boolean,
  ): Json | typeof dropped {
    const below = path === '' ? key : `${path}.${key}`;
    if (schema?.[embeddedResource] && metaFields.has(key)) return value;
    const property = propertyOf(schema, key);
    if (property) return this.value(value, property, below);
    if (schema && hasAdditionalProperties(schema)) return this.value(value, valuesOf(schema), below);
    if (keeps) return value;
    this.unknown.push(below);
    return dropped;
  }
}
