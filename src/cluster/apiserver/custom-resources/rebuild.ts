import { isJsonObject, type Json, type JsonObject } from '../../../api/index.ts';

/** Stands for: this entry goes. */
export const dropped = Symbol('dropped');

/** The object with its entries changed or dropped; the same object when nothing changed. `__proto__` is a key like any other. */
export function mapEntries(
  object: JsonObject,
  change: (key: string, value: Json) => Json | typeof dropped,
): JsonObject {
  let isChanged = false;
  const entries: (readonly [string, Json])[] = [];
  for (const [key, value] of Object.entries(object)) {
    const next = change(key, value);
    if (next !== value) isChanged = true;
    if (next !== dropped) entries.push([key, next]);
  }
  return isChanged ? Object.fromEntries(entries) : object;
}

/** The list with its elements changed; the same list when nothing changed. */
export function mapItems(list: readonly Json[], change: (item: Json, index: number) => Json): readonly Json[] {
  const next = list.map(change);
  return next.every((item, index) => item === list[index]) ? list : next;
}

/** The object with `more` added, `__proto__` included. */
export function withEntries(object: JsonObject, more: readonly (readonly [string, Json])[]): JsonObject {
  return more.length === 0 ? object : Object.fromEntries([...Object.entries(object), ...more]);
}

export function isJsonList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

export { isJsonObject };
