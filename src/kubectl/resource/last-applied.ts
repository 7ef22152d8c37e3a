import { goJson } from '../../api/index.ts';
import { cloneJson, deleteAt, isObject, setAt, stringMapAt, type JsonObject } from './json.ts';

export const lastAppliedAnnotation = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * The object as it goes into the annotation: without the annotation itself.
 * Upstream: kubectl/pkg/util/apply.go GetModifiedConfiguration
 */
export function lastAppliedText(object: JsonObject): string {
  const copy = cloneJson(object);
  const annotations = copy['metadata'] && isObject(copy['metadata']) ? copy['metadata']['annotations'] : undefined;
  const rest = isObject(annotations) ? { ...annotations } : {};
  delete rest[lastAppliedAnnotation];
  setAt(copy, rest, 'metadata', 'annotations');
  return `${goJson(copy)}\n`;
}

/** The configuration that was applied last; undefined when nothing was. */
export function lastAppliedOf(object: JsonObject): string | undefined {
  return stringMapAt(object, 'metadata', 'annotations')[lastAppliedAnnotation];
}

/** Keeps the object in its own annotation. */
export function setLastApplied(object: JsonObject): void {
  setAt(object, lastAppliedText(object), 'metadata', 'annotations', lastAppliedAnnotation);
}

/** The object with the annotation, as it is sent. */
export function withLastApplied(object: JsonObject): JsonObject {
  const copy = cloneJson(object);
  setLastApplied(copy);
  return copy;
}

export function withoutLastApplied(object: JsonObject): JsonObject {
  const copy = cloneJson(object);
  deleteAt(copy, 'metadata', 'annotations', lastAppliedAnnotation);
  return copy;
}
