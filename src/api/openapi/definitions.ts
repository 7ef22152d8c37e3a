/** The definitions of a document: those of its kinds and all that they refer to. */
import type { JsonObject } from '../json.ts';
import type { SchemaCatalog } from '../schema/schema-catalog.ts';
import type { TypeSchema } from '../schema/type-schema.ts';
import type { ApiResource } from './api-resource.ts';
import { definitionJson, referredDefinition, specialJson } from './schema-json.ts';
import type { GroupVersionKind, SchemaDialect } from './schema-json.ts';

const meta = 'io.k8s.apimachinery.pkg.apis.meta.v1';
const alwaysPresent = ['APIResourceList', 'DeleteOptions', 'Patch', 'Status', 'WatchEvent'].map(
  (name) => `${meta}.${name}`,
);

/** The bodies of subresources that are not the object itself. */
const subresourceSchemas: Readonly<Record<string, string>> = {
  scale: 'io.k8s.api.autoscaling.v1.Scale',
  binding: 'io.k8s.api.core.v1.Binding',
  eviction: 'io.k8s.api.policy.v1.Eviction',
  token: 'io.k8s.api.authentication.v1.TokenRequest',
};

const subresourceKinds: Readonly<Record<string, GroupVersionKind>> = {
  scale: { group: 'autoscaling', version: 'v1', kind: 'Scale' },
  binding: { group: '', version: 'v1', kind: 'Binding' },
  eviction: { group: 'policy', version: 'v1', kind: 'Eviction' },
  token: { group: 'authentication.k8s.io', version: 'v1', kind: 'TokenRequest' },
};

export function subresourceKind(resource: ApiResource, subresource: string): GroupVersionKind {
  const { group, version, kind } = resource;
  return subresourceKinds[subresource] ?? { group, version, kind };
}

export function subresourceSchema(resource: ApiResource, subresource: string): string {
  return subresourceSchemas[subresource] ?? resource.schema;
}

export interface DefinitionSource {
  readonly catalog: SchemaCatalog;
  /** Definitions of custom resources, as their own documents have them. */
  readonly custom?: Readonly<Record<string, JsonObject>> | undefined;
}

export function definitionsOf(
  resources: readonly ApiResource[],
  { catalog, custom = {} }: DefinitionSource,
  dialect: SchemaDialect,
): Readonly<Record<string, JsonObject>> {
  const kinds = kindsByDefinition(resources);
  const customNames = Object.keys(custom).filter((name) => isOf(custom[name]!, resources));
  const shared = customNames.length > 0 ? [`${meta}.ObjectMeta`, `${meta}.ListMeta`] : [];
  const names = reachableFrom([...kinds.keys(), ...alwaysPresent, ...shared], catalog);
  const all = [...new Set([...names, ...customNames])].toSorted();
  return Object.fromEntries(
    all.map((name) => {
      const known = Object.hasOwn(custom, name) ? custom[name] : undefined;
      const schema = catalog.type(name);
      if (known) return [name, known];
      return [name, schema ? definitionJson(schema, kinds.get(name) ?? [], dialect) : specialJson(name, dialect)];
    }),
  );
}

/** Whether a custom definition is that of one of the resources, or of its list. */
function isOf(definition: JsonObject, resources: readonly ApiResource[]): boolean {
  const [kind] = definition['x-kubernetes-group-version-kind'] as readonly JsonObject[];
  return resources.some(({ group, version }) => kind?.['group'] === group && kind['version'] === version);
}

function kindsByDefinition(resources: readonly ApiResource[]): ReadonlyMap<string, readonly GroupVersionKind[]> {
  const kinds = new Map<string, GroupVersionKind[]>();
  const add = (name: string, kind: GroupVersionKind): void => {
    const known = kinds.get(name) ?? [];
    if (!known.some((other) => other.group === kind.group && other.kind === kind.kind))
      kinds.set(name, [...known, kind]);
  };
  for (const resource of resources) {
    const { group, version, kind, schema } = resource;
    add(schema, { group, version, kind });
    if (resource.verbs.includes('list')) add(`${schema}List`, { group, version, kind: `${kind}List` });
    for (const subresource of resource.subresources) {
      add(subresourceSchema(resource, subresource), subresourceKind(resource, subresource));
    }
    for (const name of ['DeleteOptions', 'WatchEvent']) add(`${meta}.${name}`, { group, version, kind: name });
  }
  add(`${meta}.Status`, { group: '', version: 'v1', kind: 'Status' });
  add(`${meta}.APIResourceList`, { group: '', version: 'v1', kind: 'APIResourceList' });
  return kinds;
}

function reachableFrom(roots: readonly string[], catalog: SchemaCatalog): ReadonlySet<string> {
  const reached = new Set<string>();
  const pending = [...roots];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (reached.has(name)) continue;
    const fields = catalog.type(name)?.fields;
    if (!fields && !roots.includes(name) && !name.includes('.')) continue;
    reached.add(name);
    for (const { schema } of fields?.values() ?? []) pending.push(...definitionsIn(schema));
  }
  return reached;
}

function definitionsIn(schema: TypeSchema): readonly string[] {
  if (schema.type === 'list') return definitionsIn(schema.items);
  if (schema.type === 'map') return definitionsIn(schema.values);
  const referred = referredDefinition(schema);
  return referred ? [referred] : [];
}
