/** What JSON can say. Objects here may be changed by who made them. */
export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;

export interface JsonObject {
  [key: string]: JsonValue | undefined;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a path, if everything on the way is an object that has it. */
export function valueAt(value: unknown, ...path: readonly string[]): JsonValue | undefined {
  let current: unknown = value;
  for (const key of path) {
    if (!isObject(current)) return undefined;
    current = current[key];
  }
  return current as JsonValue | undefined;
}

export function stringAt(value: unknown, ...path: readonly string[]): string {
  const found = valueAt(value, ...path);
  return typeof found === 'string' ? found : '';
}

export function numberAt(value: unknown, ...path: readonly string[]): number | undefined {
  const found = valueAt(value, ...path);
  return typeof found === 'number' ? found : undefined;
}

export function listAt(value: unknown, ...path: readonly string[]): JsonValue[] {
  const found = valueAt(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** The objects in a list. */
export function objectsAt(value: unknown, ...path: readonly string[]): JsonObject[] {
  return listAt(value, ...path).filter(isObject);
}

export function objectAt(value: unknown, ...path: readonly string[]): JsonObject | undefined {
  const found = valueAt(value, ...path);
  return isObject(found) ? found : undefined;
}

/** A map of strings such as labels; empty when absent. */
export function stringMapAt(value: unknown, ...path: readonly string[]): Record<string, string> {
  const found = objectAt(value, ...path) ?? {};
  return Object.fromEntries(
    Object.entries(found).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

export function cloneJson<T extends JsonValue>(value: T): T {
  return structuredClone(value);
}

/** Sets the value at a path, making the objects on the way. */
export function setAt(target: JsonObject, value: JsonValue, ...path: readonly string[]): void {
  let current = target;
  for (const key of path.slice(0, -1)) {
    const next = current[key];
    if (isObject(next)) current = next;
    else current = current[key] = {};
  }
  current[path.at(-1)!] = value;
}

export function deleteAt(target: JsonObject, ...path: readonly string[]): void {
  const parent = objectAt(target, ...path.slice(0, -1));
  if (parent) delete parent[path.at(-1)!];
}

/** Deep equality of JSON values; absent and undefined are the same. */
export function equalJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => equalJson(item, b[index]));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => equalJson(a[key], b[key]));
}
