import type { RuntimeClass } from '../../../api/generated/types.ts';
import { later, type ResourceDefinition } from '../resource-definition.ts';
import { ruleBook } from './rule-book.ts';

/** What runs the containers of a pod. Upstream: pkg/registry/node/runtimeclass */
export const runtimeClasses: ResourceDefinition<RuntimeClass> = {
  group: 'node.k8s.io',
  version: 'v1',
  resource: 'runtimeclasses',
  kind: 'RuntimeClass',
  singular: 'runtimeclass',
  isNamespaced: false,
  schema: 'io.k8s.api.node.v1.RuntimeClass',
  rules: later(ruleBook, ({ runtimeClassRules }) => runtimeClassRules),
};
