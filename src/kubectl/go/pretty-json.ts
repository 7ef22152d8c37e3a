import { goJson } from '../../api/index.ts';
import { numberText } from '../../api/go/number-text.ts';

/** Gives the fields of an object their order; the keys of maps are sorted. */
export type FieldOrder = (keys: readonly string[], path: readonly string[]) => readonly string[];

const sorted: FieldOrder = (keys) => keys.toSorted();

/** json.MarshalIndent with four spaces, as `-o json` prints objects. */
export function prettyJson(value: unknown, order: FieldOrder = sorted): string {
  return pretty(value, '', [], order);
}

function pretty(value: unknown, indent: string, path: readonly string[], order: FieldOrder): string {
  if (typeof value === 'number') return numberText(value);
  if (typeof value !== 'object' || value === null) return goJson(value);
  const deeper = `${indent}    `;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    const items = value.map((item) => deeper + pretty(item, deeper, path, order));
    return `[\n${items.join(',\n')}\n${indent}]`;
  }
  const record = value as Record<string, unknown>;
  const keys = order(Object.keys(record), path).filter((key) => record[key] !== undefined);
  if (keys.length === 0) return '{}';
  const fields = keys.map((key) => `${deeper}${goJson(key)}: ${pretty(record[key], deeper, [...path, key], order)}`);
  return `{\n${fields.join(',\n')}\n${indent}}`;
}
