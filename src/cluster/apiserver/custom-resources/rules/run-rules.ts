import { Optional } from '@marcbachmann/cel-js';
import type { ValidationRule } from '../../../../api/generated/types.ts';
import {
  duplicate,
  forbiddenField,
  invalid,
  isJsonObject,
  jsonEqual,
  required,
  type FieldError,
  type Json,
  type JsonObject,
} from '../../../../api/index.ts';
import {
  embeddedResource,
  itemsOf,
  listMapKeys,
  listType,
  mapType,
  propertyOf,
  someSchema,
  validations,
  valuesOf,
  type JsonSchema,
} from '../json-schema.ts';
import { compileRules, type CompiledRule } from './compile-rules.ts';
import { schemaValue } from './schema-value.ts';

const withRules = new WeakMap<JsonSchema, boolean>();

export function hasRules(schema: JsonSchema | undefined): boolean {
  if (!schema) return false;
  let has = withRules.get(schema);
  if (has === undefined) {
    has = someSchema(schema, (part) => (part[validations]?.length ?? 0) > 0);
    withRules.set(schema, has);
  }
  return has;
}

/**
 * Holds an object to the rules of its schema. Rules without oldSelf do not speak of what has not changed.
 * Upstream: apiextensions-apiserver/pkg/apiserver/schema/cel/validation.go
 */
export function runRules(object: JsonObject, schema: JsonSchema, old?: JsonObject): readonly FieldError[] {
  const run = new RuleRun();
  run.value(object, schema, { path: '', old, isResource: true, isUnchanged: false });
  return run.errors;
}

interface Place {
  readonly path: string;
  /** What was there before; undefined where nothing was, or nothing can be told to be the same. */
  readonly old: Json | undefined;
  readonly isResource: boolean;
  /** Whether something around it that can be compared is as it was. */
  readonly isUnchanged: boolean;
}

class RuleRun {
  readonly errors: FieldError[] = [];

  value(value: Json, schema: JsonSchema, place: Place): void {
    if (value === null || !hasRules(schema)) return;
    const isSame = place.old === undefined ? place.isUnchanged : jsonEqual(value, place.old);
    const here = { ...place, isUnchanged: isSame };
    if ((schema[validations]?.length ?? 0) > 0) this.#rules(value, schema, here);
    if (Array.isArray(value)) this.#items(value as readonly Json[], schema, here);
    else if (isJsonObject(value)) this.#fields(value, schema, here);
  }

  #items(list: readonly Json[], schema: JsonSchema, { path, old, isUnchanged }: Place): void {
    const items = itemsOf(schema);
    if (!items) return;
    list.forEach((item, at) => {
      const before = oldItem(item, schema, old);
      const isResource = items[embeddedResource] === true;
      this.value(item, items, { path: `${path}[${at}]`, old: before, isResource, isUnchanged });
    });
  }

  #fields(object: JsonObject, schema: JsonSchema, { path, old, isUnchanged }: Place): void {
    const before = schema[mapType] !== 'atomic' && isJsonObject(old) ? old : undefined;
    for (const [key, item] of Object.entries(object)) {
      const property = propertyOf(schema, key);
      const below = property ?? valuesOf(schema);
      if (!below) continue;
      const field = property ? (path ? `${path}.${key}` : key) : `${path}[${key}]`;
      const oldValue = before && Object.hasOwn(before, key) ? before[key] : undefined;
      this.value(item, below, {
        path: field,
        old: oldValue,
        isResource: below[embeddedResource] === true,
        isUnchanged,
      });
    }
  }

  #rules(value: Json, schema: JsonSchema, place: Place): void {
    const self = schemaValue(value, schema, place.isResource);
    const before =
      place.old === undefined || place.old === null ? undefined : schemaValue(place.old, schema, place.isResource);
    for (const compiled of compileRules(schema, place.isResource)) {
      const isOptional = compiled.rule.optionalOldSelf === true;
      if (!compiled.expression || (compiled.usesOldSelf && before === undefined && !isOptional)) continue;
      const optional = before === undefined ? Optional.none() : Optional.of(before);
      const variables = { self, ...(isOptional ? { oldSelf: optional } : before !== undefined && { oldSelf: before }) };
      const outcome = compiled.expression.evaluate(variables);
      if ('error' in outcome) this.#failed(outcome.error, compiled.rule, schema, place);
      else if (outcome.value !== true && (compiled.usesOldSelf || !place.isUnchanged)) {
        this.errors.push(violation(compiled, variables, value, schema, place.path));
      }
    }
  }

  #failed(error: string, rule: ValidationRule, schema: JsonSchema, { path }: Place): void {
    const detail = error.startsWith('no such overload')
      ? `'${error}': call arguments did not match a supported operator, function or macro signature for rule: ${shown(rule)}`
      : `${error} evaluating rule: ${shown(rule)}`;
    this.errors.push(invalid(path || '<nil>', schema.type ?? '', detail));
  }
}

function oldItem(item: Json, schema: JsonSchema, old: Json | undefined): Json | undefined {
  if (schema[listType] !== 'map' || !Array.isArray(old) || !isJsonObject(item)) return undefined;
  const keys = schema[listMapKeys] ?? [];
  return (old as readonly Json[]).find(
    (other) => isJsonObject(other) && keys.every((key) => jsonEqual(other[key] ?? null, item[key] ?? null)),
  );
}

function violation(
  { rule, message }: CompiledRule,
  variables: Readonly<Record<string, unknown>>,
  value: Json,
  schema: JsonSchema,
  path: string,
): FieldError {
  const below = rule.fieldPath ? rule.fieldPath.trim().replace(/^\./, '') : '';
  const field = [path, below].filter(Boolean).join('.') || '<nil>';
  const evaluated = message?.evaluate(variables);
  const text = evaluated && 'value' in evaluated && typeof evaluated.value === 'string' ? evaluated.value.trim() : '';
  const isUsable = text !== '' && !text.includes('\n') && text.length <= maxMessageLength;
  const detail = isUsable ? text : rule.message ? rule.message.trim() : `failed rule: ${shown(rule)}`;
  switch (rule.reason) {
    case 'FieldValueForbidden':
      return forbiddenField(field, detail);
    case 'FieldValueRequired':
      return required(field, detail);
    case 'FieldValueDuplicate':
      return duplicate(field, value);
    default:
      if (schema.type !== 'object' && schema.type !== 'array') return invalid(field, value, detail);
      return { type: 'FieldValueInvalid', field, body: `Invalid value: ${detail}` };
  }
}

const maxMessageLength = 5 * 1024;

function shown({ message = '', rule }: ValidationRule): string {
  return (message || rule).trim();
}
