import type { ResourceDefinition } from '../resource-definition.ts';

export const allVerbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'] as const;

/** One line of discovery: a resource, or a sub-resource of one. */
export interface ServedResource {
  /** `deployments/scale` */
  readonly name: string;
  readonly singularName: string;
  readonly isNamespaced: boolean;
  /** Only where it is not that of the group version it is served in. */
  readonly group?: string;
  readonly version?: string;
  readonly kind: string;
  readonly verbs: readonly string[];
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
}

const change = ['get', 'patch', 'update'];
const connect = ['create', 'get'];

/** What the sub-resources that this server knows look like. */
const subresources: Readonly<Record<string, Omit<ServedResource, 'name' | 'singularName' | 'isNamespaced'>>> = {
  attach: { kind: 'PodAttachOptions', verbs: connect },
  binding: { kind: 'Binding', verbs: ['create'] },
  eviction: { kind: 'Eviction', group: 'policy', version: 'v1', verbs: ['create'] },
  exec: { kind: 'PodExecOptions', verbs: connect },
  finalize: { kind: 'Namespace', verbs: ['update'] },
  log: { kind: 'Pod', verbs: ['get'] },
  portforward: { kind: 'PodPortForwardOptions', verbs: connect },
  scale: { kind: 'Scale', group: 'autoscaling', version: 'v1', verbs: change },
  token: { kind: 'TokenRequest', group: 'authentication.k8s.io', version: 'v1', verbs: ['create'] },
};

/** The resource and its sub-resources, sorted by name. */
export function servedResources(definition: ResourceDefinition): readonly ServedResource[] {
  const { resource, singular, isNamespaced, kind, shortNames, categories } = definition;
  const main: ServedResource = {
    name: resource,
    singularName: singular,
    isNamespaced,
    kind,
    verbs: definition.verbs?.toSorted() ?? allVerbs,
    ...(shortNames && { shortNames }),
    ...(categories && { categories }),
  };
  const below = subresourceNames(definition).map((name): ServedResource => ({
    name: `${resource}/${name}`,
    singularName: '',
    isNamespaced,
    ...(name === 'status' ? { kind, verbs: change } : subresources[name]!),
  }));
  return [main, ...below];
}

export function subresourceNames(definition: ResourceDefinition): readonly string[] {
  const names = [...(definition.subresources ?? [])].filter((name) => Object.hasOwn(subresources, name));
  if (definition.status) names.push('status');
  if (definition.scale) names.push('scale');
  return names.sort();
}
