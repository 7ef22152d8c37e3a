import type { NetworkPolicy } from '../../../api/generated/types.ts';
import { later, type ResourceDefinition } from '../resource-definition.ts';
import { ruleBook } from './rule-book.ts';

/** Who may talk to which pods. Upstream: pkg/registry/networking/networkpolicy */
export const networkPolicies: ResourceDefinition<NetworkPolicy> = {
  group: 'networking.k8s.io',
  version: 'v1',
  resource: 'networkpolicies',
  kind: 'NetworkPolicy',
  singular: 'networkpolicy',
  shortNames: ['netpol'],
  isNamespaced: true,
  schema: 'io.k8s.api.networking.v1.NetworkPolicy',
  rules: later(ruleBook, ({ networkPolicyRules }) => networkPolicyRules),
};
