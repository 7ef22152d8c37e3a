import { withFields } from '../../../api/with-fields.ts';

/** Changing by copy what is stored and shared: whatever stays the same stays the same object. */

/** As `map`, but the same array when no element changed. */
export function mapShared<T>(items: readonly T[], change: (item: T) => T): readonly T[] {
  for (let at = 0; at < items.length; at++) {
    const changed = change(items[at]!);
    if (changed === items[at]) continue;
    const copy = items.slice(0, at);
    copy.push(changed);
    for (let rest = at + 1; rest < items.length; rest++) copy.push(change(items[rest]!));
    return copy;
  }
  return items;
}

/** The object with `field` replaced, or the same object when it is that already. `undefined` takes the field away. */
export function withField<T extends object, K extends keyof T>(object: T, field: K, value: T[K] | undefined): T {
  if (object[field] === value) return object;
  if (value !== undefined) return withFields(object, { [field]: value });
  const { [field]: _, ...rest } = object;
  return rest as T;
}

/** Fills in what is missing. `isMissing` says what counts: text and numbers that Go holds by value are missing when zero. */
export function fill<T extends object>(object: T, defaults: Partial<T>, isMissing = isUndefined): T {
  let filled: T | undefined;
  for (const field in defaults) {
    if (!isMissing(object[field])) continue;
    filled ??= withFields(object, {});
    filled[field] = defaults[field]!;
  }
  return filled ?? object;
}

export function isUndefined(value: unknown): boolean {
  return value === undefined || value === null;
}

/** What Go cannot tell from a field that was never set. */
export function isZero(value: unknown): boolean {
  return value === undefined || value === null || value === '' || value === 0 || value === false;
}

/** Many changes to one object with a single copy, and none when nothing changes. */
export class Change<T extends object> {
  #copy: T | undefined;
  readonly #original: T;

  constructor(original: T) {
    this.#original = original;
  }

  get result(): T {
    return this.#copy ?? this.#original;
  }

  set<K extends keyof T>(field: K, value: T[K]): void {
    if (this.result[field] === value) return;
    this.#copy ??= withFields(this.#original, {});
    this.#copy[field] = value;
  }

  fill(defaults: Partial<T>, isMissing = isUndefined): void {
    for (const field in defaults) if (isMissing(this.result[field])) this.set(field, defaults[field]!);
  }
}
