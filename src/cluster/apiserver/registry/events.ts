import type { Event } from '../../../api/generated/types.ts';
import type { ResourceDefinition } from '../resource-definition.ts';
import { ageCell, ageColumn, nameColumn } from './table.ts';

export const events: ResourceDefinition<Event> = {
  group: '',
  version: 'v1',
  resource: 'events',
  kind: 'Event',
  singular: 'event',
  shortNames: ['ev'],
  isNamespaced: true,
  schema: 'io.k8s.api.core.v1.Event',
  columns: [nameColumn, ageColumn],
  row: (object, context) => [object.metadata.name, ageCell(object, context)],
};
