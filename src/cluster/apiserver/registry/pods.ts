import type { Pod } from '../../../api/generated/types.ts';
import type { ResourceDefinition } from '../resource-definition.ts';
import { ageCell, ageColumn, nameColumn } from './table.ts';

export const pods: ResourceDefinition<Pod> = {
  group: '',
  version: 'v1',
  resource: 'pods',
  kind: 'Pod',
  singular: 'pod',
  shortNames: ['po'],
  categories: ['all'],
  isNamespaced: true,
  schema: 'io.k8s.api.core.v1.Pod',
  status: {},
  subresources: [
    'attach',
    'binding',
    'ephemeralcontainers',
    'eviction',
    'exec',
    'log',
    'portforward',
    'proxy',
    'resize',
  ],
  columns: [nameColumn, ageColumn],
  row: (object, context) => [object.metadata.name, ageCell(object, context)],
};
