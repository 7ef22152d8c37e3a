/**
 * All built-in types, by the names of the official OpenAPI document. Built from compact text (generated) and from the
 * tables of facts beside this file; a type is put together when it is first asked for.
 *
 * The text: `@<alias> <package>` opens a package, then one line for each type: its name and its fields, `name:type`,
 * with `!` after the name of what is required. Types: s string, b boolean, i int32, l int64, d double, y bytes, t time,
 * u micro-time, x int-or-string, a any, `[` list of, `{` map to, else a type of the same package or `alias.Type`.
 */
import { schemaText } from '../generated/schema.ts';
import { enumFacts } from './enum-facts.ts';
import { atomicTypes, listFacts, mapTypeFacts, objectPatchFacts } from './list-facts.ts';
import { presenceOf } from './presence-facts.ts';
import { additionsText, anyFields, defaultFacts, quantityFields } from './type-facts.ts';
import type { FieldSchema, ObjectSchema, PatchStrategy, ScalarType, TypeSchema } from './type-schema.ts';

export interface SchemaCatalog {
  /** `io.k8s.api.core.v1.Pod`; undefined when there is no such definition. */
  type(name: string): ObjectSchema | undefined;
  /** All definitions, sorted. */
  readonly names: readonly string[];
}

interface Entry {
  /** `core.v1` */
  readonly alias: string;
  /** `Pod` */
  readonly short: string;
  readonly fields: Map<string, { readonly code: string; readonly isRequired: boolean }>;
}

const scalarTypes: Readonly<Record<string, ScalarType>> = {
  s: 'string',
  b: 'boolean',
  i: 'int32',
  l: 'int64',
  d: 'double',
  y: 'bytes',
  t: 'time',
  u: 'micro-time',
  x: 'int-or-string',
};

export function createSchemaCatalog(): SchemaCatalog {
  const packages = new Map<string, string>();
  const entries = new Map<string, Entry>();
  for (const text of [schemaText, additionsText]) readEntries(text, packages, entries);
  const built = new Map<string, ObjectSchema>();

  function type(name: string): ObjectSchema | undefined {
    const known = built.get(name);
    if (known) return known;
    const entry = entries.get(name);
    if (!entry) return undefined;
    const schema = objectSchema(name, entry, (alias, short) => type(`${packages.get(alias)}.${short}`));
    built.set(name, schema);
    return schema;
  }
  return { type, names: [...entries.keys()].toSorted() };
}

function readEntries(text: string, packages: Map<string, string>, entries: Map<string, Entry>): void {
  let alias = '';
  for (const line of text.split('\n')) {
    const [head = '', ...fields] = line.split(' ');
    if (head.startsWith('@')) {
      alias = head.slice(1);
      if (fields[0]) packages.set(alias, fields[0]);
      continue;
    }
    const name = `${packages.get(alias)}.${head}`;
    const entry = entries.get(name) ?? { alias, short: head, fields: new Map() };
    for (const field of fields) {
      const colon = field.lastIndexOf(':');
      const isRequired = field[colon - 1] === '!';
      entry.fields.set(field.slice(0, isRequired ? colon - 1 : colon), { code: field.slice(colon + 1), isRequired });
    }
    entries.set(name, entry);
  }
}

type Resolve = (alias: string, short: string) => ObjectSchema | undefined;

/** Fields are built when first looked at, since types contain each other. */
function objectSchema(name: string, entry: Entry, resolve: Resolve): ObjectSchema {
  const makeFields = () =>
    new Map([...entry.fields.keys()].toSorted().map((field) => [field, fieldSchema(entry, field, resolve)]));
  return new LazySchema(name, atomicTypes.has(`${entry.alias}.${entry.short}`), makeFields);
}

