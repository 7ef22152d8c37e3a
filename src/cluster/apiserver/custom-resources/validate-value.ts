import { goRegExp } from '../../../api/go/go-regexp.ts';
import { numberText } from '../../../api/go/number-text.ts';
import {
  goJson,
  goQuote,
  invalid,
  isJsonObject,
  jsonEqual,
  notSupported,
  required,
  tooLong,
  tooMany,
  type FieldError,
  type Json,
  type JsonObject,
} from '../../../api/index.ts';
import { hasFormat, isKnownFormat } from './formats.ts';
import {
  intOrString,
  itemsOf,
  listMapKeys,
  listType,
  propertyOf,
  schemaAt,
  valuesOf,
  type JsonSchema,
} from './json-schema.ts';
import { fieldBelow, SchemaResult, type SchemaProblem } from './schema-result.ts';

/** The value that was stored where the new one is; undefined where there is none to compare with. */
type Old = { readonly value: Json } | undefined;

/**
 * Checks a value against a schema. What was wrong before and has not been touched is let be.
 * Upstream: kube-openapi/pkg/validation/validate, apiextensions-apiserver/pkg/apiserver/validation
 * @param base the field that the value is in: `status`; empty for the whole object
 */
export function validateValue(value: Json, schema: JsonSchema, base = '', old?: Json): readonly FieldError[] {
  const result = ratcheted(value, schema, '', old === undefined ? undefined : { value: old });
  return result.problems.map((problem) => problem.toFieldError(base));
}

function ratcheted(value: Json, schema: JsonSchema, path: string, old: Old): SchemaResult {
  const result = check(value, schema, path, old);
  if (result.isValid || !old || !jsonEqual(value, old.value)) return result;
  const forgiven = new SchemaResult();
  forgiven.matchCount = result.matchCount;
  return forgiven;
}

function check(value: Json, schema: JsonSchema, path: string, old: Old): SchemaResult {
  const result = new SchemaResult();
  checkType(value, schema, path, result);
  if (value === null) {
    checkEnum(value, schema, path, result);
    return result;
  }
  checkCombinations(value, schema, path, old, result);
  if (typeof value === 'string') checkString(value, schema, path, result);
  else if (typeof value === 'number') checkNumber(value, schema, path, result);
  else if (Array.isArray(value)) checkList(value as readonly Json[], schema, path, old, result);
  checkEnum(value, schema, path, result);
  if (isJsonObject(value)) checkObject(value, schema, path, old, result);
  // As many as there are checks that concern such a value.
  result.matchCount += 4;
  return result;
}

function checkType(value: Json, schema: JsonSchema, path: string, result: SchemaResult): void {
  const types = schema[intOrString] ? ['integer', 'string'] : schema.type ? [schema.type] : [];
  const format = schema.format && isKnownFormat(schema.format) ? schema.format : '';
  if (types.length === 0 && format === '') return;
  result.matchCount++;
  const found = typeOf(value);
  if (value === null) {
    if (types.length > 0 && !schema.nullable) result.add(wrongType(path, types.join(','), 'null'));
    return;
  }
  const isRight =
    types.includes(found) ||
    (found === 'integer' && types.includes('number')) ||
    (found === 'string' && format !== '' && !types.includes('number') && !types.includes('integer'));
  if (isRight) return;
  const isFormatted = format !== '' && found !== 'string' && found !== 'array';
  result.add(isFormatted ? wrongType(path, format, '') : wrongType(path, types.join(','), found));
}

