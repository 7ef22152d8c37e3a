import { ApiError } from '../../api/index.ts';
import { listAt, objectsAt, stringAt } from '../resource/json.ts';
import type { RestClient } from './rest-client.ts';

/** One resource of one version, as discovery tells it. */
export interface ApiResource {
  readonly group: string;
  readonly version: string;
  /** Plural, as in URLs; subresources have a slash. */
  readonly name: string;
  readonly singularName: string;
  readonly kind: string;
  readonly isNamespaced: boolean;
  readonly verbs: readonly string[];
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
}

export interface ApiGroup {
  readonly name: string;
  /** `apps/v1`, the preferred one first in `preferred`. */
  readonly versions: readonly string[];
  readonly preferred: string;
}

/** All that a server offers. */
export interface Discovery {
  readonly groups: readonly ApiGroup[];
  readonly resources: readonly ApiResource[];
}

const aggregated =
  'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,' +
  'application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json';

/**
 * Asks the server what it offers: two requests where it speaks aggregated discovery, one for every version otherwise.
 * Upstream: client-go/discovery/discovery_client.go
 */
export async function discover(client: RestClient): Promise<Discovery> {
  const [core, named] = await Promise.all(
    ['/api', '/apis'].map((path) => client.json({ path, accept: aggregated }).catch(ignoreNotFound)),
  );
  const answers = [core!, named!];
  if (answers.some((answer) => stringAt(answer, 'kind') === 'APIGroupDiscoveryList')) {
    const items = answers.flatMap((answer) => objectsAt(answer, 'items'));
    return { groups: items.map(aggregatedGroup), resources: items.flatMap(aggregatedResources) };
  }
  return legacyDiscovery(client, answers);
}

function ignoreNotFound(error: unknown): Record<string, never> {
  if (error instanceof ApiError && (error.code === 404 || error.code === 403)) return {};
  throw error;
}

function aggregatedGroup(item: object): ApiGroup {
  const name = stringAt(item, 'metadata', 'name');
  const versions = objectsAt(item, 'versions').map((version) => joinVersion(name, stringAt(version, 'version')));
  return { name, versions, preferred: versions[0] ?? '' };
}

function aggregatedResources(item: object): ApiResource[] {
  const group = stringAt(item, 'metadata', 'name');
  return objectsAt(item, 'versions').flatMap((versionItem) => {
    const version = stringAt(versionItem, 'version');
    return objectsAt(versionItem, 'resources').flatMap((resource) => {
      const name = stringAt(resource, 'resource');
      const isNamespaced = stringAt(resource, 'scope') === 'Namespaced';
      const own: ApiResource = {
        group,
        version,
        name,
        singularName: stringAt(resource, 'singularResource'),
        kind: stringAt(resource, 'responseKind', 'kind'),
        isNamespaced,
        verbs: stringsAt(resource, 'verbs'),
        shortNames: stringsAt(resource, 'shortNames'),
        categories: stringsAt(resource, 'categories'),
      };
      const children = objectsAt(resource, 'subresources').map((child): ApiResource => ({
        ...own,
        name: `${name}/${stringAt(child, 'subresource')}`,
        singularName: '',
        kind: stringAt(child, 'responseKind', 'kind'),
        verbs: stringsAt(child, 'verbs'),
        shortNames: [],
        categories: [],
      }));
      return own.kind === '' ? children : [own, ...children];
    });
  });
}

async function legacyDiscovery(client: RestClient, [core, named]: readonly object[]): Promise<Discovery> {
  const coreVersions = stringsAt(core, 'versions');
  const groups: ApiGroup[] = [
    ...(coreVersions.length > 0 ? [{ name: '', versions: coreVersions, preferred: coreVersions[0]! }] : []),
    ...objectsAt(named, 'groups').map((group) => ({
      name: stringAt(group, 'name'),
      versions: objectsAt(group, 'versions').map((version) => stringAt(version, 'groupVersion')),
      preferred: stringAt(group, 'preferredVersion', 'groupVersion'),
    })),
  ];
  const lists = await Promise.all(
    groups.flatMap((group) => group.versions.map((groupVersion) => legacyResources(client, group.name, groupVersion))),
  );
  return { groups, resources: lists.flat() };
}

async function legacyResources(client: RestClient, group: string, groupVersion: string): Promise<ApiResource[]> {
  const path = group === '' ? `/api/${groupVersion}` : `/apis/${groupVersion}`;
  const list = await client.json({ path }).catch(ignoreNotFound);
  return objectsAt(list, 'resources').map((resource) => ({
    group: stringAt(resource, 'group') || group,
    version: stringAt(resource, 'version') || groupVersion.split('/').at(-1)!,
    name: stringAt(resource, 'name'),
    singularName: stringAt(resource, 'singularName'),
    kind: stringAt(resource, 'kind'),
    isNamespaced: resource['namespaced'] === true,
    verbs: stringsAt(resource, 'verbs'),
    shortNames: stringsAt(resource, 'shortNames'),
    categories: stringsAt(resource, 'categories'),
  }));
}

function stringsAt(value: unknown, key: string): readonly string[] {
  return listAt(value, key).filter((item): item is string => typeof item === 'string');
}

export function joinVersion(group: string, version: string): string {
  return group === '' ? version : `${group}/${version}`;
}
