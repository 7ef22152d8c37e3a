import { CommandError } from '../errors/command-error.ts';
import { listAt, objectAt, stringAt, stringMapAt, type JsonObject } from '../resource/json.ts';
import { Kustomized } from './kustomized.ts';

type ReadBytes = (path: string) => Promise<Uint8Array>;

/**
 * Makes the ConfigMap or Secret that a generator describes.
 * Upstream: kustomize/api/internal/generators
 */
export async function generate(
  kind: 'ConfigMap' | 'Secret',
  args: JsonObject,
  shared: JsonObject | undefined,
  read: ReadBytes,
): Promise<Kustomized> {
  const pairs = await pairsOf(args, read);
  const own = objectAt(args, 'options');
  const option = (name: string) => own?.[name] ?? shared?.[name];
  const metadata: JsonObject = { name: stringAt(args, 'name') };
  const namespace = stringAt(args, 'namespace');
  if (namespace !== '') metadata['namespace'] = namespace;
  for (const field of ['labels', 'annotations']) {
    const marks = { ...stringMapAt(shared, field), ...stringMapAt(own, field) };
    if (Object.keys(marks).length > 0) metadata[field] = marks;
  }
  const object: JsonObject = { apiVersion: 'v1', kind, metadata };
  if (kind === 'Secret') {
    object['data'] = Object.fromEntries(pairs.map(([key, bytes]) => [key, toBase64(bytes)]));
    object['type'] = stringAt(args, 'type') || 'Opaque';
  } else {
    const texts = pairs.map(([key, bytes]) => [key, textOf(bytes), bytes] as const);
    const plain = texts.filter(([, text]) => text !== undefined).map(([key, text]) => [key, text!]);
    const binary = texts.filter(([, text]) => text === undefined).map(([key, , bytes]) => [key, toBase64(bytes)]);
    if (plain.length > 0) object['data'] = Object.fromEntries(plain) as JsonObject;
    if (binary.length > 0) object['binaryData'] = Object.fromEntries(binary) as JsonObject;
  }
  if (option('immutable') === true) object['immutable'] = true;
  return new Kustomized(object, option('disableNameSuffixHash') !== true);
}

async function pairsOf(args: JsonObject, read: ReadBytes): Promise<[string, Uint8Array][]> {
  const encoder = new TextEncoder();
  const pairs: [string, Uint8Array][] = [];
  const envs = [...listAt(args, 'envs'), ...(stringAt(args, 'env') ? [stringAt(args, 'env')] : [])];
  for (const path of envs) {
    for (const line of new TextDecoder().decode(await read(String(path))).split(/\r?\n/)) {
      const text = line.trimStart();
      if (text === '' || text.startsWith('#')) continue;
      const [key, value = ''] = splitPair(text);
      pairs.push([key, encoder.encode(value)]);
    }
  }
  for (const literal of listAt(args, 'literals')) {
    const [key, value] = splitPair(String(literal));
    if (value === undefined || key === '') {
      throw new CommandError(`invalid literal source ${String(literal)}, expected key=value`);
    }
    const unquoted = /^(["']).*\1$/s.test(value) ? value.slice(1, -1) : value;
    pairs.push([key, encoder.encode(unquoted)]);
  }
  for (const file of listAt(args, 'files')) {
    const [key, path] = splitPair(String(file));
    pairs.push([path === undefined ? key.slice(key.lastIndexOf('/') + 1) : key, await read(path ?? key)]);
  }
  return pairs;
}

function splitPair(text: string): [string, string?] {
  const equals = text.indexOf('=');
  return equals < 0 ? [text] : [text.slice(0, equals), text.slice(equals + 1)];
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined; // Not text: it goes into binaryData.
  }
}

/** Long content stands on lines of 70 characters. */
function toBase64(bytes: Uint8Array): string {
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  return text.length < 70 ? text : (text.match(/.{1,70}/g) ?? []).map((line) => `${line}\n`).join('');
}
