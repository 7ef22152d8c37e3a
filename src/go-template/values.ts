/**
 * Data as Go's reflection sees it. JSON has Go's types: string, bool, []interface {}, map[string]interface {}, a number for
 * a float64 and a bigint for an int64.
 */
export interface Value {
  readonly data: unknown;
  /** Where the data does not tell: `int`, as literals and lengths are. */
  readonly type?: string;
  /** It was found in a map or list, where Go knows no more than that it is an `interface {}`; only there it can be nil. */
  readonly isBoxed: boolean;
}

/** Undefined is Go's invalid value: a missing key, or nil that was taken out of its box. */
export type MaybeValue = Value | undefined;

export function valueOf(data: unknown): MaybeValue {
  return data === null || data === undefined ? undefined : { data, isBoxed: false };
}

export function boxed(data: unknown): Value {
  return { data: data ?? null, isBoxed: true };
}

/** What is in the box. */
export function unboxed(value: MaybeValue): MaybeValue {
  return value?.isBoxed ? valueOf(value.data) : value;
}

export function intValue(data: bigint | number): Value {
  return { data: BigInt(data), isBoxed: false, type: 'int' };
}

/** The data, nil for what is invalid. */
export function dataOf(value: MaybeValue): unknown {
  return value?.data ?? null;
}

export function typeName(value: Value): string {
  return value.isBoxed ? 'interface {}' : (value.type ?? dataTypeName(value.data));
}

export function dataTypeName(data: unknown): string {
  switch (typeof data) {
    case 'string':
      return 'string';
    case 'boolean':
      return 'bool';
    case 'number':
      return 'float64';
    case 'bigint':
      return 'int64';
    case 'function':
      return 'func(...interface {}) interface {}';
    default:
      if (data === null || data === undefined) return '<nil>';
      return Array.isArray(data) ? '[]interface {}' : 'map[string]interface {}';
  }
}

export function isMap(data: unknown): data is Readonly<Record<string, unknown>> {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}

/** The keys that a map has, in order. */
export function keysOf(map: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.keys(map)
    .filter((key) => map[key] !== undefined)
    .toSorted();
}

/** Zero, empty and nil are false. */
export function isTrue(value: MaybeValue): boolean {
  const data = dataOf(value);
  if (Array.isArray(data)) return data.length > 0;
  if (isMap(data)) return keysOf(data).length > 0;
  return Boolean(data);
}
