import type { StatefulSet } from '../../../api/generated/types.ts';
import { later, type ResourceDefinition } from '../resource-definition.ts';
import { ruleBook } from './rule-book.ts';

/** Pods with names and storage of their own. Upstream: pkg/registry/apps/statefulset */
export const statefulSets: ResourceDefinition<StatefulSet> = {
  group: 'apps',
  version: 'v1',
  resource: 'statefulsets',
  kind: 'StatefulSet',
  singular: 'statefulset',
  shortNames: ['sts'],
  categories: ['all'],
  isNamespaced: true,
  schema: 'io.k8s.api.apps.v1.StatefulSet',
  nameFormat: 'dns-label',
  status: {},
  scale: { specReplicas: '.spec.replicas', statusReplicas: '.status.replicas', labelSelector: '.spec.selector' },
  rules: later(ruleBook, ({ statefulSetRules }) => statefulSetRules),
};
