import type { Lease } from '../../../api/generated/types.ts';
import type { ResourceDefinition } from '../resource-definition.ts';
import { ageCell, ageColumn, nameColumn } from './table.ts';

export const leases: ResourceDefinition<Lease> = {
  group: 'coordination.k8s.io',
  version: 'v1',
  resource: 'leases',
  kind: 'Lease',
  singular: 'lease',
  isNamespaced: true,
  schema: 'io.k8s.api.coordination.v1.Lease',
  columns: [nameColumn, ageColumn],
  row: (object, context) => [object.metadata.name, ageCell(object, context)],
};
