/**
 * Fields with a fixed choice of values, as OpenAPI documents and `kubectl explain` list them, and what Go calls their
 * type, as decoding errors do.
 * Upstream: the types that k8s.io/api marks with +enum
 */
export interface EnumFact {
  /** `v1.PullPolicy` */
  readonly goType: string;
  /** Sorted. */
  readonly values: readonly string[];
}

/** The values stand between bars. */
const facts: readonly (readonly [goType: string, values: string, fields: string])[] = [
  [
    'v1.ScopeType',
    '*|Cluster|Namespaced',
    'admissionregistration.v1.RuleWithOperations.scope admissionregistration.v1.NamedRuleWithOperations.scope',
  ],
  [
    'v1.FailurePolicyType',
    'Fail|Ignore',
    'admissionregistration.v1.ValidatingAdmissionPolicySpec.failurePolicy admissionregistration.v1.ValidatingWebhook.failurePolicy admissionregistration.v1.MutatingWebhook.failurePolicy',
  ],
  [
    'v1.ValidationAction',
    'Audit|Deny|Warn',
    'admissionregistration.v1.ValidatingAdmissionPolicyBindingSpec.validationActions',
  ],
  [
    'v1.MatchPolicyType',
    'Equivalent|Exact',
    'admissionregistration.v1.MatchResources.matchPolicy admissionregistration.v1.ValidatingWebhook.matchPolicy admissionregistration.v1.MutatingWebhook.matchPolicy',
  ],
  [
    'v1.SideEffectClass',
    'None|NoneOnDryRun|Some|Unknown',
    'admissionregistration.v1.ValidatingWebhook.sideEffects admissionregistration.v1.MutatingWebhook.sideEffects',
  ],
  ['v1.ReinvocationPolicyType', 'IfNeeded|Never', 'admissionregistration.v1.MutatingWebhook.reinvocationPolicy'],
  [
    'v1.OperationType',
    '*|CONNECT|CREATE|DELETE|UPDATE',
    'admissionregistration.v1.RuleWithOperations.operations admissionregistration.v1.NamedRuleWithOperations.operations',
  ],
  ['v1.StatefulSetUpdateStrategyType', 'OnDelete|RollingUpdate', 'apps.v1.StatefulSetUpdateStrategy.type'],
  ['v1.PodManagementPolicyType', 'OrderedReady|Parallel', 'apps.v1.StatefulSetSpec.podManagementPolicy'],
  ['v1.DeploymentStrategyType', 'Recreate|RollingUpdate', 'apps.v1.DeploymentStrategy.type'],
  ['v1.DaemonSetUpdateStrategyType', 'OnDelete|RollingUpdate', 'apps.v1.DaemonSetUpdateStrategy.type'],
  ['v1.PodFailurePolicyOnExitCodesOperator', 'In|NotIn', 'batch.v1.PodFailurePolicyOnExitCodesRequirement.operator'],
  ['v1.PodFailurePolicyAction', 'Count|FailIndex|FailJob|Ignore', 'batch.v1.PodFailurePolicyRule.action'],
  ['v1.CompletionMode', 'Indexed|NonIndexed', 'batch.v1.JobSpec.completionMode'],
  ['v1.PodReplacementPolicy', 'Failed|TerminatingOrFailed', 'batch.v1.JobSpec.podReplacementPolicy'],
  ['v1.ConcurrencyPolicy', 'Allow|Forbid|Replace', 'batch.v1.CronJobSpec.concurrencyPolicy'],
  [
    'v1.KeyUsage',
    'any|cert sign|client auth|code signing|content commitment|crl sign|data encipherment|decipher only|digital signature|email protection|encipher only|ipsec end system|ipsec tunnel|ipsec user|key agreement|key encipherment|microsoft sgc|netscape sgc|ocsp signing|s/mime|server auth|signing|timestamping',
    'certificates.v1.CertificateSigningRequestSpec.usages',
  ],
  [
    'v1.PersistentVolumeAccessMode',
    'ReadOnlyMany|ReadWriteMany|ReadWriteOnce|ReadWriteOncePod',
    'core.v1.PersistentVolumeSpec.accessModes core.v1.PersistentVolumeClaimSpec.accessModes core.v1.PersistentVolumeClaimStatus.accessModes',
  ],
  [
    'v1.PersistentVolumeReclaimPolicy',
    'Delete|Recycle|Retain',
    'core.v1.PersistentVolumeSpec.persistentVolumeReclaimPolicy',
  ],
  [
    'v1.PersistentVolumeMode',
    'Block|Filesystem',
    'core.v1.PersistentVolumeSpec.volumeMode core.v1.PersistentVolumeClaimSpec.volumeMode',
  ],
  ['v1.PersistentVolumePhase', 'Available|Bound|Failed|Pending|Released', 'core.v1.PersistentVolumeStatus.phase'],
  ['v1.PersistentVolumeClaimModifyVolumeStatus', 'InProgress|Infeasible|Pending', 'core.v1.ModifyVolumeStatus.status'],
  ['v1.PersistentVolumeClaimPhase', 'Bound|Lost|Pending', 'core.v1.PersistentVolumeClaimStatus.phase'],
  [
    'v1.HostPathType',
    '|BlockDevice|CharDevice|Directory|DirectoryOrCreate|File|FileOrCreate|Socket',
    'core.v1.HostPathVolumeSource.type',
  ],
  ['v1.AzureDataDiskCachingMode', 'None|ReadOnly|ReadWrite', 'core.v1.AzureDiskVolumeSource.cachingMode'],
  ['v1.AzureDataDiskKind', 'Dedicated|Managed|Shared', 'core.v1.AzureDiskVolumeSource.kind'],
  [
    'v1.Protocol',
    'SCTP|TCP|UDP',
    'core.v1.ContainerPort.protocol core.v1.ServicePort.protocol core.v1.EndpointPort.protocol core.v1.PortStatus.protocol',
  ],
  ['v1.MountPropagationMode', 'Bidirectional|HostToContainer|None', 'core.v1.VolumeMount.mountPropagation'],
  ['v1.URIScheme', 'HTTP|HTTPS', 'core.v1.HTTPGetAction.scheme'],
  [
    'v1.TerminationMessagePolicy',
    'FallbackToLogsOnError|File',
    'core.v1.Container.terminationMessagePolicy core.v1.EphemeralContainer.terminationMessagePolicy',
  ],
  [
    'v1.PullPolicy',
    'Always|IfNotPresent|Never',
    'core.v1.Container.imagePullPolicy core.v1.EphemeralContainer.imagePullPolicy core.v1.ImageVolumeSource.pullPolicy',
  ],
  ['v1.NodeSelectorOperator', 'DoesNotExist|Exists|Gt|In|Lt|NotIn', 'core.v1.NodeSelectorRequirement.operator'],
  ['v1.TaintEffect', 'NoExecute|NoSchedule|PreferNoSchedule', 'core.v1.Taint.effect core.v1.Toleration.effect'],
  ['v1.TolerationOperator', 'Equal|Exists|Gt|Lt', 'core.v1.Toleration.operator'],
  ['v1.RestartPolicy', 'Always|Never|OnFailure', 'core.v1.PodSpec.restartPolicy'],
  ['v1.DNSPolicy', 'ClusterFirst|ClusterFirstWithHostNet|Default|None', 'core.v1.PodSpec.dnsPolicy'],
  ['v1.PreemptionPolicy', 'Never|PreemptLowerPriority', 'core.v1.PodSpec.preemptionPolicy'],
  [
    'v1.UnsatisfiableConstraintAction',
    'DoNotSchedule|ScheduleAnyway',
    'core.v1.TopologySpreadConstraint.whenUnsatisfiable',
  ],
  [
    'v1.NodeInclusionPolicy',
    'Honor|Ignore',
    'core.v1.TopologySpreadConstraint.nodeAffinityPolicy core.v1.TopologySpreadConstraint.nodeTaintsPolicy',
  ],
  ['v1.SupplementalGroupsPolicy', 'Merge|Strict', 'core.v1.PodSecurityContext.supplementalGroupsPolicy'],
  ['v1.PodFSGroupChangePolicy', 'Always|OnRootMismatch', 'core.v1.PodSecurityContext.fsGroupChangePolicy'],
  ['v1.SeccompProfileType', 'Localhost|RuntimeDefault|Unconfined', 'core.v1.SeccompProfile.type'],
  ['v1.AppArmorProfileType', 'Localhost|RuntimeDefault|Unconfined', 'core.v1.AppArmorProfile.type'],
  ['v1.PodPhase', 'Failed|Pending|Running|Succeeded|Unknown', 'core.v1.PodStatus.phase'],
  ['v1.PodQOSClass', 'BestEffort|Burstable|Guaranteed', 'core.v1.PodStatus.qosClass'],
  ['v1.ServiceType', 'ClusterIP|ExternalName|LoadBalancer|NodePort', 'core.v1.ServiceSpec.type'],
  ['v1.ServiceAffinity', 'ClientIP|None', 'core.v1.ServiceSpec.sessionAffinity'],
  ['v1.ServiceExternalTrafficPolicy', 'Cluster|Local', 'core.v1.ServiceSpec.externalTrafficPolicy'],
  ['v1.IPFamily', '|IPv4|IPv6', 'core.v1.ServiceSpec.ipFamilies'],
  ['v1.IPFamilyPolicy', 'PreferDualStack|RequireDualStack|SingleStack', 'core.v1.ServiceSpec.ipFamilyPolicy'],
  ['v1.ServiceInternalTrafficPolicy', 'Cluster|Local', 'core.v1.ServiceSpec.internalTrafficPolicy'],
  ['v1.NodePhase', 'Pending|Running|Terminated', 'core.v1.NodeStatus.phase'],
  ['v1.NamespacePhase', 'Active|Terminating', 'core.v1.NamespaceStatus.phase'],
  [
    'v1.ResourceQuotaScope',
    'BestEffort|CrossNamespacePodAffinity|NotBestEffort|NotTerminating|PriorityClass|Terminating|VolumeAttributesClass',
    'core.v1.ResourceQuotaSpec.scopes core.v1.ScopedResourceSelectorRequirement.scopeName',
  ],
  ['v1.ScopeSelectorOperator', 'DoesNotExist|Exists|In|NotIn', 'core.v1.ScopedResourceSelectorRequirement.operator'],
  ['v1.ProcMountType', 'Default|Unmasked', 'core.v1.SecurityContext.procMount'],
  ['v1.AddressType', 'FQDN|IPv4|IPv6', 'discovery.v1.EndpointSlice.addressType'],
  ['v1.PolicyType', 'Egress|Ingress', 'networking.v1.NetworkPolicySpec.policyTypes'],
  ['v1.PathType', 'Exact|ImplementationSpecific|Prefix', 'networking.v1.HTTPIngressPath.pathType'],
  [
    'v1.UnhealthyPodEvictionPolicyType',
    'AlwaysAllow|IfHealthyBudget',
    'policy.v1.PodDisruptionBudgetSpec.unhealthyPodEvictionPolicy',
  ],
  [
    'v1.DeviceTaintEffect',
    'NoExecute|NoSchedule|None',
    'resource.v1.DeviceTaint.effect resource.v1.DeviceToleration.effect',
  ],
  [
    'v1.DeviceAllocationMode',
    'All|ExactCount',
    'resource.v1.ExactDeviceRequest.allocationMode resource.v1.DeviceSubRequest.allocationMode',
  ],
  ['v1.DeviceTolerationOperator', 'Equal|Exists', 'resource.v1.DeviceToleration.operator'],
  ['v1.AllocationConfigSource', 'FromClaim|FromClass', 'resource.v1.DeviceAllocationConfiguration.source'],
  ['v1.VolumeBindingMode', 'Immediate|WaitForFirstConsumer', 'storage.v1.StorageClass.volumeBindingMode'],
];

