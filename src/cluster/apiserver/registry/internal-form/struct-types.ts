import { podTypes } from './pod-types.ts';
import { volumeTypes } from './volume-types.ts';
import { workloadTypes } from './workload-types.ts';

/**
 * The API server holds objects in a form of its own, whose fields have Go's names and all of which are always there.
 * Clients see that form in some messages only: a value that was refused, or what a refused update would have changed.
 *
 * One text for each type: `Name=jsonName:kind`, apart by spaces. The JSON name is left out where it is the name in
 * lower case; the kind is left out for text. `n` number, `b` boolean, `q` quantity, `i` number or text, `?` shown as it
 * is or null, `T` a struct, `*T` a struct or null, `[]T` a list of structs or null, `+T` the fields of T themselves.
 * Upstream: pkg/apis/core/types.go
 */
export interface StructField {
  /** Go's name. Empty for the fields of another type that are part of this one. */
  readonly name: string;
  readonly jsonName: string;
  readonly kind: string;
}

const texts: Readonly<Record<string, string>> = { ...podTypes, ...volumeTypes, ...workloadTypes };
const parsed = new Map<string, readonly StructField[]>();

/** Undefined for what is no struct of the internal form. */
export function fieldsOf(type: string): readonly StructField[] | undefined {
  const known = parsed.get(type);
  if (known) return known;
  const fields = texts[type]?.split(' ').map(parseField);
  if (fields) parsed.set(type, fields);
  return fields;
}

function parseField(text: string): StructField {
  if (text.startsWith('+')) return { name: '', jsonName: '', kind: text.slice(1) };
  const [names = '', kind = 's'] = text.split(':');
  const [name = '', jsonName = lowerFirst(name)] = names.split('=');
  return { name, jsonName, kind };
}

/** `DNSPolicy` is `dnsPolicy`, `OS` is `os`. */
function lowerFirst(name: string): string {
  return name.replace(/^(?:[A-Z]+(?=[A-Z][a-z]|$|\d)|[A-Z])/, (capitals) => capitals.toLowerCase());
}
