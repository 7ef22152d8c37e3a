import type { Ingress } from '../../../api/generated/types.ts';
import { later, type ResourceDefinition } from '../resource-definition.ts';
import { ruleBook } from './rule-book.ts';

/** HTTP from outside to Services. Upstream: pkg/registry/networking/ingress */
export const ingresses: ResourceDefinition<Ingress> = {
  group: 'networking.k8s.io',
  version: 'v1',
  resource: 'ingresses',
  kind: 'Ingress',
  singular: 'ingress',
  shortNames: ['ing'],
  isNamespaced: true,
  schema: 'io.k8s.api.networking.v1.Ingress',
  status: {},
  rules: later(ruleBook, ({ ingressRules }) => ingressRules),
};
