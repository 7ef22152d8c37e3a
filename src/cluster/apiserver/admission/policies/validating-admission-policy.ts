import type { AdmissionPlugin } from '../admission.ts';
import type { JudgeParts } from './judge.ts';
import { policyCode } from './policy-code.ts';

/** What policies may not be about, lest one forbids its own removal. Upstream: apiserver/pkg/admission/plugin/policy/matching, exclusion */
const exempt = new Set([
  'validatingadmissionpolicies',
  'validatingadmissionpolicybindings',
  'mutatingadmissionpolicies',
  'mutatingadmissionpolicybindings',
  'validatingwebhookconfigurations',
  'mutatingwebhookconfigurations',
]);

/** Upstream: apiserver/pkg/admission/plugin/policy/validating */
export function validatingAdmissionPolicy(parts: JudgeParts): AdmissionPlugin {
  return {
    name: 'ValidatingAdmissionPolicy',
    handles: ({ group, resource }) => group !== 'admissionregistration.k8s.io' || !exempt.has(resource),
    validate: (object, attributes) => {
      if (parts.policies.size === 0 || parts.bindings.size === 0) return;
      policyCode.code.judge(object, attributes, parts);
    },
  };
}
