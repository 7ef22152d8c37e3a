import type { ReplicationController } from '../../../api/generated/types.ts';
import { later, type ResourceDefinition } from '../resource-definition.ts';
import { ruleBook } from './rule-book.ts';

/** What ReplicaSets were before there were any. Upstream: pkg/registry/core/replicationcontroller */
export const replicationControllers: ResourceDefinition<ReplicationController> = {
  group: '',
  version: 'v1',
  resource: 'replicationcontrollers',
  kind: 'ReplicationController',
  singular: 'replicationcontroller',
  shortNames: ['rc'],
  categories: ['all'],
  isNamespaced: true,
  schema: 'io.k8s.api.core.v1.ReplicationController',
  defaultPropagation: 'Orphan',
  status: {},
  scale: { specReplicas: '.spec.replicas', statusReplicas: '.status.replicas', labelSelector: '.spec.selector' },
  selectableFields: { 'status.replicas': ({ status }) => String(status?.replicas ?? 0) },
  rules: later(ruleBook, ({ replicationControllerRules }) => replicationControllerRules),
};
