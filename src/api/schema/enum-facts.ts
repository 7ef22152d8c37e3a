/**
 * Fields with a fixed choice of values, as OpenAPI documents and `kubectl explain` list them.
 * Upstream: the types that k8s.io/api marks with +enum
 */
interface EnumFact {
  readonly fields: readonly string[];
  readonly values: readonly string[];
}

/** SIGRTMIN+1 to SIGRTMIN+15, SIGRTMAX-1 to SIGRTMAX-14. */
const realTimeSignals = [
  ...Array.from({ length: 15 }, (_, index) => `SIGRTMIN+${index + 1}`),
  ...Array.from({ length: 14 }, (_, index) => `SIGRTMAX-${index + 1}`),
];

const facts: readonly EnumFact[] = [
  {
    fields: ['admissionregistration.v1.Rule.scope'],
    values: ['*', 'Cluster', 'Namespaced'],
  },
  {
    fields: [
      'admissionregistration.v1.ValidatingAdmissionPolicySpec.failurePolicy',
      'admissionregistration.v1.ValidatingWebhook.failurePolicy',
      'admissionregistration.v1.MutatingWebhook.failurePolicy',
    ],
    values: ['Fail', 'Ignore'],
  },
  {
    fields: ['admissionregistration.v1.ValidatingAdmissionPolicyBindingSpec.validationActions'],
    values: ['Audit', 'Deny', 'Warn'],
  },
  {
    fields: [
      'admissionregistration.v1.MatchResources.matchPolicy',
      'admissionregistration.v1.ValidatingWebhook.matchPolicy',
      'admissionregistration.v1.MutatingWebhook.matchPolicy',
    ],
    values: ['Equivalent', 'Exact'],
  },
  {
    fields: [
      'admissionregistration.v1.ValidatingWebhook.sideEffects',
      'admissionregistration.v1.MutatingWebhook.sideEffects',
    ],
    values: ['None', 'NoneOnDryRun', 'Some', 'Unknown'],
  },
  {
    fields: ['admissionregistration.v1.MutatingWebhook.reinvocationPolicy'],
    values: ['IfNeeded', 'Never'],
  },
  {
    fields: ['admissionregistration.v1.RuleWithOperations.operations'],
    values: ['*', 'CONNECT', 'CREATE', 'DELETE', 'UPDATE'],
  },
  {
    fields: ['apps.v1.StatefulSetUpdateStrategy.type'],
    values: ['OnDelete', 'RollingUpdate'],
  },
  {
    fields: ['apps.v1.StatefulSetSpec.podManagementPolicy'],
    values: ['OrderedReady', 'Parallel'],
  },
  {
    fields: ['apps.v1.DeploymentStrategy.type'],
    values: ['Recreate', 'RollingUpdate'],
  },
  {
    fields: ['apps.v1.DaemonSetUpdateStrategy.type'],
    values: ['OnDelete', 'RollingUpdate'],
  },
  {
    fields: ['batch.v1.PodFailurePolicyOnExitCodesRequirement.operator'],
    values: ['In', 'NotIn'],
  },
  {
    fields: ['batch.v1.PodFailurePolicyRule.action'],
    values: ['Count', 'FailIndex', 'FailJob', 'Ignore'],
  },
  {
    fields: ['batch.v1.JobSpec.completionMode'],
    values: ['Indexed', 'NonIndexed'],
  },
  {
    fields: ['batch.v1.JobSpec.podReplacementPolicy'],
    values: ['Failed', 'TerminatingOrFailed'],
  },
  {
    fields: ['batch.v1.CronJobSpec.concurrencyPolicy'],
    values: ['Allow', 'Forbid', 'Replace'],
  },
  {
    fields: ['certificates.v1.CertificateSigningRequestSpec.usages'],
    values: [
      'any',
      'cert sign',
      'client auth',
      'code signing',
      'content commitment',
      'crl sign',
      'data encipherment',
      'decipher only',
      'digital signature',
      'email protection',
      'encipher only',
      'ipsec end system',
      'ipsec tunnel',
      'ipsec user',
      'key agreement',
      'key encipherment',
      'microsoft sgc',
      'netscape sgc',
      'ocsp signing',
      's/mime',
      'server auth',
      'signing',
      'timestamping',
    ],
  },
  {
    fields: [
      'core.v1.PersistentVolumeSpec.accessModes',
      'core.v1.PersistentVolumeClaimSpec.accessModes',
      'core.v1.PersistentVolumeClaimStatus.accessModes',
    ],
    values: ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'],
  },
  {
    fields: ['core.v1.PersistentVolumeSpec.persistentVolumeReclaimPolicy'],
    values: ['Delete', 'Recycle', 'Retain'],
  },
  {
    fields: ['core.v1.PersistentVolumeSpec.volumeMode', 'core.v1.PersistentVolumeClaimSpec.volumeMode'],
    values: ['Block', 'Filesystem'],
  },
  {
    fields: ['core.v1.PersistentVolumeStatus.phase'],
    values: ['Available', 'Bound', 'Failed', 'Pending', 'Released'],
  },
  {
    fields: ['core.v1.ModifyVolumeStatus.status'],
    values: ['InProgress', 'Infeasible', 'Pending'],
  },
  {
    fields: ['core.v1.PersistentVolumeClaimStatus.phase'],
    values: ['Bound', 'Lost', 'Pending'],
  },
  {
    fields: ['core.v1.HostPathVolumeSource.type'],
    values: ['', 'BlockDevice', 'CharDevice', 'Directory', 'DirectoryOrCreate', 'File', 'FileOrCreate', 'Socket'],
  },
  {
    fields: ['core.v1.AzureDiskVolumeSource.cachingMode'],
    values: ['None', 'ReadOnly', 'ReadWrite'],
  },
  {
    fields: ['core.v1.AzureDiskVolumeSource.kind'],
    values: ['Dedicated', 'Managed', 'Shared'],
  },
  {
    fields: [
      'core.v1.ContainerPort.protocol',
      'core.v1.ServicePort.protocol',
      'core.v1.EndpointPort.protocol',
      'core.v1.PortStatus.protocol',
    ],
    values: ['SCTP', 'TCP', 'UDP'],
  },
  {
    fields: ['core.v1.VolumeMount.mountPropagation'],
    values: ['Bidirectional', 'HostToContainer', 'None'],
  },
  {
    fields: ['core.v1.HTTPGetAction.scheme'],
    values: ['HTTP', 'HTTPS'],
  },
  {
    fields: ['core.v1.Container.terminationMessagePolicy', 'core.v1.EphemeralContainer.terminationMessagePolicy'],
    values: ['FallbackToLogsOnError', 'File'],
  },
  {
    fields: [
      'core.v1.Container.imagePullPolicy',
      'core.v1.EphemeralContainer.imagePullPolicy',
      'core.v1.ImageVolumeSource.pullPolicy',
    ],
    values: ['Always', 'IfNotPresent', 'Never'],
  },
  {
    fields: ['core.v1.NodeSelectorRequirement.operator'],
    values: ['DoesNotExist', 'Exists', 'Gt', 'In', 'Lt', 'NotIn'],
  },
  {
    fields: ['core.v1.Taint.effect', 'core.v1.Toleration.effect'],
    values: ['NoExecute', 'NoSchedule', 'PreferNoSchedule'],
  },
  {
    fields: ['core.v1.Toleration.operator'],
    values: ['Equal', 'Exists', 'Gt', 'Lt'],
  },
  {
    fields: ['core.v1.PodSpec.restartPolicy'],
    values: ['Always', 'Never', 'OnFailure'],
  },
  {
    fields: ['core.v1.PodSpec.dnsPolicy'],
    values: ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'],
  },
  {
    fields: ['core.v1.PodSpec.preemptionPolicy'],
    values: ['Never', 'PreemptLowerPriority'],
  },
  {
    fields: ['core.v1.TopologySpreadConstraint.whenUnsatisfiable'],
    values: ['DoNotSchedule', 'ScheduleAnyway'],
  },
  {
    fields: [
      'core.v1.TopologySpreadConstraint.nodeAffinityPolicy',
      'core.v1.TopologySpreadConstraint.nodeTaintsPolicy',
    ],
    values: ['Honor', 'Ignore'],
  },
  {
    fields: ['core.v1.PodSecurityContext.supplementalGroupsPolicy'],
    values: ['Merge', 'Strict'],
  },
  {
    fields: ['core.v1.PodSecurityContext.fsGroupChangePolicy'],
    values: ['Always', 'OnRootMismatch'],
  },
  {
    fields: ['core.v1.SeccompProfile.type'],
    values: ['Localhost', 'RuntimeDefault', 'Unconfined'],
  },
  {
    fields: ['core.v1.AppArmorProfile.type'],
    values: ['Localhost', 'RuntimeDefault', 'Unconfined'],
  },
  {
    fields: ['core.v1.PodStatus.phase'],
    values: ['Failed', 'Pending', 'Running', 'Succeeded', 'Unknown'],
  },
  {
    fields: ['core.v1.PodStatus.qosClass'],
    values: ['BestEffort', 'Burstable', 'Guaranteed'],
  },
  {
    fields: ['core.v1.ServiceSpec.type'],
    values: ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'],
  },
  {
    fields: ['core.v1.ServiceSpec.sessionAffinity'],
    values: ['ClientIP', 'None'],
  },
  {
    fields: ['core.v1.ServiceSpec.externalTrafficPolicy'],
    values: ['Cluster', 'Local'],
  },
  {
    fields: ['core.v1.ServiceSpec.ipFamilies'],
    values: ['', 'IPv4', 'IPv6'],
  },
  {
    fields: ['core.v1.ServiceSpec.ipFamilyPolicy'],
    values: ['PreferDualStack', 'RequireDualStack', 'SingleStack'],
  },
  {
    fields: ['core.v1.ServiceSpec.internalTrafficPolicy'],
    values: ['Cluster', 'Local'],
  },
  {
    fields: ['core.v1.NodeStatus.phase'],
    values: ['Pending', 'Running', 'Terminated'],
  },
  {
    fields: ['core.v1.NamespaceStatus.phase'],
    values: ['Active', 'Terminating'],
  },
  {
    fields: ['core.v1.ResourceQuotaSpec.scopes', 'core.v1.ScopedResourceSelectorRequirement.scopeName'],
    values: [
      'BestEffort',
      'CrossNamespacePodAffinity',
      'NotBestEffort',
      'NotTerminating',
      'PriorityClass',
      'Terminating',
      'VolumeAttributesClass',
    ],
  },
  {
    fields: ['core.v1.ScopedResourceSelectorRequirement.operator'],
    values: ['DoesNotExist', 'Exists', 'In', 'NotIn'],
  },
  {
    fields: ['core.v1.SecurityContext.procMount'],
    values: ['Default', 'Unmasked'],
  },
  {
    fields: ['discovery.v1.EndpointSlice.addressType'],
    values: ['FQDN', 'IPv4', 'IPv6'],
  },
  {
    fields: ['networking.v1.NetworkPolicySpec.policyTypes'],
    values: ['Egress', 'Ingress'],
  },
  {
    fields: ['networking.v1.HTTPIngressPath.pathType'],
    values: ['Exact', 'ImplementationSpecific', 'Prefix'],
  },
  {
    fields: ['policy.v1.PodDisruptionBudgetSpec.unhealthyPodEvictionPolicy'],
    values: ['AlwaysAllow', 'IfHealthyBudget'],
  },
  {
    fields: ['resource.v1.DeviceTaint.effect', 'resource.v1.DeviceToleration.effect'],
    values: ['NoExecute', 'NoSchedule', 'None'],
  },
  {
    fields: ['resource.v1.ExactDeviceRequest.allocationMode', 'resource.v1.DeviceSubRequest.allocationMode'],
    values: ['All', 'ExactCount'],
  },
  {
    fields: ['resource.v1.DeviceToleration.operator'],
    values: ['Equal', 'Exists'],
  },
  {
    fields: ['resource.v1.DeviceAllocationConfiguration.source'],
    values: ['FromClaim', 'FromClass'],
  },
  {
    fields: ['storage.v1.StorageClass.volumeBindingMode'],
    values: ['Immediate', 'WaitForFirstConsumer'],
  },
  {
    fields: ['core.v1.Lifecycle.stopSignal', 'core.v1.ContainerStatus.stopSignal'],
    values: [
      ...'SIGABRT SIGALRM SIGBUS SIGCHLD SIGCLD SIGCONT SIGFPE SIGHUP SIGILL SIGINT SIGIO SIGIOT SIGKILL SIGPIPE SIGPOLL SIGPROF SIGPWR SIGQUIT SIGRTMAX SIGRTMIN SIGSEGV SIGSTKFLT SIGSTOP SIGSYS SIGTERM SIGTRAP SIGTSTP SIGTTIN SIGTTOU SIGURG SIGUSR1 SIGUSR2 SIGVTALRM SIGWINCH SIGXCPU SIGXFSZ'.split(
        ' ',
      ),
      ...realTimeSignals,
    ].toSorted(),
  },
];

/** By field: `core.v1.Container.imagePullPolicy`. */
export const enumFacts: ReadonlyMap<string, readonly string[]> = new Map(
  facts.flatMap(({ fields, values }) => fields.map((field) => [field, values] as const)),
);
