import { descriptionLoaders } from '../api/generated/descriptions/index.ts';
import type { Simulation } from './simulation.ts';

/** What of the descriptions a cluster has been given. */
const loadedBy = new WeakMap<object, Set<string>>();

/**
 * Brings what the fields mean before a document is asked for: too much text to have in the page from the start.
 * @param path `/openapi/v3/apis/apps/v1` or `/openapi/v2`
 */
export async function loadDescriptions({ session }: Simulation, path: string): Promise<void> {
  const { apiServer } = session.cluster;
  const loaded = loadedBy.get(apiServer) ?? new Set<string>();
  loadedBy.set(apiServer, loaded);
  const wanted = groupsIn(path).filter((name) => name in descriptionLoaders && !loaded.has(name));
  const parts = await Promise.all(wanted.map((name) => descriptionLoaders[name]!()));
  for (const name of wanted) loaded.add(name);
  for (const { descriptions } of parts) apiServer.openApi.describe(descriptions);
}

/** A document's own group, and those whose types it uses. */
function groupsIn(path: string): readonly string[] {
  if (path === '/openapi/v2') return Object.keys(descriptionLoaders);
  const [, group, version] = /^\/openapi\/v3\/(?:apis\/([^/]+)|api)\/([^/]+)$/.exec(path) ?? [];
  if (!version) return [];
  const name = group === undefined ? 'core' : group.split('.')[0]!;
  return [...new Set([`${name}.${version}`, 'core.v1', 'meta.v1'])];
}
