import type { ValidatingAdmissionPolicy } from '../../../api/generated/types.ts';
import { policyCode } from '../admission/policies/policy-code.ts';
import { later, type ResourceDefinition } from '../resource-definition.ts';

/** Upstream: pkg/registry/admissionregistration/validatingadmissionpolicy */
export const validatingAdmissionPolicies: ResourceDefinition<ValidatingAdmissionPolicy> = {
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  resource: 'validatingadmissionpolicies',
  kind: 'ValidatingAdmissionPolicy',
  singular: 'validatingadmissionpolicy',
  categories: ['api-extensions'],
  isNamespaced: false,
  schema: 'io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicy',
  status: {},
  rules: later(policyCode, ({ policyRules }) => policyRules),
};
