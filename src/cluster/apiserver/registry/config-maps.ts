import type { ConfigMap } from '../../../api/generated/types.ts';
import type { ResourceDefinition } from '../resource-definition.ts';
import { ageCell, ageColumn, nameColumn } from './table.ts';

export const configMaps: ResourceDefinition<ConfigMap> = {
  group: '',
  version: 'v1',
  resource: 'configmaps',
  kind: 'ConfigMap',
  singular: 'configmap',
  shortNames: ['cm'],
  isNamespaced: true,
  schema: 'io.k8s.api.core.v1.ConfigMap',
  columns: [nameColumn, ageColumn],
  row: (object, context) => [object.metadata.name, ageCell(object, context)],
};
