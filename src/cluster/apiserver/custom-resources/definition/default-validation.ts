import { invalid, type FieldError, type Json } from '../../../../api/index.ts';
import { validateEmbedded } from '../embedded-objects.ts';
import { embeddedResource, itemsOf, type JsonSchema } from '../json-schema.ts';
import { isPruned, metaFields } from '../prune.ts';
import { validateValue } from '../validate-value.ts';

/**
 * Defaults must be valid themselves. Those inside metadata are left alone here: they are forbidden at the root.
 * Upstream: apiextensions-apiserver/pkg/apiserver/schema/defaulting/validation.go
 */
export function validateDefaults(schema: JsonSchema, path: string): readonly FieldError[] {
  return within({ ...schema, [embeddedResource]: true }, path, true);
}

function within(schema: JsonSchema, path: string, isRoot = false): readonly FieldError[] {
  const errors = isRoot || schema.default === undefined ? [] : [...defaultErrors(schema, `${path}.default`)];
  const items = itemsOf(schema);
  if (items) errors.push(...within(items, `${path}.items`));
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    if (schema[embeddedResource] && metaFields.has(name)) continue;
    errors.push(...within(property, `${path}.properties[${name}]`));
  }
  return errors;
}

function defaultErrors(schema: JsonSchema, path: string): readonly FieldError[] {
  const value = schema.default as Json;
  const errors: FieldError[] = [];
  if (!isPruned(value, schema)) errors.push(invalid(path, value, 'must not have unknown fields'));
  const embedded = validateEmbedded(value, schema, path);
  return [...errors, ...(embedded.length > 0 ? embedded : validateValue(value, schema, path))];
}
