import type {
  FlowcontrolV1Subject,
  FlowSchemaSpec,
  PolicyRulesWithSubjects,
  PriorityLevelConfigurationSpec,
} from '../../../../api/generated/types.ts';

/**
 * The levels and schemas that every API server starts with.
 * Upstream: apiserver/pkg/apis/flowcontrol/bootstrap/default.go
 */

function limited(shares: number, lendable: number, queues?: readonly [count: number, handSize: number]) {
  const queuing = queues && { handSize: queues[1], queueLengthLimit: 50, queues: queues[0] };
  const limitResponse = queuing ? { type: 'Queue', queuing } : { type: 'Reject' };
  return { type: 'Limited', limited: { nominalConcurrencyShares: shares, lendablePercent: lendable, limitResponse } };
}

/** Their specs stay as they are. */
export const mandatoryPriorityLevels: ReadonlyMap<string, PriorityLevelConfigurationSpec> = new Map<
  string,
  PriorityLevelConfigurationSpec
>([
  ['catch-all', limited(5, 0)],
  ['exempt', { type: 'Exempt', exempt: { nominalConcurrencyShares: 0, lendablePercent: 0 } }],
]);

export const suggestedPriorityLevels: ReadonlyMap<string, PriorityLevelConfigurationSpec> = new Map([
  ['system', limited(30, 33, [64, 6])],
  ['node-high', limited(40, 25, [64, 6])],
  ['leader-election', limited(10, 0, [16, 4])],
  ['workload-high', limited(40, 50, [128, 6])],
  ['workload-low', limited(100, 90, [128, 6])],
  ['global-default', limited(20, 50, [128, 6])],
]);

const groups = (...names: string[]): FlowcontrolV1Subject[] =>
  names.map((name) => ({ kind: 'Group', group: { name } }));
const users = (...names: string[]): FlowcontrolV1Subject[] => names.map((name) => ({ kind: 'User', user: { name } }));
const systemAccounts: FlowcontrolV1Subject = {
  kind: 'ServiceAccount',
  serviceAccount: { name: '*', namespace: 'kube-system' },
};
const everybody = groups('system:unauthenticated', 'system:authenticated');

const namespaced = (verbs: string[], apiGroup: string, ...resources: string[]) => ({
  verbs,
  apiGroups: [apiGroup],
  resources,
  namespaces: ['*'],
});
const everything = (subjects: readonly FlowcontrolV1Subject[]): PolicyRulesWithSubjects => ({
  subjects,
  resourceRules: [{ ...namespaced(['*'], '*', '*'), clusterScope: true }],
  nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['*'] }],
});

function schema(
  level: string,
  matchingPrecedence: number,
  distinguisher: '' | 'ByUser' | 'ByNamespace',
  rule: PolicyRulesWithSubjects,
): FlowSchemaSpec {
  return {
    priorityLevelConfiguration: { name: level },
    matchingPrecedence,
    ...(distinguisher && { distinguisherMethod: { type: distinguisher } }),
    rules: [rule],
  };
}

/** Their specs stay as they are. */
export const mandatoryFlowSchemas: ReadonlyMap<string, FlowSchemaSpec> = new Map([
  ['exempt', schema('exempt', 1, '', everything(groups('system:masters')))],
  ['catch-all', schema('catch-all', 10_000, 'ByUser', everything(everybody))],
]);

const leases = namespaced(['*'], 'coordination.k8s.io', 'leases');

export const suggestedFlowSchemas: ReadonlyMap<string, FlowSchemaSpec> = new Map([
  ['system-nodes', schema('system', 500, 'ByUser', everything(groups('system:nodes')))],
  [
    'system-node-high',
    schema('node-high', 400, 'ByUser', {
      subjects: groups('system:nodes'),
      resourceRules: [{ ...namespaced(['*'], '', 'nodes', 'nodes/status'), clusterScope: true }, leases],
    }),
  ],
  [
    'probes',
    schema('exempt', 2, '', {
      subjects: everybody,
      nonResourceRules: [{ verbs: ['get'], nonResourceURLs: ['/healthz', '/readyz', '/livez'] }],
    }),
  ],
  [
    'system-leader-election',
    schema('leader-election', 100, 'ByUser', {
      subjects: [...users('system:kube-controller-manager', 'system:kube-scheduler'), systemAccounts],
      resourceRules: [{ ...leases, verbs: ['get', 'create', 'update'] }],
    }),
  ],
  [
    'kube-controller-manager',
    schema('workload-high', 800, 'ByNamespace', everything(users('system:kube-controller-manager'))),
  ],
  ['kube-scheduler', schema('workload-high', 800, 'ByNamespace', everything(users('system:kube-scheduler')))],
  ['kube-system-service-accounts', schema('workload-high', 900, 'ByNamespace', everything([systemAccounts]))],
  ['service-accounts', schema('workload-low', 9000, 'ByUser', everything(groups('system:serviceaccounts')))],
  ['global-default', schema('global-default', 9900, 'ByUser', everything(everybody))],
]);
