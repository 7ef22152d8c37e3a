import { messageTable } from './messages.ts';
import { WireReader, type WireField } from './wire-reader.ts';

/** What a Kubernetes client sends as `application/vnd.kubernetes.protobuf`, turned into the JSON that it stands for. */

interface Field {
  readonly name: string;
  readonly type: string;
  readonly isRepeated: boolean;
  readonly isMap: boolean;
  readonly isOptional: boolean;
}

type Message = ReadonlyMap<number, Field>;
type JsonObject = Record<string, unknown>;

let messages: ReadonlyMap<string, Message> | undefined;

function messageNamed(name: string): Message | undefined {
  messages ??= new Map(messageTable.trim().split('\n').map(parseMessage));
  return messages.get(name);
}

function parseMessage(line: string): [string, Message] {
  const [name = '', fields = ''] = line.split(': ');
  return [name, new Map(fields.split(', ').map(parseField))];
}

function parseField(text: string): [number, Field] {
  const [number, name = '', type = ''] = text.split(' ');
  const [, marks = '', bare = ''] = /^((?:\[\]|\{\}|\*)*)(.*)$/.exec(type)!;
  const isRepeated = marks.includes('[]');
  return [
    Number(number),
    { name, type: bare, isRepeated, isMap: marks.includes('{}'), isOptional: marks.includes('*') },
  ];
}

const magic = [0x6b, 0x38, 0x73, 0x00];

/** Thrown for bytes that are no Kubernetes object. */
export class ProtobufError extends Error {
  override readonly name = 'ProtobufError';
}

/** The object in an envelope (`k8s\0`, then runtime.Unknown). Throws ProtobufError. */
export function decodeObject(bytes: Uint8Array): JsonObject {
  if (!magic.every((byte, index) => bytes[index] === byte))
    throw new ProtobufError('the body does not begin as Kubernetes objects do');
  let [apiVersion, kind] = ['', ''];
  let raw = new Uint8Array();
  for (const field of new WireReader(bytes.subarray(magic.length))) {
    if (field.number === 1) [apiVersion, kind] = typeMeta(field.bytes);
    else if (field.number === 2) raw = field.bytes;
  }
  const message = messageNamed(`${packageOf(apiVersion)}.${kind}`) ?? messageNamed(`meta.${kind}`);
  if (!message) throw new ProtobufError(`no kind ${JSON.stringify(kind)} is known in ${JSON.stringify(apiVersion)}`);
  return { apiVersion, kind, ...decodeMessage(raw, message) };
}

function typeMeta(bytes: Uint8Array): [string, string] {
  const texts = ['', ''] as [string, string];
  for (const field of new WireReader(bytes)) if (field.number <= 2) texts[field.number - 1] = field.text;
  return texts;
}

/** `apps/v1` is in the package `apps`, `v1` in `core`. */
function packageOf(apiVersion: string): string {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['core', apiVersion];
  const name = group!.split('.')[0]!;
  return name === 'autoscaling' && version === 'v2' ? 'autoscaling2' : name;
}

function decodeMessage(bytes: Uint8Array, message: Message): JsonObject {
  const object: JsonObject = {};
  for (const wire of new WireReader(bytes)) {
    const field = message.get(wire.number);
    if (!field) continue;
    if (field.isMap) {
      const [key, value] = mapEntry(wire.bytes, field);
      object[field.name] = { ...(object[field.name] as JsonObject | undefined), [key]: value };
      continue;
    }
    const value = decodeValue(wire, field.type);
    if (field.name === '~') Object.assign(object, value);
    else if (field.isRepeated) object[field.name] = [...((object[field.name] as unknown[] | undefined) ?? []), value];
    // Go writes the zero values of fields that cannot be absent; in JSON they are left out.
    else if (field.isOptional || !isZero(value)) object[field.name] = value;
  }
  return object;
}

function mapEntry(bytes: Uint8Array, { type, isRepeated }: Field): [string, unknown] {
  let key = '';
  let value: unknown = isRepeated ? [] : type === 's' || type === 'y' ? '' : {};
  for (const field of new WireReader(bytes)) {
    if (field.number === 1) key = field.text;
    // A list inside a map is a message of its own, whose only field repeats: ExtraValue.
    else if (field.number === 2) value = isRepeated ? listIn(field.bytes, type) : decodeValue(field, type);
  }
  return [key, value];
}

function listIn(bytes: Uint8Array, type: string): readonly unknown[] {
  return [...new WireReader(bytes)].filter(({ number }) => number === 1).map((field) => decodeValue(field, type));
}

function isZero(value: unknown): boolean {
  return value === '' || value === 0 || value === false || value === undefined;
}

function decodeValue(field: WireField, type: string): unknown {
  switch (type) {
    case 's':
      return field.text;
    case 'b':
      return field.integer !== 0;
    case 'i':
      return field.integer;
    case 'd':
      return field.double;
    case 'y':
      return Buffer.from(field.bytes).toString('base64');
    case 'q':
      return textAt(field.bytes, 1);
    case 'T':
      return timestamp(field.bytes, false);
    case 'U':
      return timestamp(field.bytes, true);
    case 'D':
      return `${integerAt(field.bytes, 1) / 1e9}s`;
    case 'x':
      return integerAt(field.bytes, 1) === 0 ? integerAt(field.bytes, 2) : textAt(field.bytes, 3);
    case 'r':
    case 'F':
      return JSON.parse(textAt(field.bytes, 1) || '{}');
    default:
      return decodeMessage(field.bytes, messageNamed(type)!);
  }
}

function textAt(bytes: Uint8Array, number: number): string {
  for (const field of new WireReader(bytes)) if (field.number === number) return field.text;
  return '';
}

function integerAt(bytes: Uint8Array, number: number): number {
  for (const field of new WireReader(bytes)) if (field.number === number) return field.integer;
  return 0;
}

/** Go's zero time is no time. */
function timestamp(bytes: Uint8Array, hasMicros: boolean): string | undefined {
  if (bytes.length === 0) return undefined;
  const text = new Date(integerAt(bytes, 1) * 1000).toISOString().slice(0, 19);
  const micros = Math.floor(integerAt(bytes, 2) / 1000);
  return hasMicros ? `${text}.${String(micros).padStart(6, '0')}Z` : `${text}Z`;
}