/** A class because schemas are read all the time: V8 keeps literals with accessors as dictionaries, which are slow. */
class LazySchema implements ObjectSchema {
  readonly type = 'object';
  readonly name: string;
  readonly isAtomic: boolean;
  readonly isOpen = false;
  readonly #makeFields: () => ReadonlyMap<string, FieldSchema>;
  #fields: ReadonlyMap<string, FieldSchema> | undefined;

  constructor(name: string, isAtomic: boolean, makeFields: () => ReadonlyMap<string, FieldSchema>) {
    this.name = name;
    this.isAtomic = isAtomic;
    this.#makeFields = makeFields;
  }

  get fields(): ReadonlyMap<string, FieldSchema> {
    return (this.#fields ??= this.#makeFields());
  }
}

function fieldSchema(entry: Entry, name: string, resolve: Resolve): FieldSchema {
  const owner = `${entry.alias}.${entry.short}`;
  const path = `${owner}.${name}`;
  const { code, isRequired } = entry.fields.get(name)!;
  const patchStrategy = patchStrategyOf(owner, name);
  const patchMergeKey = listFacts[owner]?.[name]?.patch;
  const preset = defaultFacts[path];
  return {
    name,
    schema: typeOf(code, { owner, name, path, alias: entry.alias, resolve }),
    isRequired,
    presence: presenceOf(owner, name, kindOf(code), isRequired),
    ...(preset !== undefined && { default: preset }),
    ...(patchStrategy && { patchStrategy }),
    ...(patchMergeKey && { patchMergeKey }),
  };
}

function kindOf(code: string): 'scalar' | 'list' | 'object' {
  if (code.startsWith('[') || code.startsWith('{')) return 'list';
  return code === 'a' || !(code in scalarTypes) ? 'object' : 'scalar';
}

function patchStrategyOf(owner: string, name: string): PatchStrategy | undefined {
  const fact = listFacts[owner]?.[name];
  if (fact?.patch === undefined) return objectPatchFacts[`${owner}.${name}`];
  return fact.isRetainingKeys ? 'merge,retainKeys' : 'merge';
}

interface FieldPlace {
  readonly owner: string;
  readonly name: string;
  readonly path: string;
  readonly alias: string;
  readonly resolve: Resolve;
}

function typeOf(code: string, place: FieldPlace): TypeSchema {
  if (code.startsWith('[')) {
    const apply = listFacts[place.owner]?.[place.name]?.apply;
    const items = typeOf(code.slice(1), place);
    if (apply === undefined) return { type: 'list', items, listType: 'atomic', mapKeys: [] };
    return apply === 'set'
      ? { type: 'list', items, listType: 'set', mapKeys: [] }
      : { type: 'list', items, listType: 'map', mapKeys: apply };
  }
  if (code.startsWith('{')) {
    return { type: 'map', values: typeOf(code.slice(1), place), isAtomic: mapTypeFacts[place.path] === 'atomic' };
  }
  if (code === 'a') return { type: 'any', name: anyFields[place.path] ?? '' };
  const scalar = scalarTypes[code];
  return scalar ? scalarSchema(scalar, place) : reference(code, place);
}

function scalarSchema(scalar: ScalarType, { owner, name, path }: FieldPlace): TypeSchema {
  if (quantityFields[owner]?.includes(name)) return { type: 'quantity' };
  const fact = enumFacts.get(path);
  return fact ? { type: scalar, enum: fact.values, goType: fact.goType } : { type: scalar };
}

function reference(code: string, { alias, path, resolve }: FieldPlace): TypeSchema {
  const dot = code.lastIndexOf('.');
  const target = dot < 0 ? resolve(alias, code) : resolve(code.slice(0, dot), code.slice(dot + 1));
  if (!target) throw new Error(`${path} refers to ${code}, which is not in the catalog`);
  return mapTypeFacts[path] === 'granular' ? granular(target) : target;
}

function granular(schema: ObjectSchema): ObjectSchema {
  return new LazySchema(schema.name, false, () => schema.fields);
}
