import type { Environment } from '@marcbachmann/cel-js';
import { isCelEqual } from '../values.ts';

type Comparable = bigint | number | string | boolean | Date;

/** Upstream: apiserver/pkg/cel/library/lists.go, cel-go/ext/sets.go */
export function registerLists(environment: Environment): void {
  environment
    .registerFunction('list.isSorted(): bool', isSorted)
    .registerFunction('list.sum(): dyn', sum)
    .registerFunction('list.min(): dyn', (list: readonly Comparable[]) => extreme(list, 'min'))
    .registerFunction('list.max(): dyn', (list: readonly Comparable[]) => extreme(list, 'max'))
    .registerFunction('list.indexOf(dyn): int', (list: readonly unknown[], item: unknown) =>
      BigInt(list.findIndex((other) => isCelEqual(other, item))),
    )
    .registerFunction('list.lastIndexOf(dyn): int', (list: readonly unknown[], item: unknown) =>
      BigInt(list.findLastIndex((other) => isCelEqual(other, item))),
    )
    .registerType('k8s.Sets', Sets)
    .registerConstant('sets', 'k8s.Sets', new Sets())
    .registerFunction('k8s.Sets.contains(list, list): bool', (_: Sets, a: unknown[], b: unknown[]) => contains(a, b))
    .registerFunction(
      'k8s.Sets.equivalent(list, list): bool',
      (_: Sets, a: unknown[], b: unknown[]) => contains(a, b) && contains(b, a),
    )
    .registerFunction('k8s.Sets.intersects(list, list): bool', (_: Sets, a: unknown[], b: unknown[]) =>
      a.some((item) => contains(b, [item])),
    );
}

class Sets {}

function contains(list: readonly unknown[], items: readonly unknown[]): boolean {
  return items.every((item) => list.some((other) => isCelEqual(other, item)));
}

function isSorted(list: readonly Comparable[]): boolean {
  return list.every((item, at) => at === 0 || list[at - 1]! <= item);
}

function sum(list: readonly (bigint | number)[]): bigint | number {
  if (list.every((item) => typeof item === 'bigint')) return list.reduce((total, item) => total + item, 0n);
  return list.reduce((total, item) => Number(total) + Number(item), 0);
}

function extreme(list: readonly Comparable[], which: 'min' | 'max'): Comparable {
  if (list.length === 0) throw new Error(`${which} called on empty list`);
  return list.reduce((best, item) => ((which === 'min' ? item < best : item > best) ? item : best));
}
