import { dataOf, isMap, typeName, unboxed, valueOf, type MaybeValue, type Value } from '../values.ts';
import { defaultText } from '../format/default-text.ts';
import type { TemplateFunctions } from './template-function.ts';

type Kind = 'bool' | 'int' | 'float' | 'string';

/** Upstream: text/template/funcs.go */
export const comparisons: TemplateFunctions = {
  eq: { parameters: ['reflect.Value', 'reflect.Value'], isVariadic: true, call: (...args) => valueOf(isEqual(args)) },
  ne: pair((a, b) => !isEqual([a, b])),
  lt: pair(isLess),
  le: pair((a, b) => isLess(a, b) || isEqual([a, b])),
  gt: pair((a, b) => !(isLess(a, b) || isEqual([a, b]))),
  ge: pair((a, b) => !isLess(a, b)),
};

function pair(compare: (a: MaybeValue, b: MaybeValue) => boolean): TemplateFunctions[string] {
  return { parameters: ['reflect.Value', 'reflect.Value'], call: (a, b) => valueOf(compare(a, b)) };
}

/** Whether the first equals any of the others. */
function isEqual([first, ...others]: readonly MaybeValue[]): boolean {
  const one = unboxed(first);
  if (others.length === 0) throw new Error('missing argument for comparison');
  return others.some((other) => areEqual(one, unboxed(other)));
}

function areEqual(a: MaybeValue, b: MaybeValue): boolean {
  const [kindA, kindB] = [kindOf(a), kindOf(b)];
  if (kindA !== kindB) {
    if (a && b) throw incompatible(a, b);
    return false;
  }
  if (kindA !== undefined) return a!.data === b!.data;
  if (!a || !b) return !a && !b;
  if (isMap(a.data) !== isMap(b.data)) {
    throw new Error(
      `non-comparable types ${defaultText(a.data)}: ${typeName(a)}, ${typeName(b)}: ${defaultText(b.data)}`,
    );
  }
  throw new Error(`non-comparable type ${defaultText(b.data)}: ${typeName(b)}`);
}

function isLess(first: MaybeValue, second: MaybeValue): boolean {
  const [a, b] = [unboxed(first), unboxed(second)];
  const [kindA, kindB] = [kindOf(a), kindOf(b)];
  if (kindA === undefined || kindB === undefined) throw new Error('invalid type for comparison');
  if (kindA !== kindB) throw incompatible(a!, b!);
  if (kindA === 'bool') throw new Error('invalid type for comparison');
  return (dataOf(a) as string | number | bigint) < (dataOf(b) as string | number | bigint);
}

function incompatible(a: Value, b: Value): Error {
  return new Error(`incompatible types for comparison: ${typeName(a)} and ${typeName(b)}`);
}

function kindOf(value: MaybeValue): Kind | undefined {
  switch (typeof value?.data) {
    case 'boolean':
      return 'bool';
    case 'bigint':
      return 'int';
    case 'number':
      return 'float';
    case 'string':
      return 'string';
    default:
      return undefined;
  }
}
