/**
 * JSON Patch, RFC 6902.
 * Upstream: gopkg.in/evanphx/json-patch.v4 patch.go, apiserver/pkg/endpoints/handlers/patch.go
 */
import { goJson, isJsonObject, jsonEqual } from '../json.ts';
import type { Json } from '../json.ts';
import { PatchError } from './patch-error.ts';

type Operation = Readonly<Record<string, Json>>;

/** The patched document; what no operation touches is shared with the original. Throws PatchError. */
export function applyJsonPatch(original: Json, patch: unknown): Json {
  if (!Array.isArray(patch) || !patch.every(isJsonObject)) {
    throw new PatchError(
      'malformed',
      `json: cannot unmarshal ${jsonTypeName(patch)} into Go value of type jsonpatch.Patch`,
    );
  }
  return (patch as readonly Operation[]).reduce(applyOperation, original);
}

function jsonTypeName(value: unknown): string {
  if (Array.isArray(value)) return jsonTypeName(value.find((item) => !isJsonObject(item)));
  if (isJsonObject(value)) return 'object';
  return value === null ? 'null' : typeof value === 'boolean' ? 'bool' : typeof value;
}

function applyOperation(document: Json, operation: Operation): Json {
  switch (operation.op) {
    case 'add':
      return add(document, operation);
    case 'remove':
      return remove(document, operation);
    case 'replace':
      return replace(document, operation);
    case 'move':
      return move(document, operation);
    case 'copy':
      return copy(document, operation);
    case 'test':
      return test(document, operation);
    default:
      throw failure(`Unexpected kind: ${typeof operation.op === 'string' ? operation.op : 'unknown'}`);
  }
}

function add(document: Json, operation: Operation): Json {
  const path = textField(operation, 'path', 'add operation failed to decode path: missing value');
  const changed = change(document, path, (container, key) =>
    prefixed(`error in add for path: '${path}'`, () => insert(container, key, operation.value ?? null)),
  );
  return changed ?? missing(`add operation does not apply: doc is missing path: "${path}"`);
}

function remove(document: Json, operation: Operation): Json {
  const path = textField(operation, 'path', 'remove operation failed to decode path: missing value');
  const changed = change(document, path, (container, key) =>
    prefixed(`error in remove for path: '${path}'`, () => without(container, key)),
  );
  return changed ?? missing(`remove operation does not apply: doc is missing path: "${path}"`);
}

/** Of a key that an object does not have, this is an addition: what upstream's library does. */
function replace(document: Json, operation: Operation): Json {
  const path = textField(
    operation,
    'path',
    'replace operation failed to decode path: operation missing path field: missing value',
  );
  const value = operation.value ?? null;
  if (path === '') {
    if (typeof value === 'object' && value !== null) return value;
    throw failure('replace operation value must be object or array: %!w(<nil>)');
  }
  const changed = change(document, path, (container, key) => {
    if (!isList(container)) return withKey(container, key, value);
    if (indexOf(key, container.length, container.length - 1) === undefined) {
      return missing(`replace operation does not apply: doc is missing key: ${path}`);
    }
    return container.with(Number(key), value);
  });
  return changed ?? missing(`replace operation does not apply: doc is missing path: ${path}`);
}

function move(document: Json, operation: Operation): Json {
  const from = textField(
    operation,
    'from',
    'move operation failed to decode from: operation, missing from field: missing value',
  );
  let moved: Json = null;
  const shortened = change(document, from, (container, key) =>
    prefixed(`error in move for path: '${key}'`, () => {
      moved = read(container, key) ?? null;
      return without(container, key);
    }),
  );
  if (shortened === undefined) return missing(`move operation does not apply: doc is missing from path: ${from}`);
  const path = textField(
    operation,
    'path',
    'move operation failed to decode path: operation missing path field: missing value',
  );
  const changed = change(shortened, path, (container, key) =>
    prefixed(`error in move for path: '${path}'`, () => insert(container, key, moved)),
  );
  return changed ?? missing(`move operation does not apply: doc is missing destination path: ${path}`);
}

function copy(document: Json, operation: Operation): Json {
  const from = textField(
    operation,
    'from',
    'copy operation failed to decode from: operation, missing from field: missing value',
  );
  const source = find(document, from);
  if (!source) return missing(`copy operation does not apply: doc is missing from path: ${from}`);
  const value = prefixed(`error in copy for from: '${from}'`, () => read(source.container, source.key)) ?? null;
  const path = textField(operation, 'path', 'copy operation failed to decode path: missing value');
  const changed = change(document, path, (container, key) =>
    prefixed('error while adding value during copy', () => insert(container, key, value)),
  );
  return changed ?? missing(`copy operation does not apply: doc is missing destination path: ${path}`);
}

