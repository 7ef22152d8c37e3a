import type { Environment } from '@marcbachmann/cel-js';
import {
  addQuantity,
  compareQuantity,
  isQuantity,
  parseQuantity,
  quantityMilliValue,
  quantityOf,
  quantityValue,
  subtractQuantity,
  type Quantity,
} from '../../../../api/index.ts';

class CelQuantity {
  readonly quantity: Quantity;

  constructor(quantity: Quantity) {
    this.quantity = quantity;
  }
}

/** Upstream: apiserver/pkg/cel/library/quantity.go */
export function registerQuantities(environment: Environment): void {
  const ofInt = (value: bigint): CelQuantity => new CelQuantity(quantityOf(Number(value), 'DecimalSI'));
  const compare = (a: CelQuantity, b: CelQuantity): number => Math.sign(compareQuantity(a.quantity, b.quantity));
  const add = (a: CelQuantity, b: CelQuantity): CelQuantity => new CelQuantity(addQuantity(a.quantity, b.quantity));
  const subtract = (a: CelQuantity, b: CelQuantity): CelQuantity =>
    new CelQuantity(subtractQuantity(a.quantity, b.quantity));
  const isInteger = ({ quantity }: CelQuantity): boolean => quantity.nano % 1_000_000_000n === 0n;
  environment
    .registerType('kubernetes.Quantity', CelQuantity)
    .registerFunction('quantity(string): kubernetes.Quantity', (text: string) => new CelQuantity(parseQuantity(text)))
    .registerFunction('isQuantity(string): bool', isQuantity)
    .registerFunction('kubernetes.Quantity.isGreaterThan(kubernetes.Quantity): bool', (a, b) => compare(a, b) > 0)
    .registerFunction('kubernetes.Quantity.isLessThan(kubernetes.Quantity): bool', (a, b) => compare(a, b) < 0)
    .registerFunction('kubernetes.Quantity.compareTo(kubernetes.Quantity): int', (a, b) => BigInt(compare(a, b)))
    .registerFunction('kubernetes.Quantity.sign(): int', (a) => BigInt(compare(a, ofInt(0n))))
    .registerFunction(
      'kubernetes.Quantity.asApproximateFloat(): double',
      (a: CelQuantity) => quantityMilliValue(a.quantity) / 1000,
    )
    .registerFunction('kubernetes.Quantity.asInteger(): int', (a: CelQuantity) => {
      if (!isInteger(a)) throw new Error('cannot convert value to integer');
      return BigInt(quantityValue(a.quantity));
    })
    .registerFunction('kubernetes.Quantity.isInteger(): bool', isInteger)
    .registerFunction('kubernetes.Quantity.add(kubernetes.Quantity): kubernetes.Quantity', add)
    .registerFunction('kubernetes.Quantity.add(int): kubernetes.Quantity', (a: CelQuantity, b: bigint) =>
      add(a, ofInt(b)),
    )
    .registerFunction('kubernetes.Quantity.sub(kubernetes.Quantity): kubernetes.Quantity', subtract)
    .registerFunction('kubernetes.Quantity.sub(int): kubernetes.Quantity', (a: CelQuantity, b: bigint) =>
      subtract(a, ofInt(b)),
    )
    .registerOperator('kubernetes.Quantity == kubernetes.Quantity', (a, b) => compare(a, b) === 0);
}
