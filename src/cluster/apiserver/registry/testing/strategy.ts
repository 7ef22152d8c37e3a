import type { KubeObject } from '../../../../api/index.ts';
import { rulesOf, type RequestContext, type ResourceDefinition, type TableCell } from '../../resource-definition.ts';

/** What the API server does with an object, without the server. */
export const context: RequestContext = {
  user: { name: 'kubernetes-admin', groups: ['system:masters'] },
  nowMs: Date.parse('2026-01-01T00:10:00Z'),
  now: '2026-01-01T00:10:00Z',
};

/** An object as somebody writes it down, called `web`. */
export function written<T extends KubeObject>(
  definition: ResourceDefinition<T>,
  fields: object = {},
  metadata: object = {},
): T {
  const { group, version, kind, isNamespaced } = definition;
  const object: unknown = {
    apiVersion: group ? `${group}/${version}` : version,
    kind,
    metadata: {
      name: 'web',
      uid: 'd9e9f2c4-5b7a-4f0e-8a43-0f2f4c7a9d11',
      creationTimestamp: '2026-01-01T00:00:00Z',
      ...(isNamespaced && { namespace: 'default' }),
      ...metadata,
    },
    ...fields,
  };
  return object as T;
}

/** As it would be stored, whether it is valid or not. */
export function stored<T extends KubeObject>(definition: ResourceDefinition<T>, object: T): T {
  const rules = rulesOf(definition);
  const full = rules.defaults?.(object) ?? object;
  return rules.prepareForCreate?.(full, context) ?? full;
}

export function createErrors<T extends KubeObject>(definition: ResourceDefinition<T>, object: T): readonly string[] {
  const rules = rulesOf(definition);
  const full = stored(definition, object);
  const errors = [...(rules.validate?.(full) ?? []), ...(rules.validateCreate?.(full) ?? [])];
  return errors.map(({ field, body }) => `${field}: ${body}`);
}

/** The errors of replacing `old`, once it is stored, by what `change` makes of it. */
export function updateErrors<T extends KubeObject>(
  definition: ResourceDefinition<T>,
  old: T,
  change: (object: T) => T,
): readonly string[] {
  const rules = rulesOf(definition);
  const before = stored(definition, old);
  const changed = change(before);
  const full = rules.defaults?.(changed) ?? changed;
  const next = rules.prepareForUpdate?.(full, before, context) ?? full;
  const errors = [...(rules.validate?.(next) ?? []), ...(rules.validateUpdate?.(next, before) ?? [])];
  return errors.map(({ field, body }) => `${field}: ${body}`);
}

/** The cells of a table row; `wide` adds those of `-o wide`. */
export function cellsOf<T extends KubeObject>(
  definition: ResourceDefinition<T>,
  object: T,
  options: { readonly wide?: true } = {},
): readonly TableCell[] {
  const rules = rulesOf(definition);
  const cells = rules.row!(object, context);
  return cells.filter((_, at) => options.wide || rules.columns![at]!.priority === 0);
}
