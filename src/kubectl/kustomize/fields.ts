import { isObject, type JsonObject, type JsonValue } from '../resource/json.ts';

/**
 * Changes what a path like `spec/template/spec/containers/image` leads to; a list on the way stands for all of its items.
 * Upstream: kustomize/api/filters/fieldspec
 * @param creates whether objects that are missing on the way are made
 */
export function changeAt(
  target: JsonObject,
  path: readonly string[],
  creates: boolean,
  change: (value: JsonValue | undefined) => JsonValue | undefined,
): void {
  const [key, ...rest] = path;
  // Every object seems to have that one, and all share it.
  if (key === undefined || key === '__proto__') return;
  if (rest.length === 0) {
    if (!creates && target[key] === undefined) return;
    const value = change(target[key]);
    if (value !== undefined) target[key] = value;
    return;
  }
  if (target[key] === undefined || target[key] === null) {
    if (!creates) return;
    target[key] = {};
  }
  const next = target[key];
  for (const item of Array.isArray(next) ? next : [next]) if (isObject(item)) changeAt(item, rest, creates, change);
}

/** Where an object keeps something: a path, for some kinds only. */
export interface FieldSpec {
  readonly path: string;
  readonly kind?: string;
  readonly group?: string;
  readonly creates?: boolean;
}

export function appliesTo(spec: FieldSpec, type: { readonly group: string; readonly kind: string }): boolean {
  return (spec.kind ?? type.kind) === type.kind && (spec.group ?? type.group) === type.group;
}
