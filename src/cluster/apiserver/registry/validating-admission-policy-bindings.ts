import type { ValidatingAdmissionPolicyBinding } from '../../../api/generated/types.ts';
import { policyCode } from '../admission/policies/policy-code.ts';
import { later, type ResourceDefinition } from '../resource-definition.ts';

/** Upstream: pkg/registry/admissionregistration/validatingadmissionpolicybinding */
export const validatingAdmissionPolicyBindings: ResourceDefinition<ValidatingAdmissionPolicyBinding> = {
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  resource: 'validatingadmissionpolicybindings',
  kind: 'ValidatingAdmissionPolicyBinding',
  singular: 'validatingadmissionpolicybinding',
  categories: ['api-extensions'],
  isNamespaced: false,
  schema: 'io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyBinding',
  rules: later(policyCode, ({ policyBindingRules }) => policyBindingRules),
};