function test(document: Json, operation: Operation): Json {
  const path = textField(
    operation,
    'path',
    'test operation failed to decode path: operation missing path field: missing value',
  );
  const wanted = operation.value ?? null;
  if (path === '') {
    if (jsonEqual(document, wanted)) return document;
    throw failure(`testing value ${path} failed: test failed`);
  }
  const target = find(document, path);
  if (!target) return missing(`test operation does not apply: is missing path: ${path}`);
  const actual = prefixed(`error in test for path: '${path}'`, () => read(target.container, target.key)) ?? null;
  if (jsonEqual(actual, wanted)) return document;
  throw failure(`testing value ${path} failed: test failed`);
}

type Container = readonly Json[] | Readonly<Record<string, Json>>;

const isList = (container: Container): container is readonly Json[] => Array.isArray(container);

/** Where a path leads: the container that has, or may have, the key. */
function find(document: Json, path: string): { readonly container: Container; readonly key: string } | undefined {
  const keys = keysOf(path);
  if (!keys) return undefined;
  let container: Json | undefined = document;
  for (const key of keys.slice(0, -1)) container = isContainer(container) ? peek(container, key) : undefined;
  return isContainer(container) ? { container, key: keys.at(-1)! } : undefined;
}

/** Copies the containers along the path; undefined when the path leads nowhere. */
function change(
  document: Json,
  path: string,
  edit: (container: Container, key: string) => Container,
): Json | undefined {
  const keys = keysOf(path);
  return keys && changeAt(document, keys, 0, edit);
}

function changeAt(
  document: Json | undefined,
  keys: readonly string[],
  depth: number,
  edit: (container: Container, key: string) => Container,
): Json | undefined {
  if (!isContainer(document)) return undefined;
  const key = keys[depth]!;
  if (depth === keys.length - 1) return edit(document, key) as Json;
  const inner = changeAt(peek(document, key), keys, depth + 1, edit);
  if (inner === undefined) return undefined;
  return isList(document) ? document.with(Number(key), inner) : withKey(document, key, inner);
}

function isContainer(value: Json | undefined): value is readonly Json[] | Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null;
}

function keysOf(path: string): readonly string[] | undefined {
  const parts = path.split('/');
  if (parts.length < 2) return undefined;
  return parts.slice(1).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function peek(container: Container, key: string): Json | undefined {
  if (!isList(container)) return Object.hasOwn(container, key) ? container[key] : undefined;
  const index = indexOf(key, container.length, container.length - 1);
  return index === undefined ? undefined : container[index];
}

/** As peek, but an index that makes no sense is an error. */
function read(container: Container, key: string): Json | undefined {
  if (!isList(container)) return peek(container, key);
  return container[checkedIndex(key, container.length, container.length - 1)];
}

function insert(container: Container, key: string, value: Json): Container {
  if (!isList(container)) return withKey(container, key, value);
  if (key === '-') return [...container, value];
  if (!isInteger(key)) throw failure(`value was not a proper array index: '${key}': ${notANumber(key)}`);
  return container.toSpliced(checkedIndex(key, container.length + 1, container.length), 0, value);
}

function without(container: Container, key: string): Container {
  if (isList(container)) return container.toSpliced(checkedIndex(key, container.length, container.length - 1), 1);
  if (!Object.hasOwn(container, key)) return missing(`Unable to remove nonexistent key: ${key}`);
  const { [key]: _, ...rest } = container;
  return rest;
}

function withKey(container: Readonly<Record<string, Json>>, key: string, value: Json): Container {
  return { ...container, [key]: value };
}

const isInteger = (key: string): boolean => /^[+-]?\d+$/.test(key);
const notANumber = (key: string): string => `strconv.Atoi: parsing ${JSON.stringify(key)}: invalid syntax`;

/** Negative ones count from the end, which the RFC does not know. */
function indexOf(key: string, length: number, max: number): number | undefined {
  if (!isInteger(key)) return undefined;
  const index = Number(key);
  if (index > max || index < -length) return undefined;
  return index < 0 ? index + length : index;
}

function checkedIndex(key: string, length: number, max: number): number {
  if (!isInteger(key)) throw failure(notANumber(key));
  const index = indexOf(key, length, max);
  if (index === undefined) throw failure(`Unable to access invalid index: ${Number(key)}: invalid index referenced`);
  return index;
}

function textField(operation: Operation, field: string, whenMissing: string): string {
  const value = operation[field];
  if (value === undefined || value === null) throw failure(whenMissing);
  if (typeof value !== 'string') throw failure(`json: cannot unmarshal ${goJson(value)} into Go value of type string`);
  return value;
}

function prefixed<T>(prefix: string, attempt: () => T): T {
  try {
    return attempt();
  } catch (error) {
    if (error instanceof PatchError) throw failure(`${prefix}: ${error.message}`);
    throw error;
  }
}

function missing(message: string): never {
  throw failure(`${message}: missing value`);
}

function failure(message: string): PatchError {
  return new PatchError('unprocessable', message);
}
