import { goJson, isJsonObject, type Json } from '../../../api/index.ts';
import { numberText } from '../../../api/go/number-text.ts';

/** JSON as CEL sees it without a schema: whole numbers are integers, objects are maps. */
export function celValue(value: Json | undefined): unknown {
  if (value === undefined) return null;
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return (value as readonly Json[]).map(celValue);
  if (isJsonObject(value)) return new Map(Object.entries(value).map(([key, item]) => [key, celValue(item)]));
  return value;
}

/** A result as JSON. */
export function jsonOf(value: unknown): Json {
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Date) return value.toISOString().replace('.000Z', 'Z');
  if (Array.isArray(value)) return value.map(jsonOf);
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [String(key), jsonOf(item)]));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, jsonOf(item)]));
  }
  return (value ?? null) as Json;
}

/** How `%s` and `string()` show a value. */
export function celText(value: unknown): string {
  if (typeof value === 'number') return numberText(value);
  if (value instanceof Date) return value.toISOString().replace('.000Z', 'Z');
  if (Array.isArray(value)) return `[${value.map(celText).join(', ')}]`;
  if (value instanceof Map)
    return `{${[...value].map(([key, item]) => `${celText(key)}: ${celText(item)}`).join(', ')}}`;
  return value === null || value === undefined ? 'null' : String(value);
}

/** Equality as CEL has it: numbers by value, maps and lists by what is in them. */
export function isCelEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  const isNumber = (value: unknown): boolean => typeof value === 'bigint' || typeof value === 'number';
  if (isNumber(a) && isNumber(b)) return Number(a) === Number(b);
  if (typeof a !== 'object' || typeof b !== 'object') return false;
  return goJson(jsonOf(a)) === goJson(jsonOf(b));
}