function typeOf(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

function checkString(value: string, schema: JsonSchema, path: string, result: SchemaResult): void {
  const { maxLength, minLength, pattern, format } = schema;
  const bounded = maxLength !== undefined || minLength !== undefined;
  const length = bounded ? [...value].length : 0;
  if (maxLength !== undefined && length > maxLength) {
    const text = `${path} in body should be at most ${maxLength} chars long`;
    result.add({ text, toFieldError: (base) => tooLong(fieldBelow(base, path), maxLength) });
  } else if (minLength !== undefined && length < minLength) {
    result.add(problem(path, `${path} in body should be at least ${minLength} chars long`, value));
  } else if (pattern && !goRegExp(pattern).test(value)) {
    result.add(problem(path, `${path} in body should match '${pattern}'`, value));
  }
  if (format && isKnownFormat(format) && !hasFormat(value, format)) result.add(wrongType(path, format, value));
}

function checkNumber(value: number, schema: JsonSchema, path: string, result: SchemaResult): void {
  const { multipleOf, minimum, maximum, exclusiveMinimum = false, exclusiveMaximum = false } = schema;
  const add = (rule: string): void => result.add(problem(path, `${path} in body should be ${rule}`, value));
  if (multipleOf !== undefined) {
    const quotient = multipleOf < 1 ? (1 / multipleOf) * value : value / multipleOf;
    const isWhole = Math.abs(quotient - Math.round(quotient)) < 1e-9;
    if (multipleOf <= 0) {
      const text = `factor MultipleOf declared for ${path} must be positive: ${numberText(multipleOf)}`;
      result.add(problem(path, text, multipleOf));
    } else if (!isWhole) add(`a multiple of ${numberText(multipleOf)}`);
  }
  if (minimum !== undefined && (exclusiveMinimum ? value <= minimum : value < minimum)) {
    add(`greater than ${exclusiveMinimum ? '' : 'or equal to '}${numberText(minimum)}`);
  }
  if (maximum !== undefined && (exclusiveMaximum ? value >= maximum : value > maximum)) {
    add(`less than ${exclusiveMaximum ? '' : 'or equal to '}${numberText(maximum)}`);
  }
}

function checkList(list: readonly Json[], schema: JsonSchema, path: string, old: Old, result: SchemaResult): void {
  const items = itemsOf(schema);
  if (items) {
    list.forEach((item, index) =>
      result.merge(ratcheted(item, items, `${path}[${index}]`, oldItem(item, schema, old))),
    );
  }
  const { minItems, maxItems } = schema;
  if (minItems !== undefined && list.length < minItems) {
    result.add(problem(path, `${path} in body should have at least ${minItems} items`, list.length));
  }
  if (maxItems !== undefined && list.length > maxItems) {
    const text = `${path} in body should have at most ${maxItems} items`;
    result.add({ text, toFieldError: (base) => tooMany(fieldBelow(base, path), list.length, maxItems) });
  }
}

/** Only the elements of list maps can be told again. */
function oldItem(item: Json, schema: JsonSchema, old: Old): Old {
  if (schema[listType] !== 'map' || !Array.isArray(old?.value) || !isJsonObject(item)) return undefined;
  const keys = schema[listMapKeys] ?? [];
  const isSame = (other: Json): boolean =>
    isJsonObject(other) && keys.every((key) => jsonEqual(other[key] ?? null, item[key] ?? null));
  const found = (old.value as readonly Json[]).find(isSame);
  return found === undefined ? undefined : { value: found };
}

function checkEnum(value: Json, schema: JsonSchema, path: string, result: SchemaResult): void {
  const allowed = (schema.enum ?? []) as readonly Json[];
  if (allowed.length === 0 || allowed.some((one) => jsonEqual(one, value))) return;
  const shown = allowed.map((one) => (typeof one === 'string' ? one : goJson(one)));
  result.add({
    text: `${path} in body should be one of [${shown.join(' ')}]`,
    toFieldError: (base) => notSupported(fieldBelow(base, path), value, shown),
  });
}

function checkObject(object: JsonObject, schema: JsonSchema, path: string, old: Old, result: SchemaResult): void {
  const keys = Object.keys(object);
  const { minProperties, maxProperties } = schema;
  if (minProperties !== undefined && keys.length < minProperties) {
    result.add(problem(path, `${path} in body should have at least ${minProperties} properties`, keys.length));
  }
  if (maxProperties !== undefined && keys.length > maxProperties) {
    const text = `${path} in body should have at most ${maxProperties} properties`;
    result.add({ text, toFieldError: (base) => tooMany(fieldBelow(base, path), keys.length, maxProperties) });
  }
  for (const key of keys) {
    const below = schemaAt(schema, key);
    if (below) {
      const isProperty = propertyOf(schema, key) !== undefined;
      const child = isProperty && path === '' ? key : `${path}.${key}`;
      result.merge(ratcheted(object[key]!, below, child, oldField(key, old)));
    } else if (schema.additionalProperties === false && !valuesOf(schema)) {
      result.add(problem(path, `${path}.${key} in body is a forbidden property`, key));
    }
  }
  for (const key of schema.required ?? []) {
    if (Object.hasOwn(object, key)) continue;
    const missing = `${path}.${key}`;
    const text = `${missing} in body is required`;
    result.add({ text, toFieldError: (base) => required(fieldBelow(base, missing)) });
  }
}

function oldField(key: string, old: Old): Old {
  if (!isJsonObject(old?.value) || !Object.hasOwn(old.value, key)) return undefined;
  return { value: old.value[key]! };
}

/** anyOf, oneOf, allOf, not: of what fails, the alternative that got furthest is explained. */
function checkCombinations(value: Json, schema: JsonSchema, path: string, old: Old, result: SchemaResult): void {
  const { anyOf = [], oneOf = [], allOf = [], not } = schema;
  const against = (one: JsonSchema): SchemaResult => check(value, one, path, old);
  if (anyOf.length > 0) checkAny(anyOf.map(against), path, result);
  if (oneOf.length > 0) checkOne(oneOf.map(against), path, result);
  if (allOf.length > 0) checkAll(allOf.map(against), path, result);
  if (not && against(not).isValid) result.add(general(`${goQuote(path)} must not validate the schema (not)`));
}

function checkAny(results: readonly SchemaResult[], path: string, result: SchemaResult): void {
  const first = results.find(({ isValid }) => isValid);
  if (!first) result.add(general(`${goQuote(path)} must validate at least one schema (anyOf)`));
  result.merge(first ?? furthest(results));
}

function checkOne(results: readonly SchemaResult[], path: string, result: SchemaResult): void {
  const valid = results.filter(({ isValid }) => isValid);
  if (valid.length === 1) {
    result.merge(valid[0]!);
    return;
  }
  const found = valid.length === 0 ? 'Found none valid' : `Found ${valid.length} valid alternatives`;
  result.add(general(`${goQuote(path)} must validate one and only one schema (oneOf). ${found}`));
  if (valid.length === 0) result.merge(furthest(results));
}

function checkAll(results: readonly SchemaResult[], path: string, result: SchemaResult): void {
  const validCount = results.filter(({ isValid }) => isValid).length;
  for (const one of results) result.merge(one);
  if (validCount === results.length) return;
  const none = validCount === 0 ? '. None validated' : '';
  result.add(general(`${goQuote(path)} must validate all the schemas (allOf)${none}`));
}

function furthest(results: readonly SchemaResult[]): SchemaResult {
  return results.reduce((best, one) => (one.matchCount > best.matchCount ? one : best));
}

function problem(path: string, text: string, value: Json): SchemaProblem {
  return { text, toFieldError: (base) => invalid(fieldBelow(base, path), value, text) };
}

function wrongType(path: string, type: string, found: string): SchemaProblem {
  const text = `${path} in body must be of type ${type}: ${goQuote(found)}`;
  const shown = `Invalid value: ${goQuote(found)}: ${text}`;
  return {
    text,
    toFieldError: (base) => ({ type: 'FieldValueTypeInvalid', field: fieldBelow(base, path), body: shown }),
  };
}

/** Not about one field: Go shows it without one. */
function general(text: string): SchemaProblem {
  return { text, toFieldError: (base) => invalid(base || '<nil>', '', text) };
}
