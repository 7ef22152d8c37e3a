import { indentLines, wordWrap } from '../../go/word-wrap.ts';
import {
  isObject,
  listAt,
  objectAt,
  objectsAt,
  stringAt,
  valueAt,
  type JsonObject,
  type JsonValue,
} from '../../resource/json.ts';

/** Schemas of one OpenAPI v3 document, told as text. Upstream: kubectl/pkg/explain/v2/templates/plaintext.tmpl */
export class SchemaText {
  readonly #document: JsonObject;
  readonly #isRecursive: boolean;

  constructor(document: JsonObject, isRecursive: boolean) {
    this.#document = document;
    this.#isRecursive = isRecursive;
  }

  /** About what `fieldPath` leads to; empty when it leads nowhere. */
  about(schema: JsonObject, fieldPath: readonly string[], seen: ReadonlySet<string> = new Set()): string {
    const reference = stringAt(schema, '$ref');
    const resolved = this.#resolve(schema);
    if (fieldPath.length === 0) return this.#description(resolved);
    if (reference && seen.has(reference)) return '';
    const known = reference ? new Set([...seen, reference]) : seen;
    const [name = '', ...rest] = fieldPath;
    const property = objectAt(resolved, 'properties', name);
    if (property) {
      const head = rest.length === 0 ? `FIELD: ${name} <${this.#typeOf(property)}>\n${longEnum(property)}\n\n` : '';
      return head + this.about(property, rest);
    }
    const items = objectAt(resolved, 'items') ?? objectAt(resolved, 'additionalProperties');
    if (items) return this.about(items, fieldPath, known);
    for (const alternative of objectsAt(resolved, 'allOf')) {
      const text = this.about(alternative, fieldPath, known);
      if (text) return text;
    }
    return '';
  }

  #description(schema: JsonObject): string {
    const description = indentLines(wordWrap(this.#descriptions(schema) || '<empty>', 76), 4);
    const fields = this.#fields(schema, 1, new Set());
    return `DESCRIPTION:\n${description}\n${fields && `FIELDS:\n${fields}`}`;
  }

  /** Of a schema and of those that it is made of. */
  #descriptions(schema: JsonObject): string {
    const resolved = this.#resolve(schema);
    const own = stringAt(resolved, 'description');
    return (
      (own && `${own}\n`) +
      this.#parts(resolved)
        .map((part) => this.#descriptions(part))
        .join('')
    );
  }

  #fields(schema: JsonObject, level: number, seen: ReadonlySet<string>): string {
    const reference = stringAt(schema, '$ref');
    if (reference && seen.has(reference)) return '';
    const known = reference ? new Set([...seen, reference]) : seen;
    const resolved = this.#resolve(schema);
    const properties = objectAt(resolved, 'properties') ?? {};
    const own = Object.keys(properties)
      .sort()
      .map((name) => {
        const property = properties[name] as JsonObject;
        const below = this.#isRecursive ? this.#fields(property, level + 1, known) : '';
        return this.#field(resolved, name, property, level * 2) + below;
      });
    return (
      own.join('') +
      this.#parts(resolved)
        .map((part) => this.#fields(part, level, known))
        .join('')
    );
  }

  #field(parent: JsonObject, name: string, schema: JsonObject, indent: number): string {
    const isRequired = listAt(parent, 'required').includes(name);
    const line = `${indentLines(name, indent)}\t<${this.#typeOf(schema)}>${isRequired ? ' -required-' : ''}${shortEnum(schema, indent)}\n`;
    if (this.#isRecursive) return line;
    const description = wordWrap(stringAt(schema, 'description') || '<no description>', 78 - indent);
    return `${line}${indentLines(description, indent + 2)}\n\n`;
  }

  /** `string`, `[]Container`, `map[string]string`. */
  #typeOf(schema: JsonObject): string {
    const items = objectAt(schema, 'items');
    if (items) return `[]${this.#typeOf(items)}`;
    const values = objectAt(schema, 'additionalProperties');
    if (values) return `map[string]${this.#typeOf(values)}`;
    const alternatives = objectsAt(schema, 'allOf');
    if (alternatives.length === 1 && !schema['properties']) return this.#typeOf(alternatives[0]!);
    const reference = stringAt(schema, '$ref');
    const type = stringAt(reference ? this.#resolve(schema) : schema, 'type');
    if (reference && (type === '' || type === 'object'))
      return reference.split('/').at(-1)!.split('.').at(-1) || 'Object';
    return type === '' || type === 'object' ? 'Object' : type;
  }

  #parts(schema: JsonObject): readonly JsonObject[] {
    const single = [objectAt(schema, 'items'), objectAt(schema, 'additionalProperties')].filter(isObject);
    return [...objectsAt(schema, 'allOf'), ...single];
  }

  #resolve(schema: JsonObject): JsonObject {
    const reference = stringAt(schema, '$ref');
    if (!reference.startsWith('#/')) return schema;
    const target = valueAt(this.#document, ...reference.slice(2).split('/'));
    return isObject(target) ? target : schema;
  }
}

function enumTexts(schema: JsonObject): readonly string[] {
  return listAt(schema, 'enum').map((value: JsonValue) => (value === '' ? '""' : String(value)));
}

function longEnum(schema: JsonObject): string {
  const values = enumTexts(schema);
  return values.length === 0 ? '' : `ENUM:${values.map((value) => `\n    ${value}`).join('')}`;
}

const shortLimit = 4;

function shortEnum(schema: JsonObject, indent: number): string {
  const values = enumTexts(schema);
  if (values.length === 0) return '';
  const more = values.length > shortLimit ? ', ....' : '';
  return `\n${' '.repeat(indent)}enum: ${values.slice(0, shortLimit).join(', ')}${more}`;
}
