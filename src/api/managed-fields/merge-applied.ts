/**
 * Puts a manifest on top of the live object. Nothing is removed here; that is for whoever knows what was applied before.
 * Upstream: sigs.k8s.io/structured-merge-diff/v6/typed/merge.go
 */
import { jsonEqual } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';
import type { ListSchema, TypeSchema } from '../schema/type-schema.ts';
import { listElement } from './path-element.ts';
import { isEmptyValue, isGranularList, isGranularObject, itemSchema, partSchema } from './value-shape.ts';

export function mergeApplied(live: JsonObject, applied: JsonObject, schema: TypeSchema): JsonObject {
  return merge(live, applied, schema) as JsonObject;
}

function merge(live: Json | undefined, applied: Json | undefined, schema: TypeSchema): Json | undefined {
  if (applied === undefined) return live;
  if (live === undefined || (isEmptyValue(live) && isEmptyValue(applied))) return applied;
  if (isGranularObject(live, schema) && (applied === null || isGranularObject(applied, schema))) {
    return mergeFields(live, (applied ?? {}) as JsonObject, schema);
  }
  if (isGranularList(live, schema) && (applied === null || isGranularList(applied, schema))) {
    return mergeItems(live as readonly Json[], (applied ?? []) as readonly Json[], itemSchema(schema));
  }
  return jsonEqual(live, applied) ? live : applied;
}

function mergeFields(live: JsonObject, applied: JsonObject, schema: TypeSchema): JsonObject {
  let merged: Record<string, Json> | undefined;
  for (const key of Object.keys(applied)) {
    const before = Object.hasOwn(live, key) ? live[key] : undefined;
    const after = merge(before, applied[key], partSchema(schema, key));
    if (after !== before && after !== undefined) (merged ??= { ...live })[key] = after;
  }
  return merged ?? live;
}

/**
 * The order is that of the manifest, as far as it names elements; what only the live list has stays between the
 * elements that it stood between.
 */
function mergeItems(live: readonly Json[], applied: readonly Json[], schema: ListSchema): readonly Json[] {
  const liveElements = live.map((item, index) => listElement(item, schema) ?? `i:${index}`);
  const appliedElements = applied.map((item, index) => listElement(item, schema) ?? `i:${index}`);
  const liveItems = indexItems(live, liveElements);
  const named = new Set(appliedElements);
  const shared = appliedElements.filter((element) => liveItems.has(element));
  const done = new Set<string>();
  const out: Json[] = [];
  let [i, j, nextShared] = [0, 0, 0];

  const takeApplied = (element: string, item: Json): void => {
    done.add(element);
    out.push(merge(liveItems.get(element), item, schema.items) ?? null);
  };

  while (i < live.length || j < applied.length) {
    const liveElement = liveElements[i];
    const appliedElement = appliedElements[j];
    if (liveElement !== undefined && appliedElement !== undefined) {
      if (liveElement === appliedElement) {
        takeApplied(appliedElement, applied[j]!);
        i++;
        j++;
        nextShared++;
        continue;
      }
      const wanted = shared[nextShared];
      if (named.has(liveElement) && wanted !== undefined && wanted !== liveElement) {
        i++;
        continue;
      }
    }
    if (liveElement !== undefined) {
      if (!named.has(liveElement)) {
        out.push(live[i++]!);
        continue;
      }
      if (done.has(liveElement)) i++;
    }
    if (appliedElement !== undefined) {
      takeApplied(appliedElement, applied[j]!);
      j++;
      if (shared[nextShared] === appliedElement) nextShared++;
    }
  }
  return out.length === live.length && out.every((item, index) => item === live[index]) ? live : out;
}

/** Elements that are there twice do not merge with anything. */
function indexItems(list: readonly Json[], elements: readonly string[]): ReadonlyMap<string, Json | undefined> {
  const items = new Map<string, Json | undefined>();
  for (const [index, element] of elements.entries()) items.set(element, items.has(element) ? undefined : list[index]);
  return items;
}