const signals =
  'SIGABRT SIGALRM SIGBUS SIGCHLD SIGCLD SIGCONT SIGFPE SIGHUP SIGILL SIGINT SIGIO SIGIOT SIGKILL SIGPIPE SIGPOLL SIGPROF SIGPWR SIGQUIT SIGRTMAX SIGRTMIN SIGSEGV SIGSTKFLT SIGSTOP SIGSYS SIGTERM SIGTRAP SIGTSTP SIGTTIN SIGTTOU SIGURG SIGUSR1 SIGUSR2 SIGVTALRM SIGWINCH SIGXCPU SIGXFSZ'.split(
    ' ',
  );
const realTimeSignals = [
  ...Array.from({ length: 15 }, (_, index) => `SIGRTMIN+${index + 1}`),
  ...Array.from({ length: 14 }, (_, index) => `SIGRTMAX-${index + 1}`),
];
const signalFact: EnumFact = { goType: 'v1.Signal', values: [...signals, ...realTimeSignals].toSorted() };

/** By field: `core.v1.Container.imagePullPolicy`. */
export const enumFacts: ReadonlyMap<string, EnumFact> = new Map([
  ...facts.flatMap(([goType, values, fields]) => {
    const fact: EnumFact = { goType, values: values.split('|') };
    return fields.split(' ').map((field) => [field, fact] as const);
  }),
  ['core.v1.Lifecycle.stopSignal', signalFact],
  ['core.v1.ContainerStatus.stopSignal', signalFact],
]);
