import { parseAccept } from '../request/accept.ts';
import type { ApiRequest, ApiResponse } from '../api-request.ts';
import { respond } from '../response/respond.ts';
import type { ResourceDefinition } from '../resource-definition.ts';
import { servedResources, type ServedResource } from './served-resource.ts';

/** The order in which kube-apiserver lists its groups. Upstream: pkg/controlplane/apiserver/aggregator.go */
const groupOrder = [
  'apiregistration.k8s.io',
  'apps',
  'events.k8s.io',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'autoscaling',
  'batch',
  'certificates.k8s.io',
  'networking.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'storage.k8s.io',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'scheduling.k8s.io',
  'coordination.k8s.io',
  'node.k8s.io',
  'discovery.k8s.io',
  'flowcontrol.apiserver.k8s.io',
  'resource.k8s.io',
];

interface Group {
  readonly name: string;
  readonly versions: ReadonlyMap<string, readonly ServedResource[]>;
}

/**
 * What the server serves, in the old form (one document for each group version) and in the new one (all in one).
 * Upstream: apiserver/pkg/endpoints/discovery
 */
export class Discovery {
  readonly #builtIn: readonly ResourceDefinition[];
  #groups: ReadonlyMap<string, Group>;

  readonly #storedAs: StoredAs;

  /** @param storedAs what the objects of a resource are stored as */
  constructor(definitions: readonly ResourceDefinition[], storedAs: StoredAs) {
    this.#builtIn = definitions;
    this.#storedAs = storedAs;
    this.#groups = groupsOf(definitions, storedAs);
  }

  /** Custom resources come and go. @param definitions the preferred version of a group first */
  setCustom(definitions: readonly ResourceDefinition[]): void {
    this.#groups = groupsOf([...this.#builtIn, ...definitions], this.#storedAs);
  }

  /** The group versions, core first: `v1`, `apps/v1`. */
  get groupVersions(): readonly string[] {
    return this.#sorted().flatMap(({ name, versions }) =>
      [...versions.keys()].map((version) => (name ? `${name}/${version}` : version)),
    );
  }

  /** Answers `/api…` and `/apis…` where no resource is asked for; undefined when there is no such group or version. */
  answer(request: ApiRequest): ApiResponse | undefined {
    const [root, first, second, ...more] = request.path.split('/').filter((part) => part !== '');
    if (more.length > 0) return undefined;
    if (root === 'api')
      return first === undefined
        ? this.#root(request, '')
        : second === undefined
          ? this.#version(request, '', first)
          : undefined;
    if (root !== 'apis') return undefined;
    if (first === undefined) return this.#root(request, 'all');
    return second === undefined ? this.#group(request, first) : this.#version(request, first, second);
  }

  #sorted(): readonly Group[] {
    const rank = ({ name }: Group): number => {
      if (name === '') return -1;
      const at = groupOrder.indexOf(name);
      return at < 0 ? groupOrder.length : at;
    };
    return [...this.#groups.values()].sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
  }

  #root(request: ApiRequest, which: '' | 'all'): ApiResponse {
    const groups = this.#sorted().filter(({ name }) => (name === '') === (which === ''));
    const version = aggregatedVersion(request);
    if (version) {
      const mediaType = `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`;
      const apiVersion = `apidiscovery.k8s.io/${version}`;
      const body = { kind: 'APIGroupDiscoveryList', apiVersion, metadata: {}, items: groups.map(aggregatedGroup) };
      return { status: 200, headers: [['content-type', mediaType]], body };
    }
    if (which === '') {
      const serverAddressByClientCIDRs = [{ clientCIDR: '0.0.0.0/0', serverAddress: '172.18.0.2:6443' }];
      return respond(request, 200, { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs });
    }
    return respond(request, 200, { kind: 'APIGroupList', apiVersion: 'v1', groups: groups.map(groupOf) });
  }

  #group(request: ApiRequest, name: string): ApiResponse | undefined {
    const group = name === '' ? undefined : this.#groups.get(name);
    return group && respond(request, 200, { kind: 'APIGroup', apiVersion: 'v1', ...groupOf(group) });
  }

  #version(request: ApiRequest, name: string, version: string): ApiResponse | undefined {
    const served = this.#groups.get(name)?.versions.get(version);
    if (!served) return undefined;
    const groupVersion = name ? `${name}/${version}` : version;
    const resources = served.map(({ isNamespaced, singularName, name: resource, ...rest }) => ({
      name: resource,
      singularName,
      namespaced: isNamespaced,
      ...rest,
    }));
    return respond(request, 200, {
      kind: 'APIResourceList',
      ...(name && { apiVersion: 'v1' }),
      groupVersion,
      resources,
    });
  }
}

type StoredAs = (definition: ResourceDefinition) => ResourceDefinition | undefined;

function groupsOf(definitions: readonly ResourceDefinition[], storedAs: StoredAs): ReadonlyMap<string, Group> {
  const groups = new Map<string, Group>();
  for (const definition of definitions) {
    const versions = new Map(groups.get(definition.group)?.versions);
    const resources = [
      ...(versions.get(definition.version) ?? []),
      ...servedResources(definition, storedAs(definition)),
    ];
    versions.set(
      definition.version,
      resources.sort((a, b) => (a.name < b.name ? -1 : 1)),
    );
    groups.set(definition.group, { name: definition.group, versions });
  }
  return groups;
}

function groupOf({ name, versions }: Group): object {
  const all = [...versions.keys()].map((version) => ({ groupVersion: `${name}/${version}`, version }));
  return { name, versions: all, preferredVersion: all[0] };
}

function aggregatedGroup({ name, versions }: Group): object {
  return {
    metadata: { ...(name && { name }), creationTimestamp: null },
    versions: [...versions].map(([version, served]) => ({
      version,
      resources: served
        .filter((resource) => !resource.name.includes('/'))
        .map((resource) => ({
          resource: resource.name,
          responseKind: { group: resource.group ?? name, version: resource.version ?? version, kind: resource.kind },
          scope: resource.isNamespaced ? 'Namespaced' : 'Cluster',
          singularResource: resource.singularName,
          verbs: resource.verbs,
          ...(resource.shortNames && { shortNames: resource.shortNames }),
          ...(resource.categories && { categories: resource.categories }),
          ...aggregatedSubresources(resource, served, { group: name, version }),
        })),
      freshness: 'Current',
    })),
  };
}

function aggregatedSubresources(
  { name }: ServedResource,
  served: readonly ServedResource[],
  home: { readonly group: string; readonly version: string },
): object {
  const below = served.filter((resource) => resource.name.startsWith(`${name}/`));
  if (below.length === 0) return {};
  const subresources = below.map((resource) => ({
    subresource: resource.name.slice(name.length + 1),
    responseKind: {
      group: resource.group ?? home.group,
      version: resource.version ?? home.version,
      kind: resource.kind,
    },
    verbs: resource.verbs,
  }));
  return { subresources };
}

/** `v2` or `v2beta1` when the client prefers all groups in one document. */
function aggregatedVersion({ headers }: ApiRequest): string | undefined {
  for (const { mediaType, parameters } of parseAccept(headers.get('accept') ?? '')) {
    if (mediaType !== 'application/json') continue;
    if (parameters.get('as') !== 'APIGroupDiscoveryList' || parameters.get('g') !== 'apidiscovery.k8s.io')
      return undefined;
    const version = parameters.get('v');
    if (version === 'v2' || version === 'v2beta1') return version;
  }
  return undefined;
}
