import type { NetworkPolicy, NetworkPolicyPort, NetworkPolicySpec } from '../../../../api/generated/types.ts';
import { formatLabelSelector, type FieldError } from '../../../../api/index.ts';
import type { ResourceRules } from '../../resource-definition.ts';
import { validateNetworkPolicy } from '../network-policy/validation.ts';
import { Change, fill, mapShared, withField } from '../share.ts';
import { ageCell, ageColumn, column, nameColumn } from '../table.ts';
import { withNextGeneration } from '../workload/generation.ts';

/** What a NetworkPolicy has to look like. */
export const networkPolicyRules: ResourceRules<NetworkPolicy> = {
  defaults: (policy) => withField(policy, 'spec', defaultSpec(policy.spec ?? {})),
  prepareForCreate: (policy) => ({ ...policy, metadata: { ...policy.metadata, generation: 1 } }),
  prepareForUpdate: withNextGeneration,
  validate: ({ spec = {} }) => {
    const errors: FieldError[] = [];
    validateNetworkPolicy(errors, spec, 'spec');
    return errors;
  },
  columns: [nameColumn, column('Pod-Selector', 'string', 'The pods that the policy is about.'), ageColumn],
  row: (policy, context) => [
    policy.metadata.name,
    formatLabelSelector(policy.spec?.podSelector ?? {}),
    ageCell(policy, context),
  ],
};

/** Upstream: pkg/apis/networking/v1/defaults.go */
function defaultSpec(given: NetworkPolicySpec): NetworkPolicySpec {
  const spec = new Change(given);
  spec.fill({ podSelector: {} });
  if (given.ingress) spec.set('ingress', mapShared(given.ingress, defaultPorts));
  if (given.egress) spec.set('egress', mapShared(given.egress, defaultPorts));
  if (!given.policyTypes?.length) {
    spec.set('policyTypes', given.egress?.length ? ['Ingress', 'Egress'] : ['Ingress']);
  }
  return spec.result;
}

function defaultPorts<T extends { readonly ports?: readonly NetworkPolicyPort[] }>(rule: T): T {
  if (!rule.ports) return rule;
  return withField<T, 'ports'>(
    rule,
    'ports',
    mapShared(rule.ports, (port) => fill(port, { protocol: 'TCP' })),
  );
}
