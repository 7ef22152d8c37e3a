import { isObject, listAt, stringAt, type JsonObject } from './json.ts';

/** Reading what every object has. Upstream: apimachinery/pkg/apis/meta/v1/unstructured */

export function nameOf(object: JsonObject): string {
  return stringAt(object, 'metadata', 'name');
}

export function namespaceOf(object: JsonObject): string {
  return stringAt(object, 'metadata', 'namespace');
}

export function resourceVersionOf(object: JsonObject): string {
  return stringAt(object, 'metadata', 'resourceVersion');
}

export interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

export function groupVersionKindOf(object: JsonObject): GroupVersionKind {
  const apiVersion = stringAt(object, 'apiVersion');
  const slash = apiVersion.indexOf('/');
  return {
    group: slash < 0 ? '' : apiVersion.slice(0, slash),
    version: apiVersion.slice(slash + 1),
    kind: stringAt(object, 'kind'),
  };
}

/** A list holds objects in `items`. */
export function isList(object: JsonObject): boolean {
  return Array.isArray(object['items']);
}

export function itemsOf(list: JsonObject): JsonObject[] {
  return listAt(list, 'items').filter(isObject);
}
