import type { ReplicaSet } from '../../../api/generated/types.ts';
import { later, type ResourceDefinition } from '../resource-definition.ts';
import { ruleBook } from './rule-book.ts';

/** So many pods of one kind. Upstream: pkg/registry/apps/replicaset */
export const replicaSets: ResourceDefinition<ReplicaSet> = {
  group: 'apps',
  version: 'v1',
  resource: 'replicasets',
  kind: 'ReplicaSet',
  singular: 'replicaset',
  shortNames: ['rs'],
  categories: ['all'],
  isNamespaced: true,
  schema: 'io.k8s.api.apps.v1.ReplicaSet',
  status: {},
  scale: { specReplicas: '.spec.replicas', statusReplicas: '.status.replicas', labelSelector: '.spec.selector' },
  selectableFields: { 'status.replicas': ({ status }) => String(status?.replicas ?? 0) },
  rules: later(ruleBook, ({ replicaSetRules }) => replicaSetRules),
};
