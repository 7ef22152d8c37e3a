import type { Node } from '../../../api/generated/types.ts';
import type { ResourceDefinition } from '../resource-definition.ts';
import { ageCell, ageColumn, nameColumn } from './table.ts';

export const nodes: ResourceDefinition<Node> = {
  group: '',
  version: 'v1',
  resource: 'nodes',
  kind: 'Node',
  singular: 'node',
  shortNames: ['no'],
  isNamespaced: false,
  schema: 'io.k8s.api.core.v1.Node',
  status: {},
  subresources: ['proxy'],
  columns: [nameColumn, ageColumn],
  row: (object, context) => [object.metadata.name, ageCell(object, context)],
};
