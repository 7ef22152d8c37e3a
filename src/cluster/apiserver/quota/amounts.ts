import {
  addQuantity,
  compareQuantity,
  formatQuantity,
  parseQuantity,
  quantityOf,
  subtractQuantity,
  zeroQuantity,
  type Quantity,
} from '../../../api/index.ts';

/**
 * So much of each resource.
 * Upstream: apiserver/pkg/quota/v1/resources.go
 */
export type Amounts = ReadonlyMap<string, Quantity>;

export const one = quantityOf(1, 'DecimalSI');

export function parseAmounts(amounts: Readonly<Record<string, string>> | undefined): Map<string, Quantity> {
  return new Map(Object.entries(amounts ?? {}).map(([name, amount]) => [name, parseQuantity(amount)]));
}

export function formatAmounts(amounts: Amounts): Readonly<Record<string, string>> {
  return Object.fromEntries([...amounts].map(([name, amount]) => [name, formatQuantity(amount)]));
}

export function addAmounts(a: Amounts, b: Amounts): Map<string, Quantity> {
  const sums = new Map(a);
  for (const [name, amount] of b) {
    const sum = sums.get(name);
    sums.set(name, sum ? addQuantity(sum, amount) : amount);
  }
  return sums;
}

/** What is more than before; nothing falls below zero. */
export function increase(next: Amounts, old: Amounts): Map<string, Quantity> {
  const result = new Map<string, Quantity>();
  for (const [name, amount] of next) {
    const before = old.get(name);
    const more = before ? subtractQuantity(amount, before) : amount;
    if (compareQuantity(more, zeroQuantity) > 0) result.set(name, more);
  }
  return result;
}

export function withoutZeros(amounts: Amounts): Map<string, Quantity> {
  return new Map([...amounts].filter(([, amount]) => amount.nano !== 0n));
}

export function masked(amounts: Amounts, names: Iterable<string>): Map<string, Quantity> {
  const wanted = new Set(names);
  return new Map([...amounts].filter(([name]) => wanted.has(name)));
}

/** `cpu=1,memory=1Gi`, names in order. */
export function describeAmounts(amounts: Amounts): string {
  const sorted = [...amounts].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([name, amount]) => `${name}=${formatQuantity(amount)}`).join(',');
}
