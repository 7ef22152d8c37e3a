/**
 * Which fields differ between two versions of an object. Subtrees that are the same object are not looked at, so the
 * cost follows the change and not the size.
 * Upstream: sigs.k8s.io/structured-merge-diff/v6/typed/compare.go
 */
import { jsonEqual } from '../json.ts';
import type { FieldSet } from '../meta.ts';
import type { ListSchema, TypeSchema } from '../schema/type-schema.ts';
import { emptySet, leaf } from './field-set.ts';
import { SetBuilder } from './interned-set.ts';
import { fieldElement, listElement } from './path-element.ts';
import { isEmptyValue, isGranularList, isGranularObject, itemSchema, partSchema } from './value-shape.ts';

/** Both interned. */
export interface Comparison {
  readonly removed: FieldSet;
  /** Modified or added. */
  readonly changed: FieldSet;
}

/** The same, of one node; what is undefined has nothing in it. */
interface Difference {
  readonly removed?: FieldSet | undefined;
  readonly changed?: FieldSet | undefined;
}

const changedLeaf: Difference = { changed: leaf };
const removedLeaf: Difference = { removed: leaf };

export function compareObjects(before: unknown, after: unknown, schema: TypeSchema): Comparison {
  const { removed = emptySet, changed = emptySet } = compareValues(before, after, schema) ?? {};
  return { removed, changed };
}

/** Undefined when they are equal. */
function compareValues(before: unknown, after: unknown, schema: TypeSchema): Difference | undefined {
  if (before === after) return undefined;
  const present = before ?? after;
  if (!(isEmptyValue(before) && isEmptyValue(after))) {
    if (isGranularObject(present, schema) && isSameShape(before, after)) return compareFields(before, after, schema);
    if (isGranularList(present, schema) && isSameShape(before, after)) {
      return compareItems(before as readonly unknown[], after as readonly unknown[], itemSchema(schema), before, after);
    }
  }
  if (before === undefined) return changedLeaf;
  if (after === undefined) return removedLeaf;
  return jsonEqual(before, after) ? undefined : changedLeaf;
}

function isSameShape(a: unknown, b: unknown): boolean {
  if (a === null || a === undefined || b === null || b === undefined) return true;
  return typeof a === typeof b && Array.isArray(a) === Array.isArray(b);
}

/** Gathers the differences of a node's parts. */
class DifferenceBuilder {
  readonly #removed: SetBuilder;
  readonly #changed: SetBuilder;

  /** The node itself is added or removed with its parts, when it was not there before or is not there any more. */
  constructor(before: unknown, after: unknown) {
    this.#removed = new SetBuilder(after === undefined);
    this.#changed = new SetBuilder(before === undefined);
  }

  add(element: string, difference: Difference | undefined): void {
    if (!difference) return;
    const { removed, changed } = difference;
    if (removed) this.#removed.add(element, removed);
    if (changed) this.#changed.add(element, changed);
  }

  build(): Difference | undefined {
    const removed = this.#removed.build();
    const changed = this.#changed.build();
    return removed || changed ? { removed, changed } : undefined;
  }
}

function compareFields(before: unknown, after: unknown, schema: TypeSchema): Difference | undefined {
  const builder = new DifferenceBuilder(before, after);
  const old = (before ?? emptySet) as Readonly<Record<string, unknown>>;
  const next = (after ?? emptySet) as Readonly<Record<string, unknown>>;
  for (const key in old) {
    if (old[key] === next[key] || old[key] === undefined) continue;
    builder.add(fieldElement(key), compareValues(old[key], next[key], partSchema(schema, key)));
  }
  for (const key in next) {
    if (old[key] !== undefined || next[key] === undefined) continue;
    builder.add(fieldElement(key), compareValues(undefined, next[key], partSchema(schema, key)));
  }
  return builder.build();
}

function compareItems(
  before: readonly unknown[] | null | undefined,
  after: readonly unknown[] | null | undefined,
  schema: ListSchema,
  wholeBefore: unknown,
  wholeAfter: unknown,
): Difference | undefined {
  const builder = new DifferenceBuilder(wholeBefore, wholeAfter);
  const old = groupItems(before ?? [], schema);
  const next = groupItems(after ?? [], schema);
  for (const [element, items] of old) builder.add(element, compareGroups(items, next.get(element) ?? [], schema));
  for (const [element, items] of next) if (!old.has(element)) builder.add(element, compareGroups([], items, schema));
  return builder.build();
}

/** Elements that are there twice count as one atomic value. */
function compareGroups(
  old: readonly unknown[],
  next: readonly unknown[],
  { items }: ListSchema,
): Difference | undefined {
  if (old.length <= 1 && next.length <= 1) return compareValues(old[0], next[0], items);
  if (old.length > 1 && next.length > 1) return jsonEqual(old, next) ? undefined : changedLeaf;
  if (old.length > 1) {
    const difference = next.length > 0 ? compareValues(undefined, next[0], items) : undefined;
    return { changed: difference?.changed, removed: leaf };
  }
  const difference = old.length > 0 ? compareValues(old[0], undefined, items) : undefined;
  return { removed: difference?.removed, changed: leaf };
}

function groupItems(list: readonly unknown[], schema: ListSchema): ReadonlyMap<string, readonly unknown[]> {
  const groups = new Map<string, unknown[]>();
  for (const [index, item] of list.entries()) {
    const element = listElement(item, schema) ?? `i:${index}`;
    const group = groups.get(element);
    if (group) group.push(item);
    else groups.set(element, [item]);
  }
  return groups;
}
