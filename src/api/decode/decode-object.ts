/**
 * From JSON to an object of the API, as the API server's decoder does it: fields that the type does not have are
 * dropped and reported, wrong types are errors, and what comes out is written the way Go would write it again:
 * quantities and times in their canonical form, zero values left out where Go leaves them out, objects that Go always
 * has filled in.
 * Upstream: apimachinery/pkg/runtime/serializer/json, sigs.k8s.io/json
 * Differs: lists that are required and missing become empty; upstream writes null.
 */
import { goQuote, isJsonObject } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';
import type {
  FieldSchema,
  ListSchema,
  MapSchema,
  ObjectSchema,
  ScalarSchema,
  TypeSchema,
} from '../schema/type-schema.ts';
import { DecodeError } from './decode-error.ts';
import { decodeScalar } from './decode-scalar.ts';
import { conversionProblem, goTypeName, wireType } from './go-types.ts';
import { scanJson } from './scan-json.ts';

export interface Decoded {
  readonly object: JsonObject;
  /**
   * `unknown field "spec.foo"`, `duplicate field "metadata.name"`. With fieldValidation=Strict they refuse the request
   * (`strict decoding error: ` and the list joined by `, `), with Warn each is a warning.
   */
  readonly problems: readonly string[];
}

const maxProblems = 100;

/** Throws DecodeError when the text is no JSON or does not fit the type. */
export function decodeJson(text: string, schema: ObjectSchema): Decoded {
  const duplicates = scanJson(text);
  const { object, problems } = decodeObject(JSON.parse(text), schema);
  if (duplicates.length === 0) return { object, problems };
  const unknown = problems.map((problem) => problem.slice('unknown field "'.length, -1));
  const isRead = (path: string): boolean =>
    !unknown.some((field) => path === field || path.startsWith(`${field}.`) || path.startsWith(`${field}[`));
  const repeated = duplicates.filter(isRead).map((path) => `duplicate field ${goQuote(path)}`);
  return { object, problems: [...problems, ...repeated].slice(0, maxProblems) };
}

/** How problems are worded: as the decoder words them, or the converter that strategic merge patches go through. */
export type DecodeWording = 'decoder' | 'converter';

/** The same for a value that is JSON already: a patched object, a body that was YAML. Throws DecodeError. */
export function decodeObject(value: unknown, schema: ObjectSchema, wording: DecodeWording = 'decoder'): Decoded {
  const decoding = new Decoding(wording);
  const object = decoding.object(value, schema);
  if (decoding.error !== undefined) throw new DecodeError(decoding.error);
  const problems = [...decoding.problems];
  return { object: object ?? {}, problems: wording === 'converter' ? problems.toSorted() : problems };
}

/** Fields that are written even when they are absent. */
const filledFields = new WeakMap<ObjectSchema, readonly FieldSchema[]>();

function filledFieldsOf(schema: ObjectSchema): readonly FieldSchema[] {
  const known = filledFields.get(schema);
  if (known) return known;
  const fields = [...schema.fields.values()].filter((field) => field.presence === 'value' && isFillable(field.schema));
  filledFields.set(schema, fields);
  return fields;
}

function isFillable(schema: TypeSchema): boolean {
  return !['map', 'any', 'time', 'micro-time', 'bytes'].includes(schema.type);
}

const decodesItself: ReadonlySet<string> = new Set(['quantity', 'time', 'micro-time', 'int-or-string']);

class Decoding {
  readonly #wording: DecodeWording;
  readonly problems = new Set<string>();
  /** The first mismatch; later ones are not reported. */
  error: string | undefined;
  /** Where we are: `spec`, `.containers`, `[0]`. */
  readonly #path: string[] = [];
  /** Fields only, and the type that the last one belongs to. */
  readonly #fields: string[] = [];
  #owner = '';

  constructor(wording: DecodeWording = 'decoder') {
    this.#wording = wording;
  }

  object(value: unknown, schema: ObjectSchema): JsonObject | undefined {
    if (!isJsonObject(value)) return this.#mismatch(value, schema);
    const decoded: Record<string, Json> = {};
    let isChanged = false;
    const outerOwner = this.#owner;
    for (const [key, given] of Object.entries(value)) {
      const field = schema.fields.get(key);
      if (!field) {
        if (schema.isOpen) setKey(decoded, key, given);
        else this.#unknownField(key);
        isChanged ||= !schema.isOpen;
        continue;
      }
      this.#owner = schema.name.slice(schema.name.lastIndexOf('.') + 1);
      this.#fields.push(key);
      this.#path.push(`.${key}`);
      const next = given === null ? undefined : this.value(given, field.schema);
      this.#path.pop();
      this.#fields.pop();
      const isKept = next !== undefined && !(field.presence === 'omitted-when-zero' && isZero(next, field.schema));
      if (isKept) setKey(decoded, key, next);
      isChanged ||= !isKept || next !== given;
    }
    this.#owner = outerOwner;
    for (const field of filledFieldsOf(schema)) {
      if (Object.hasOwn(decoded, field.name)) continue;
      decoded[field.name] = zeroOf(field.schema);
      isChanged = true;
    }
    return isChanged ? decoded : value;
  }

