import { fieldsOf, type StructField } from './struct-types.ts';

/**
 * An object as the API server holds it: every field there, in order, under Go's names.
 * @param kind `PodSpec`, `[]ServicePort`, `*Affinity`
 */
export function internalForm(value: unknown, kind: string): unknown {
  switch (kind) {
    case 's':
      return value ?? '';
    case 'n':
    case 'i':
      return value ?? 0;
    case 'b':
      return value ?? false;
    case 'q':
      return value ?? '0';
    case '?':
      return inOrder(value ?? null);
  }
  if (kind.startsWith('[]')) {
    return Array.isArray(value) ? value.map((item: unknown) => internalForm(item, kind.slice(2))) : null;
  }
  if (kind.startsWith('*')) return value === undefined || value === null ? null : internalForm(value, kind.slice(1));
  const type = kind;
  const order = sharedTypes[type];
  if (order) return picked(value, order);
  const fields = fieldsOf(type);
  return fields ? structForm(type, asObject(value), fields) : inOrder(value ?? null);
}

/** As Go's json.Marshal writes it. */
export function internalJson(value: unknown, kind: string): string {
  return escaped(JSON.stringify(internalForm(value, kind)));
}

/** As Go's json.MarshalIndent writes it, one space for each level. */
export function prettyInternalJson(value: unknown, kind: string): string {
  return escaped(JSON.stringify(internalForm(value, kind), null, 1));
}

/** Of meta/v1: clients and the API server hold these alike. In the order of their fields. */
const sharedTypes: Readonly<Record<string, readonly string[]>> = {
  LabelSelector: ['matchLabels', 'matchExpressions'],
  ObjectMeta: [
    'name',
    'generateName',
    'namespace',
    'selfLink',
    'uid',
    'resourceVersion',
    'generation',
    'creationTimestamp',
    'deletionTimestamp',
    'deletionGracePeriodSeconds',
    'labels',
    'annotations',
    'ownerReferences',
    'finalizers',
    'managedFields',
  ],
};

function structForm(type: string, value: Fields, fields: readonly StructField[]): Fields {
  const form: Record<string, unknown> = {};
  for (const { name, jsonName, kind } of fields) {
    if (name !== '') form[name] = internalForm(fieldOf(type, value, jsonName), kind);
    // A template keeps its metadata apart where the internal form has it on the same level.
    else if (kind === 'ObjectMeta') Object.assign(form, internalForm(value['metadata'], kind));
    else Object.assign(form, internalForm(value, kind));
  }
  return form;
}

const hostFields = ['hostNetwork', 'hostPID', 'hostIPC', 'shareProcessNamespace', 'hostUsers'];

function fieldOf(type: string, value: Fields, jsonName: string): unknown {
  if (type !== 'PodSpec' || jsonName !== 'securityContext') return value[jsonName];
  // What a pod shares with its node is part of its security context there.
  const shared = Object.fromEntries(hostFields.map((field) => [field, value[field]]));
  return { ...asObject(value['securityContext']), ...shared };
}

type Fields = Readonly<Record<string, unknown>>;

function asObject(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function picked(value: unknown, order: readonly string[]): Fields {
  const object = asObject(value);
  const present = order.filter((field) => object[field] !== undefined);
  return Object.fromEntries(present.map((field) => [field, inOrder(object[field])]));
}

/** Maps are written with their keys sorted. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  const sorted = entries.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([key, item]) => [key, inOrder(item)]));
}

function escaped(json: string): string {
  return json.replace(/[<>&\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
