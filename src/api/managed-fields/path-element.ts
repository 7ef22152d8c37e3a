/**
 * One step of a field path.
 * Upstream: sigs.k8s.io/structured-merge-diff/v6/fieldpath/element.go, typed/helpers.go
 */
import { goQuote, isJsonObject } from '../json.ts';
import type { ListSchema } from '../schema/type-schema.ts';

export function fieldElement(name: string): string {
  let element = fieldElements.get(name);
  if (element === undefined) {
    if (fieldElements.size >= keptElements) fieldElements.clear();
    fieldElements.set(name, (element = `f:${name}`));
  }
  return element;
}

/** Made once for each name: a new text would have to be hashed each time before it can be a key. */
const fieldElements = new Map<string, string>();
/** More than all kinds have fields; the keys of labels and the like come on top. */
const keptElements = 20_000;

/** What tells an element of a list map or set apart: `k:{"name":"web"}`, `v:"x"`; undefined when nothing does. */
export function listElement(item: unknown, schema: ListSchema): string | undefined {
  if (schema.listType === 'set') {
    return typeof item === 'object' ? undefined : `v:${JSON.stringify(item)}`;
  }
  if (!isJsonObject(item)) return undefined;
  const [only, ...others] = schema.mapKeys;
  if (only === undefined) return undefined;
  if (others.length === 0) {
    const value = item[only] ?? defaultOf(schema, only);
    return value === undefined ? undefined : `k:{"${only}":${JSON.stringify(value)}}`;
  }
  const parts = schema.mapKeys.toSorted().flatMap((key) => {
    const value = item[key] ?? defaultOf(schema, key);
    return value === undefined ? [] : [`"${key}":${JSON.stringify(value)}`];
  });
  return parts.length > 0 ? `k:{${parts.join(',')}}` : undefined;
}

function defaultOf({ items }: ListSchema, key: string): unknown {
  return items.type === 'object' ? items.fields.get(key)?.default : undefined;
}

/** `.spec.template.spec.containers[name="web"].image` */
export function pathText(path: readonly string[]): string {
  return path.map(elementText).join('');
}

/** `.image`, `[name="web"]`, `[="x"]`, `[0]` */
export function elementText(element: string): string {
  const rest = element.slice(2);
  switch (element[0]) {
    case 'k': {
      const keys = Object.entries(JSON.parse(rest) as Record<string, unknown>);
      return `[${keys.map(([key, value]) => `${key}=${valueText(value)}`).join(',')}]`;
    }
    case 'v':
      return `[=${valueText(JSON.parse(rest))}]`;
    case 'i':
      return `[${rest}]`;
    default:
      return `.${rest}`;
  }
}

function valueText(value: unknown): string {
  return typeof value === 'string' ? goQuote(value) : String(value);
}
