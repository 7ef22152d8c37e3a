import { rfc3339, type Json, type JsonObject } from '../../../api/index.ts';
import { DecodeError } from '../../../api/decode/decode-error.ts';
import { childSchema, type ObjectSchema, type ScalarSchema, type TypeSchema } from '../../../api/schema/type-schema.ts';
import { decodeUtf8 } from '../../../kernel/index.ts';
import { encodeBase64 } from '../../../shell/codec/base64.ts';
import { messageFields } from './field-numbers.ts';
import { readFields, readVarints } from './wire-reader.ts';

/**
 * Reads the binary form in which Go clients send built-in kinds. The server never answers in it.
 * Upstream: apimachinery/pkg/runtime/serializer/protobuf/protobuf.go
 */
export interface Envelope {
  readonly apiVersion: string;
  readonly kind: string;
  readonly message: Uint8Array;
}

const magic = [0x6b, 0x38, 0x73, 0x00];
const nothing = new Uint8Array();

/** Every body begins with `k8s` and says what it holds. Throws DecodeError. */
export function openEnvelope(bytes: Uint8Array): Envelope {
  if (!magic.every((byte, index) => bytes[index] === byte)) {
    throw new DecodeError('provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]');
  }
  const fields = new Map([...readFields(bytes.subarray(magic.length))].map(({ number, value }) => [number, value]));
  const type = new Map([...readFields(bytesOf(fields.get(1)))].map(({ number, value }) => [number, value]));
  return {
    apiVersion: decodeUtf8(bytesOf(type.get(1))),
    kind: decodeUtf8(bytesOf(type.get(2))),
    message: bytesOf(fields.get(2)),
  };
}

/** A message as the JSON that says the same. Throws DecodeError. */
export function decodeMessage(bytes: Uint8Array, schema: ObjectSchema): JsonObject {
  const decoded: Record<string, Json> = {};
  decodeInto(decoded, bytes, messageNameOf(schema), schema);
  return decoded;
}

/** `io.k8s.api.core.v1.Pod` is `core.v1.Pod`. */
function messageNameOf({ name }: ObjectSchema): string {
  return name.split('.').slice(-3).join('.');
}

function decodeInto(decoded: Record<string, Json>, bytes: Uint8Array, messageName: string, schema: ObjectSchema): void {
  const fields = messageFields(messageName);
  if (!fields) throw new DecodeError(`proto: no message ${messageName}`);
  for (const { number, value } of readFields(bytes)) {
    const field = fields.get(number);
    // What a newer client knows and we do not is left out, as upstream does.
    if (!field) continue;
    if (field.isInline) {
      const group = messageName.slice(0, messageName.lastIndexOf('.'));
      decodeInto(decoded, bytesOf(value), `${group}.${field.name}`, schema);
      continue;
    }
    const type = childSchema(schema, field.name);
    if (type) decoded[field.name] = decodeField(decoded[field.name], value, type);
  }
}

/** Lists and maps come one element at a time. */
function decodeField(before: Json | undefined, value: bigint | Uint8Array, schema: TypeSchema): Json {
  if (schema.type === 'list') {
    const list = (before ?? []) as readonly Json[];
    const isPacked = value instanceof Uint8Array && isNumber(schema.items);
    return [...list, ...(isPacked ? [...readVarints(value)].map(signed) : [decodeValue(value, schema.items)])];
  }
  if (schema.type !== 'map') return decodeValue(value, schema);
  const entry = new Map([...readFields(bytesOf(value))].map((field) => [field.number, field.value]));
  const item = entry.get(2) ?? (isNumber(schema.values) ? 0n : nothing);
  return {
    ...(before as JsonObject | undefined),
    [decodeUtf8(bytesOf(entry.get(1)))]: decodeValue(item, schema.values),
  };
}

function decodeValue(value: bigint | Uint8Array, schema: TypeSchema): Json {
  switch (schema.type) {
    case 'object':
      return decodeMessage(bytesOf(value), schema);
    // The value of a map that is a list is a message around the list.
    case 'list':
      return [...readFields(bytesOf(value))].map((field) => decodeValue(field.value, schema.items));
    case 'map':
      throw new DecodeError('proto: a map within a map');
    case 'any': {
      const raw = [...readFields(bytesOf(value))].find((field) => field.number === 1)?.value;
      return raw === undefined ? null : (JSON.parse(decodeUtf8(bytesOf(raw))) as Json);
    }
    default:
      return decodeScalar(value, schema);
  }
}

function decodeScalar(value: bigint | Uint8Array, { type }: ScalarSchema): Json {
  switch (type) {
    case 'boolean':
      return value !== 0n;
    case 'int32':
    case 'int64':
      return signed(value);
    case 'double':
      return new DataView(bytesOf(value).slice().buffer).getFloat64(0, true);
    case 'bytes':
      return encodeBase64(bytesOf(value));
    case 'quantity':
      return textOf(value, 1);
    case 'int-or-string':
      return intOrString(bytesOf(value));
    case 'time':
    case 'micro-time':
      return timeOf(bytesOf(value), type);
    case 'string':
      return decodeUtf8(bytesOf(value));
  }
}

function signed(value: bigint | Uint8Array): number {
  return typeof value === 'bigint' ? Number(BigInt.asIntN(64, value)) : 0;
}

function textOf(value: bigint | Uint8Array, number: number): string {
  const found = [...readFields(bytesOf(value))].find((field) => field.number === number);
  return decodeUtf8(bytesOf(found?.value));
}

function intOrString(bytes: Uint8Array): Json {
  const fields = new Map([...readFields(bytes)].map(({ number, value }) => [number, value]));
  return fields.get(1) === 1n ? decodeUtf8(bytesOf(fields.get(3))) : signed(fields.get(2) ?? 0n);
}

/** An empty message is no time at all. */
function timeOf(bytes: Uint8Array, type: 'time' | 'micro-time'): Json {
  const fields = new Map([...readFields(bytes)].map(({ number, value }) => [number, signed(value)]));
  const seconds = fields.get(1) ?? 0;
  const nanos = fields.get(2) ?? 0;
  if (seconds === 0 && nanos === 0) return null;
  const text = rfc3339(seconds * 1000);
  return type === 'time' ? text : `${text.slice(0, -1)}.${String(Math.floor(nanos / 1000)).padStart(6, '0')}Z`;
}

function isNumber({ type }: TypeSchema): boolean {
  return type === 'int32' || type === 'int64' || type === 'boolean';
}

function bytesOf(value: bigint | Uint8Array | undefined): Uint8Array {
  return value instanceof Uint8Array ? value : nothing;
}
