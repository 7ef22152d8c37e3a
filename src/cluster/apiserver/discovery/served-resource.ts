import { encodeUtf8 } from '../../../kernel/index.ts';
import { sha256 } from '../../../shell/index.ts';
import { base64OfBytes } from '../registry/base64.ts';
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
  /** Only for what is stored. */
  readonly storageVersionHash?: string;
}

const change = ['get', 'patch', 'update'];
const connect = ['create', 'get'];

/** What the sub-resources that this server knows look like. */
const subresources: Readonly<Record<string, Omit<ServedResource, 'name' | 'singularName' | 'isNamespaced'>>> = {
  approval: { kind: 'CertificateSigningRequest', verbs: change },
  attach: { kind: 'PodAttachOptions', verbs: connect },
  binding: { kind: 'Binding', verbs: ['create'] },
  ephemeralcontainers: { kind: 'Pod', verbs: change },
  eviction: { kind: 'Eviction', group: 'policy', version: 'v1', verbs: ['create'] },
  exec: { kind: 'PodExecOptions', verbs: connect },
  finalize: { kind: 'Namespace', verbs: ['update'] },
  log: { kind: 'Pod', verbs: ['get'] },
  portforward: { kind: 'PodPortForwardOptions', verbs: connect },
  resize: { kind: 'Pod', verbs: change },
  scale: { kind: 'Scale', group: 'autoscaling', version: 'v1', verbs: change },
  token: { kind: 'TokenRequest', group: 'authentication.k8s.io', version: 'v1', verbs: ['create'] },
};

/**
 * The resource and its sub-resources, sorted by name.
 * @param stored what its objects are stored as; undefined when they are not
 */
export function servedResources(
  definition: ResourceDefinition,
  stored: ResourceDefinition | undefined,
): readonly ServedResource[] {
  const { resource, singular, isNamespaced, kind, shortNames, categories } = definition;
  const main: ServedResource = {
    name: resource,
    singularName: singular,
    isNamespaced,
    kind,
    verbs: listedVerbs(definition),
    ...(shortNames && { shortNames }),
    ...(categories && { categories }),
    ...(stored && { storageVersionHash: storageVersionHash(stored) }),
  };
  const below = subresourceNames(definition).map((name): ServedResource => ({
    name: `${resource}/${name}`,
    singularName: '',
    isNamespaced,
    ...(name === 'status' ? { kind, verbs: change } : subresources[name]!),
  }));
  return [main, ...below];
}

/** Tells clients when objects are stored in another version than before. Upstream: apiserver/pkg/endpoints/discovery/storageversionhash.go */
function storageVersionHash({ group, version, kind }: ResourceDefinition): string {
  return base64OfBytes(sha256(encodeUtf8(`${group}/${version}/${kind}`)).subarray(0, 8));
}

/** Custom resources list theirs in an order of their own, and less of them once they are to go. */
function listedVerbs({ verbs, custom }: ResourceDefinition): readonly string[] {
  if (!custom || !verbs) return verbs?.toSorted() ?? allVerbs;
  return custom.isTerminating ? verbs.filter((verb) => !['create', 'patch', 'update'].includes(verb)) : verbs;
}

export function subresourceNames(definition: ResourceDefinition): readonly string[] {
  const names = [...(definition.subresources ?? [])].filter((name) => Object.hasOwn(subresources, name));
  if (definition.status) names.push('status');
  if (definition.scale) names.push('scale');
  return names.sort();
}
