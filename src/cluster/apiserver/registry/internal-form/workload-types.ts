/** Fields of what surrounds pods in the order in which the API server holds them. Format: `struct-types.ts`. */
export const workloadTypes: Readonly<Record<string, string>> = {
  Taint: 'Key Value Effect TimeAdded:?',
  NodeAddress: 'Type Address',
  PodIP: 'IP',
  DeploymentStrategy: 'Type RollingUpdate:*RollingUpdateDeployment',
  RollingUpdateDeployment: 'MaxUnavailable:i MaxSurge:i',
  DaemonSetUpdateStrategy: 'Type RollingUpdate:*RollingUpdateDaemonSet',
  RollingUpdateDaemonSet: 'MaxUnavailable:i MaxSurge:i',
  StatefulSetUpdateStrategy: 'Type RollingUpdate:*RollingUpdateStatefulSetStrategy',
  RollingUpdateStatefulSetStrategy: 'Partition:n MaxUnavailable:?',
  ScopeSelector: 'MatchExpressions:[]ScopedResourceSelectorRequirement',
  ScopedResourceSelectorRequirement: 'ScopeName Operator Values:?',
  SuccessPolicy: 'Rules:[]SuccessPolicyRule',
  SuccessPolicyRule: 'SucceededIndexes:? SucceededCount:?',
  PodFailurePolicy: 'Rules:[]PodFailurePolicyRule',
  PodFailurePolicyRule:
    'Action OnExitCodes:*PodFailurePolicyOnExitCodesRequirement OnPodConditions:[]PodFailurePolicyOnPodConditionsPattern',
  PodFailurePolicyOnExitCodesRequirement: 'ContainerName:? Operator Values:?',
  PodFailurePolicyOnPodConditionsPattern: 'Type Status',
  UncountedTerminatedPods: 'Succeeded:? Failed:?',
  RoleRef: 'APIGroup=apiGroup Kind Name',
  PodDisruptionBudgetSpec: 'MinAvailable:? Selector:*LabelSelector MaxUnavailable:? UnhealthyPodEvictionPolicy:?',
};
