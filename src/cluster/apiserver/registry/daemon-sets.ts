import type { DaemonSet } from '../../../api/generated/types.ts';
import { later, type ResourceDefinition } from '../resource-definition.ts';
import { ruleBook } from './rule-book.ts';

/** One pod on each node. Upstream: pkg/registry/apps/daemonset */
export const daemonSets: ResourceDefinition<DaemonSet> = {
  group: 'apps',
  version: 'v1',
  resource: 'daemonsets',
  kind: 'DaemonSet',
  singular: 'daemonset',
  shortNames: ['ds'],
  categories: ['all'],
  isNamespaced: true,
  schema: 'io.k8s.api.apps.v1.DaemonSet',
  status: {},
  rules: later(ruleBook, ({ daemonSetRules }) => daemonSetRules),
};
