import type { IngressClass } from '../../../api/generated/types.ts';
import { later, type ResourceDefinition } from '../resource-definition.ts';
import { ruleBook } from './rule-book.ts';

/** Which controller serves an Ingress. Upstream: pkg/registry/networking/ingressclass */
export const ingressClasses: ResourceDefinition<IngressClass> = {
  group: 'networking.k8s.io',
  version: 'v1',
  resource: 'ingressclasses',
  kind: 'IngressClass',
  singular: 'ingressclass',
  isNamespaced: false,
  schema: 'io.k8s.api.networking.v1.IngressClass',
  rules: later(ruleBook, ({ ingressClassRules }) => ingressClassRules),
};
