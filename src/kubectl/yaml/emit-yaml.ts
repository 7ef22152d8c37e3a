import { numberText } from '../../api/go/number-text.ts';
import { isObject, type JsonValue } from '../resource/json.ts';
import { emitString } from './emit-scalar.ts';
import { compareYamlKeys } from './sort-keys.ts';

/**
 * Writes JSON as YAML, byte for byte as kubectl does: keys sorted, two spaces, sequences on the level of their key.
 * Upstream: sigs.k8s.io/yaml Marshal over go.yaml.in/yaml/v2
 */
export function emitYaml(value: JsonValue | undefined): string {
  if (isObject(value) && entriesOf(value).length > 0) return mappingLines(value, 0).join('');
  if (Array.isArray(value) && value.length > 0) return sequenceLines(value, 0).join('');
  return `${inline(value ?? null, 0, 0)}\n`;
}

function entriesOf(value: object): [string, JsonValue][] {
  return Object.entries(value)
    .filter((entry): entry is [string, JsonValue] => entry[1] !== undefined)
    .sort(([a], [b]) => compareYamlKeys(a, b));
}

/** Every line but the first begins with `indent` spaces: the first continues what stands before it. */
function mappingLines(value: object, indent: number): string[] {
  return entriesOf(value).map(([key, item], index) => {
    const lead = index === 0 ? '' : ' '.repeat(indent);
    return lead + mappingEntry(key, item, indent);
  });
}

function mappingEntry(key: string, item: JsonValue, indent: number): string {
  const simple = emitString(key, { indent, column: indent, isKey: true });
  const isSimple = new TextEncoder().encode(key).length <= 128 && !/[\n\r\u0085\u2028\u2029]/.test(key);
  if (!isSimple) return complexEntry(key, item, indent);
  if (Array.isArray(item) && item.length > 0) {
    return `${simple}:\n${' '.repeat(indent)}${sequenceLines(item, indent).join('')}`;
  }
  if (isObject(item) && entriesOf(item).length > 0) {
    return `${simple}:\n${' '.repeat(indent + 2)}${mappingLines(item, indent + 2).join('')}`;
  }
  return `${simple}: ${inline(item, indent + 2, indent + simple.length + 2)}\n`;
}

/** A key that is too long, or has line breaks, stands on a line of its own. */
function complexEntry(key: string, item: JsonValue, indent: number): string {
  const title = emitString(key, { indent: indent + 2, column: indent + 2, isKey: false });
  return `? ${title}\n${' '.repeat(indent)}: ${nested(item, indent + 2)}`;
}

function sequenceLines(items: readonly JsonValue[], indent: number): string[] {
  return items.map((item, index) => `${index === 0 ? '' : ' '.repeat(indent)}- ${nested(item, indent + 2)}`);
}

/** What follows `- `, on the same line and below. */
function nested(item: JsonValue, indent: number): string {
  if (Array.isArray(item) && item.length > 0) return sequenceLines(item, indent).join('');
  if (isObject(item) && entriesOf(item).length > 0) return mappingLines(item, indent).join('');
  return `${inline(item, indent, indent)}\n`;
}

function inline(value: JsonValue, indent: number, column: number): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return emitString(value, { indent, column, isKey: false });
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'boolean') return String(value);
  return Array.isArray(value) ? '[]' : '{}';
}
