import { createSchemaCatalog, type ObjectSchema, type SchemaCatalog } from '../../api/index.ts';
import type { RestMapping } from '../rest/rest-mapper.ts';

let catalog: SchemaCatalog | undefined;

/** How lists of a built-in type merge; undefined for custom resources, which take plain merge patches. */
export function patchSchemaOf({
  group,
  version,
  kind,
}: Pick<RestMapping, 'group' | 'version' | 'kind'>): ObjectSchema | undefined {
  catalog ??= createSchemaCatalog();
  return catalog.type(`${packageOf(group)}.${version}.${kind}`);
}

function packageOf(group: string): string {
  if (group === '') return 'io.k8s.api.core';
  if (group === 'apiextensions.k8s.io') return 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions';
  if (group === 'apiregistration.k8s.io') return 'io.k8s.kube-aggregator.pkg.apis.apiregistration';
  if (group === 'internal.apiserver.k8s.io') return 'io.k8s.api.apiserverinternal';
  return `io.k8s.api.${group.split('.')[0]}`;
}
