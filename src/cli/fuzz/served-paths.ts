import type { KubeApi } from '../../client/index.ts';

/** One resource as discovery tells of it. */
export interface ServedPath {
  /** `/api/v1`, `/apis/apps/v1` */
  readonly root: string;
  readonly apiVersion: string;
  readonly resource: string;
  readonly kind: string;
  readonly isNamespaced: boolean;
  readonly subresources: readonly string[];
}

interface Listed {
  readonly resources?: readonly { readonly name: string; readonly kind: string; readonly namespaced: boolean }[];
}

/** Everything that a server says it serves. */
export async function servedPaths(api: KubeApi): Promise<readonly ServedPath[]> {
  const read = async <T>(path: string): Promise<T> =>
    (await (await api.fetch(new Request(`http://fuzz${path}`))).json()) as T;
  const { groups } = await read<{ groups: readonly { versions: readonly { groupVersion: string }[] }[] }>('/apis');
  const versions = groups.flatMap((group) => group.versions.map(({ groupVersion }) => groupVersion));
  const roots = [['/api/v1', 'v1'] as const, ...versions.map((version) => [`/apis/${version}`, version] as const)];
  const served: ServedPath[] = [];
  for (const [root, apiVersion] of roots) {
    const { resources = [] } = await read<Listed>(root);
    for (const { name, kind, namespaced } of resources) {
      if (name.includes('/')) continue;
      const subresources = resources.flatMap((other) =>
        other.name.startsWith(`${name}/`) ? [other.name.slice(name.length + 1)] : [],
      );
      served.push({ root, apiVersion, resource: name, kind, isNamespaced: namespaced, subresources });
    }
  }
  return served;
}
