/** Two values that cannot be compared. Upstream: client-go/third_party/forked/golang/template/funcs.go */
export class ComparisonError extends Error {
  override readonly name = 'ComparisonError';
}

/** A number that was written with a decimal point: Go keeps those apart from whole ones. */
export class FloatLiteral {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }

  toString(): string {
    return String(this.value);
  }
}

type Basic = 'bool' | 'int' | 'float' | 'string';

function basicKind(value: unknown): Basic {
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'string';
  if (value instanceof FloatLiteral) return 'float';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  throw new ComparisonError('invalid type for comparison');
}

function plain(value: unknown): unknown {
  return value instanceof FloatLiteral ? value.value : value;
}

function commonKind(left: unknown, right: unknown): Basic {
  const kind = basicKind(left);
  if (kind !== basicKind(right)) throw new ComparisonError('incompatible types for comparison');
  return kind;
}

export function isEqual(left: unknown, right: unknown): boolean {
  commonKind(left, right);
  return plain(left) === plain(right);
}

export function isLess(left: unknown, right: unknown): boolean {
  if (commonKind(left, right) === 'bool') throw new ComparisonError('invalid type for comparison');
  return (plain(left) as string | number) < (plain(right) as string | number);
}

/** What a filter's operator says; undefined for one that does not exist. */
export function compare(operator: string, left: unknown, right: unknown): boolean | undefined {
  switch (operator) {
    case '==':
      return isEqual(left, right);
    case '!=':
      return !isEqual(left, right);
    case '<':
      return isLess(left, right);
    case '<=':
      return isLess(left, right) || isEqual(left, right);
    case '>':
      return !(isLess(left, right) || isEqual(left, right));
    case '>=':
      return !isLess(left, right);
    default:
      return undefined;
  }
}
