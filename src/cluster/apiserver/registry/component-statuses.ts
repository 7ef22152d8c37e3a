import type { ComponentStatus } from '../../../api/generated/types.ts';
import type { ResourceDefinition } from '../resource-definition.ts';
import { column, nameColumn } from './table.ts';

/** How the control plane is, as one asked before 1.19. Upstream: pkg/registry/core/componentstatus */
export const componentStatuses: ResourceDefinition<ComponentStatus> = {
  group: '',
  version: 'v1',
  resource: 'componentstatuses',
  kind: 'ComponentStatus',
  singular: 'componentstatus',
  shortNames: ['cs'],
  isNamespaced: false,
  schema: 'io.k8s.api.core.v1.ComponentStatus',
  verbs: ['get', 'list'],
  deprecation: 'v1 ComponentStatus is deprecated in v1.19+',
  columns: [
    nameColumn,
    column('Status', 'string', 'Whether the component is well.'),
    column('Message', 'string', 'What the component said.'),
    column('Error', 'string', 'What went wrong with asking.'),
  ],
  row: ({ metadata, conditions = [] }) => {
    const healthy = conditions.find(({ type }) => type === 'Healthy');
    if (!healthy) return [metadata.name, 'Unknown', '', ''];
    const state = healthy.status === 'True' ? 'Healthy' : 'Unhealthy';
    return [metadata.name, state, healthy.message ?? '', healthy.error ?? ''];
  },
};

/** The components answer as long as the API server does: they are part of one simulation. */
export const componentStates: readonly ComponentStatus[] = ['controller-manager', 'scheduler', 'etcd-0'].map(
  (name) =>
    ({
      apiVersion: 'v1',
      kind: 'ComponentStatus',
      metadata: { name, creationTimestamp: null },
      conditions: [{ type: 'Healthy', status: 'True', message: 'ok' }],
    }) as unknown as ComponentStatus,
);