  value(value: Json, schema: TypeSchema): Json | undefined {
    switch (schema.type) {
      case 'object':
        return this.object(value, schema);
      case 'list':
        return this.#list(value, schema);
      case 'map':
        return this.#map(value, schema);
      case 'any':
        return value;
      default:
        return this.#scalar(value, schema);
    }
  }

  #list(value: Json, schema: ListSchema): Json | undefined {
    if (!Array.isArray(value)) return this.#mismatch(value, schema);
    const items = (value as readonly Json[]).map((item, index) => {
      this.#path.push(`[${index}]`);
      const next = item === null ? zeroOf(schema.items) : this.value(item, schema.items);
      this.#path.pop();
      return next ?? null;
    });
    return items.every((item, index) => item === (value as readonly Json[])[index]) ? value : items;
  }

  #map(value: Json, schema: MapSchema): Json | undefined {
    if (!isJsonObject(value)) return this.#mismatch(value, schema);
    let isChanged = false;
    const decoded: Record<string, Json> = {};
    for (const [key, item] of Object.entries(value)) {
      this.#path.push(`.${key}`);
      const next = item === null ? zeroOf(schema.values) : (this.value(item, schema.values) ?? null);
      this.#path.pop();
      setKey(decoded, key, next);
      isChanged ||= next !== item;
    }
    return isChanged ? decoded : value;
  }

  #scalar(value: Json, schema: ScalarSchema): Json | undefined {
    const result = decodeScalar(value, schema);
    if ('value' in result) return result.value;
    const problem =
      'failure' in result
        ? this.#failureText(result.failure, schema)
        : this.#mismatchText(value, schema, result.mismatch);
    // A type that decodes itself ends all reading; of other problems the first one is reported in the end.
    if (decodesItself.has(schema.type)) throw new DecodeError(problem);
    this.error ??= problem;
    return undefined;
  }

  #mismatch(value: unknown, schema: TypeSchema): undefined {
    this.error ??= this.#mismatchText(value, schema, wireType(value));
  }

  #mismatchText(value: unknown, schema: TypeSchema, found: string): string {
    if (this.#wording === 'converter') return conversionProblem(value, schema);
    const place = this.#owner ? `struct field ${this.#owner}.${this.#fields.join('.')}` : 'value';
    return `json: cannot unmarshal ${found} into Go ${place} of type ${goTypeName(schema)}`;
  }

  #failureText(failure: string, schema: TypeSchema): string {
    return this.#wording === 'converter' && schema.type === 'bytes' ? `error decoding from json: ${failure}` : failure;
  }

  #unknownField(key: string): void {
    if (this.problems.size >= maxProblems) return;
    this.problems.add(`unknown field ${goQuote([...this.#path, `.${key}`].join('').slice(1))}`);
  }
}

/** `__proto__` is a key like any other. */
function setKey(target: Record<string, Json>, key: string, value: Json): void {
  if (key !== '__proto__') target[key] = value;
  else Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
}

function isZero(value: Json, schema: TypeSchema): boolean {
  if (schema.type === 'quantity' || schema.type === 'int-or-string' || schema.type === 'object') return false;
  if (Array.isArray(value)) return value.length === 0;
  if (schema.type === 'map') return Object.keys(value as JsonObject).length === 0;
  return value === '' || value === 0 || value === false;
}

const emptyObjects = new WeakMap<ObjectSchema, JsonObject>();

function zeroOf(schema: TypeSchema): Json {
  switch (schema.type) {
    case 'object': {
      const known = emptyObjects.get(schema);
      if (known) return known;
      const empty = new Decoding().object({}, schema) ?? {};
      emptyObjects.set(schema, empty);
      return empty;
    }
    case 'list':
      return [];
    case 'map':
      return {};
    case 'boolean':
      return false;
    case 'int32':
    case 'int64':
    case 'double':
    case 'int-or-string':
      return 0;
    case 'quantity':
      return '0';
    case 'any':
    case 'time':
    case 'micro-time':
      return null;
    default:
      return '';
  }
}
