/** What a shell variable holds, and its attributes. */
export type Value =
  | { readonly kind: 'scalar'; readonly text: string }
  | { readonly kind: 'indexed'; readonly items: Map<number, string> }
  | { readonly kind: 'associative'; readonly items: Map<string, string> };

export interface Variable {
  /** Undefined: declared, but not set. */
  value: Value | undefined;
  isExported: boolean;
  isReadonly: boolean;
  isInteger: boolean;
  /** `declare -n` */
  isReference: boolean;
  letters: 'upper' | 'lower' | undefined;
}

export function makeVariable(value?: Value): Variable {
  return {
    value,
    isExported: false,
    isReadonly: false,
    isInteger: false,
    isReference: false,
    letters: undefined,
  };
}

export function copyVariable(variable: Variable): Variable {
  return { ...variable, value: variable.value && copyValue(variable.value) };
}

export function copyValue(value: Value): Value {
  if (value.kind === 'indexed') return { kind: 'indexed', items: new Map(value.items) };
  if (value.kind === 'associative') return { kind: 'associative', items: new Map(value.items) };
  return value;
}

/** What `$name` means: for an array, its element 0. */
export function scalarOf(value: Value | undefined): string | undefined {
  if (!value) return undefined;
  if (value.kind === 'scalar') return value.text;
  return value.kind === 'indexed' ? value.items.get(0) : value.items.get('0');
}

/** Keys and elements in the order in which bash lists them. */
export function entriesOf(value: Value | undefined): readonly (readonly [string, string])[] {
  if (!value) return [];
  if (value.kind === 'scalar') return [['0', value.text]];
  if (value.kind === 'indexed') {
    return [...value.items].sort(([a], [b]) => a - b).map(([index, text]) => [String(index), text]);
  }
  return inHashOrder(value.items);
}

/** bash walks the 1024 buckets of its hash table (FNV-1), and within a bucket the newest first. */
function inHashOrder(items: ReadonlyMap<string, string>): readonly (readonly [string, string])[] {
  return [...items]
    .map((entry, order) => ({ entry, order, bucket: fnv1(entry[0]) & 1023 }))
    .sort((a, b) => a.bucket - b.bucket || b.order - a.order)
    .map(({ entry }) => entry);
}

function fnv1(key: string): number {
  let hash = 2_166_136_261;
  for (let index = 0; index < key.length; index++) {
    hash = Math.imul(hash, 16_777_619) ^ key.charCodeAt(index);
  }
  return hash >>> 0;
}
