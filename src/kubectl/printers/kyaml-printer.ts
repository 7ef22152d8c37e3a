import type { FieldOrder } from '../go/pretty-json.ts';
import { type JsonObject, type JsonValue } from '../resource/json.ts';
import { numberText } from '../../api/go/number-text.ts';
import { fieldOrderOf } from './field-order.ts';
import { kyamlKey, kyamlString } from './kyaml-string.ts';
import type { ObjectPrinter } from './printer.ts';

/** YAML that no reader misreads: braces, brackets, and quotes around every string. Upstream: sigs.k8s.io/yaml/kyaml */
export class KyamlPrinter implements ObjectPrinter {
  readonly #isTyped: boolean;

  constructor(isTyped = false) {
    this.#isTyped = isTyped;
  }

  print(object: JsonObject): string {
    const order: FieldOrder = this.#isTyped ? fieldOrderOf(object) : (keys) => keys.toSorted();
    return `---\n${write(object, '', [], order)}\n`;
  }
}

function write(value: JsonValue, indent: string, path: readonly string[], order: FieldOrder): string {
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'string') return kyamlString(value, `${indent}  `);
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return writeList(value, indent, path, order);
  const keys = order(Object.keys(value), path).filter((key) => value[key] !== undefined);
  if (keys.length === 0) return '{}';
  const deeper = `${indent}  `;
  const lines = keys.map((key) => `${deeper}${kyamlKey(key)}: ${write(value[key]!, deeper, [...path, key], order)},\n`);
  return `{\n${lines.join('')}${indent}}`;
}

/** Brackets and braces are put together where every item has braces. */
function writeList(items: readonly JsonValue[], indent: string, path: readonly string[], order: FieldOrder): string {
  if (items.length === 0) return '[]';
  const isCuddled = items.every((item) => typeof item === 'object' && item !== null);
  if (isCuddled) return `[${items.map((item) => write(item, indent, path, order)).join(', ')}]`;
  const deeper = `${indent}  `;
  return `[\n${items.map((item) => `${deeper}${write(item, deeper, path, order)},\n`).join('')}${indent}]`;
}
