import type { FieldOrder } from '../go/pretty-json.ts';
import { stringAt, type JsonObject } from '../resource/json.ts';
import { goFields } from './go-fields.ts';

/** The order of the fields of an object of a type that Go knows; the keys of maps are sorted. */
export function fieldOrderOf(object: JsonObject): FieldOrder {
  const root = stringAt(object, 'kind');
  return (keys, path) => {
    let type: string | undefined = root;
    for (const key of path) type = type && goFields(type)?.find((field) => field.name === key)?.type;
    const fields = (type ? goFields(type) : undefined) ?? [];
    const ranks = new Map(fields.map((field, index) => [field.name, index]));
    const rank = (key: string) => ranks.get(key) ?? ranks.size;
    return keys.toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  };
}
