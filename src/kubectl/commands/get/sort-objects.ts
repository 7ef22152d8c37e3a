import { compareQuantity, goQuote, isQuantity, parseQuantity } from '../../../api/index.ts';
import { CommandError } from '../../errors/command-error.ts';
import { goSort } from '../../go/sort.ts';
import { JsonPath } from '../../../api/jsonpath/json-path.ts';
import { relaxedJsonPath } from '../../printers/relaxed-json-path.ts';

/** No object has the field to sort by. */
export class MissingFieldError extends CommandError {}

/**
 * Sorts by what a path finds in each item; items that lack it come first.
 * Upstream: kubectl/pkg/cmd/get/sorter.go
 * @param objectOf what the path is applied to
 */
export function sortByPath<T>(items: readonly T[], expression: string, objectOf: (item: T) => unknown): readonly T[] {
  const field = relaxedJsonPath(expression);
  const path = new JsonPath(field, { allowsMissingKeys: true });
  const keyed = items.map((item) => ({ item, key: path.find(objectOf(item))[0]?.[0] }));
  if (items.length > 0 && keyed.every(({ key }) => key === undefined)) {
    throw new MissingFieldError(`couldn't find any field with path ${goQuote(field)} in the list of objects`);
  }
  return goSort(keyed, (a, b) => isLess(a.key, b.key, field)).map(({ item }) => item);
}

function isLess(a: unknown, b: unknown, field: string): boolean {
  if (a === undefined) return true;
  if (b === undefined) return false;
  if (typeof a === 'number' && typeof b === 'number') return a < b;
  if (typeof a === 'string' && typeof b === 'string') return isTextLess(a, b);
  throw new CommandError(
    `Field ${field} in [][][]reflect.Value is an unsortable type: interface, err: unsortable type: ${typeName(a)}`,
  );
}

/** Quantities by their size, anything else as text. */
function isTextLess(a: string, b: string): boolean {
  if (isQuantity(a) && isQuantity(b)) return compareQuantity(parseQuantity(a), parseQuantity(b)) < 0;
  return a < b;
}

function typeName(value: unknown): string {
  if (typeof value === 'boolean') return 'bool';
  if (Array.isArray(value)) return '[]interface {}';
  return value === null ? '<nil>' : 'map[string]interface {}';
}
