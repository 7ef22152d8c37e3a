import { boxed, intValue, isMap, keysOf, typeName, unboxed, valueOf, type MaybeValue, type Value } from '../values.ts';
import type { TemplateFunctions } from './template-function.ts';

/** Upstream: text/template/funcs.go */
export const indexing: TemplateFunctions = {
  index: { parameters: ['reflect.Value', 'reflect.Value'], isVariadic: true, call: index },
  slice: { parameters: ['reflect.Value', 'reflect.Value'], isVariadic: true, call: slice },
  len: { parameters: ['reflect.Value'], call: (value) => intValue(lengthOf(value)) },
};

function index(item: MaybeValue, ...indexes: readonly MaybeValue[]): MaybeValue {
  let found = unboxed(item);
  if (!found) throw new Error('index of untyped nil');
  indexes.forEach((each, position) => {
    if (position > 0) found = unboxed(found);
    if (!found) throw new Error('index of nil pointer');
    found = elementOf(found, unboxed(each));
  });
  return found;
}

function elementOf(item: Value, key: MaybeValue): MaybeValue {
  const { data } = item;
  if (isMap(data)) {
    if (!key) throw new Error('value is nil; should be of type string');
    if (typeof key.data !== 'string') throw new Error(`value has type ${typeName(key)}; should be string`);
    return boxed(Object.hasOwn(data, key.data) ? data[key.data] : null);
  }
  if (Array.isArray(data)) {
    const at = position(key, data.length);
    if (at === data.length) throw new Error('reflect: slice index out of range');
    return boxed((data as readonly unknown[])[at]);
  }
  if (typeof data !== 'string') throw new Error(`can't index item of type ${typeName(item)}`);
  const bytes = new TextEncoder().encode(data);
  const at = position(key, bytes.length);
  if (at === bytes.length) throw new Error('reflect: string index out of range');
  return { data: BigInt(bytes[at]!), isBoxed: false, type: 'uint8' };
}

/** @param limit the largest that is no mistake */
function position(key: MaybeValue, limit: number): number {
  if (!key) throw new Error('cannot index slice/array with nil');
  if (typeof key.data !== 'bigint') throw new Error(`cannot index slice/array with type ${typeName(key)}`);
  if (key.data < 0n || key.data > BigInt(limit)) throw new Error(`index out of range: ${key.data}`);
  return Number(key.data);
}

function slice(given: MaybeValue, ...indexes: readonly MaybeValue[]): MaybeValue {
  const item = unboxed(given);
  if (!item) throw new Error('slice of untyped nil');
  if (indexes.length > 3) throw new Error(`too many slice indexes: ${indexes.length}`);
  const { data } = item;
  if (typeof data === 'string') {
    if (indexes.length === 3) throw new Error('cannot 3-index slice a string');
    const bytes = new TextEncoder().encode(data);
    const [from, to] = bounds(indexes, bytes.length);
    return valueOf(new TextDecoder().decode(bytes.slice(from, to)));
  }
  if (!Array.isArray(data)) throw new Error(`can't slice item of type ${typeName(item)}`);
  const [from, to] = bounds(indexes, data.length);
  return valueOf(data.slice(from, to));
}

function bounds(indexes: readonly MaybeValue[], length: number): readonly [number, number] {
  const given = indexes.map((each) => position(unboxed(each), length));
  const [from = 0, to = length, end = length] = given;
  if (from > to) throw new Error(`invalid slice index: ${from} > ${to}`);
  if (to > end) throw new Error(`invalid slice index: ${to} > ${end}`);
  return [from, to];
}

function lengthOf(given: MaybeValue): number {
  if (!given) throw new Error('reflect: call of reflect.Value.Type on zero Value');
  const value = unboxed(given);
  if (!value) throw new Error('len of nil pointer');
  const { data } = value;
  if (typeof data === 'string') return new TextEncoder().encode(data).length;
  if (Array.isArray(data)) return data.length;
  if (isMap(data)) return keysOf(data).length;
  throw new Error(`len of type ${typeName(value)}`);
}
