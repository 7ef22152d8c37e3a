import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addQuantity,
  canonicalQuantity,
  compareQuantity,
  formatQuantity,
  parseQuantity,
  QuantityError,
  quantityMilliValue,
  quantityOf,
  quantityValue,
  subtractQuantity,
} from './quantity.ts';

describe('canonicalQuantity', () => {
  it.each([
    ['0', '0'],
    ['0Gi', '0'],
    ['100m', '100m'],
    ['1000m', '1'],
    ['1500m', '1500m'],
    ['1.5', '1500m'],
    ['0.1', '100m'],
    ['.5', '500m'],
    ['1Gi', '1Gi'],
    ['1024Mi', '1Gi'],
    ['1.5Gi', '1536Mi'],
    ['1.1Gi', '1181116006400m'],
    ['0.5Ki', '512'],
    ['1000Ki', '1000Ki'],
    ['12e6', '12e6'],
    ['12e4', '120e3'],
    ['1000k', '1M'],
    ['0.1m', '100u'],
    ['0.1n', '1n'],
    ['-1.5Gi', '-1536Mi'],
    ['100Ei', '9223372036854775807'],
    ['1000000000', '1G'],
    ['1234567', '1234567'],
    ['+5', '+5'],
    ['1.500', '1.500'],
  ])('%s is %s', (text, expected) => expect(canonicalQuantity(text)).toBe(expected));
});

it.each([
  ['', "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"],
  ['abc', "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"],
  ['1.2.3', "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"],
  ['10mi', "unable to parse quantity's suffix"],
  ['1GiB', "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"],
])('refuses %j', (text, message) => expect(() => parseQuantity(text)).toThrow(new QuantityError(message)));

it('adds and keeps the format of the first that is not zero', () => {
  const sum = addQuantity(parseQuantity('0'), parseQuantity('512Mi'));
  expect(formatQuantity(addQuantity(sum, parseQuantity('1Gi')))).toBe('1536Mi');
  expect(formatQuantity(addQuantity(parseQuantity('250m'), parseQuantity('0.75')))).toBe('1');
});

it('rounds up to whole numbers and thousandths', () => {
  expect(quantityValue(parseQuantity('1500m'))).toBe(2);
  expect(quantityMilliValue(parseQuantity('1.0001'))).toBe(1001);
  expect(quantityValue(parseQuantity('1Gi'))).toBe(1073741824);
});

const anyQuantity = () =>
  fc
    .tuple(fc.integer({ min: 0, max: 1e9 }), fc.constantFrom('n', 'u', 'm', '', 'k', 'M', 'G', 'Ki', 'Mi', 'Gi'))
    .map(([value, suffix]) => `${value}${suffix}`);

it('keeps the amount when shown and read again', () =>
  fc.assert(
    fc.property(anyQuantity(), (text) => {
      const quantity = parseQuantity(text);
      expect(compareQuantity(parseQuantity(formatQuantity({ ...quantity, text: undefined as never })), quantity)).toBe(
        0,
      );
    }),
  ));

it('takes away what was added', () =>
  fc.assert(
    fc.property(anyQuantity(), anyQuantity(), (a, b) => {
      const [first, second] = [parseQuantity(a), parseQuantity(b)];
      expect(compareQuantity(subtractQuantity(addQuantity(first, second), second), first)).toBe(0);
    }),
  ));

it('shows what is built from a number', () => expect(formatQuantity(quantityOf(2048, 'BinarySI'))).toBe('2Ki'));
