import { checkDns1123Label, duplicate, required, tooMany, type FieldError } from '../../../../api/index.ts';
import { addInvalid } from '../label-validation.ts';

/** Lists of limited length whose items are checked. Upstream: validateSlice in pkg/apis/resource/validation/validation.go */
export function validateItems<T>(
  errors: FieldError[],
  items: readonly T[],
  path: string,
  max: number,
  check: (item: T, path: string) => void,
): void {
  if (items.length > max) {
    errors.push(tooMany(path, items.length, max));
    return;
  }
  items.forEach((item, at) => check(item, `${path}[${at}]`));
}

/** The same for lists in which nothing comes twice. Upstream: validateSet */
export function validateSet<T>(
  errors: FieldError[],
  items: readonly T[],
  path: string,
  max: number,
  rules: {
    readonly check: (item: T, path: string) => void;
    readonly keyOf: (item: T) => string;
    readonly key?: string;
  },
): void {
  const seen = new Set<string>();
  validateItems(errors, items, path, max, (item, itemPath) => {
    rules.check(item, itemPath);
    const key = rules.keyOf(item);
    if (seen.has(key)) errors.push(duplicate(rules.key ? `${itemPath}.${rules.key}` : itemPath, key));
    seen.add(key);
  });
}

export function validateLabelOf(errors: FieldError[], name: string | undefined, path: string): void {
  if (name) addInvalid(errors, path, name, checkDns1123Label(name));
  else errors.push(required(path));
}
