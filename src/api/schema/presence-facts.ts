/**
 * How the fields of Go's types differ where the wire does not tell: an optional scalar that is a pointer in Go can hold
 * zero, any other is left out when it is zero. `hostNetwork: false` is dropped, `replicas: 0` stays.
 * Upstream: k8s.io/api, the types and their json tags
 */

/** Scalars that may be absent as well as zero. */
const pointers: Readonly<Record<string, string>> = {
  'admissionregistration.v1.MatchResources': 'matchPolicy',
  'admissionregistration.v1.MutatingWebhook': 'failurePolicy matchPolicy reinvocationPolicy sideEffects timeoutSeconds',
  'admissionregistration.v1.ParamRef': 'parameterNotFoundAction',
  'admissionregistration.v1.ServiceReference': 'path port',
  'admissionregistration.v1.ValidatingAdmissionPolicySpec': 'failurePolicy',
  'admissionregistration.v1.ValidatingWebhook': 'failurePolicy matchPolicy sideEffects timeoutSeconds',
  'admissionregistration.v1.Validation': 'reason',
  'admissionregistration.v1.WebhookClientConfig': 'url',
  'apiextensions.v1.CustomResourceSubresourceScale': 'labelSelectorPath',
  'apiextensions.v1.JSONSchemaProps':
    'maxItems maxLength maxProperties maximum minItems minLength minProperties minimum multipleOf x-kubernetes-list-type x-kubernetes-map-type x-kubernetes-preserve-unknown-fields',
  'apiextensions.v1.ServiceReference': 'path port',
  'apiextensions.v1.ValidationRule': 'optionalOldSelf reason',
  'apiextensions.v1.WebhookClientConfig': 'url',
  'apiregistration.v1.ServiceReference': 'port',
  'apps.v1.DaemonSetSpec': 'revisionHistoryLimit',
  'apps.v1.DaemonSetStatus': 'collisionCount',
  'apps.v1.DeploymentSpec': 'progressDeadlineSeconds replicas revisionHistoryLimit',
  'apps.v1.DeploymentStatus': 'collisionCount terminatingReplicas',
  'apps.v1.ReplicaSetSpec': 'replicas',
  'apps.v1.ReplicaSetStatus': 'terminatingReplicas',
  'apps.v1.RollingUpdateDaemonSet': 'maxSurge maxUnavailable',
  'apps.v1.RollingUpdateDeployment': 'maxSurge maxUnavailable',
  'apps.v1.RollingUpdateStatefulSetStrategy': 'maxUnavailable partition',
  'apps.v1.StatefulSetSpec': 'replicas revisionHistoryLimit',
  'apps.v1.StatefulSetStatus': 'collisionCount',
  'authentication.v1.TokenRequestSpec': 'expirationSeconds',
  'autoscaling.v1.HorizontalPodAutoscalerSpec': 'minReplicas targetCPUUtilizationPercentage',
  'autoscaling.v1.HorizontalPodAutoscalerStatus': 'currentCPUUtilizationPercentage observedGeneration',
  'autoscaling.v2.HPAScalingRules': 'selectPolicy stabilizationWindowSeconds tolerance',
  'autoscaling.v2.HorizontalPodAutoscalerSpec': 'minReplicas',
  'autoscaling.v2.HorizontalPodAutoscalerStatus': 'observedGeneration',
  'autoscaling.v2.MetricTarget': 'averageUtilization averageValue value',
  'autoscaling.v2.MetricValueStatus': 'averageUtilization averageValue value',
  'batch.v1.CronJobSpec': 'failedJobsHistoryLimit startingDeadlineSeconds successfulJobsHistoryLimit suspend timeZone',
  'batch.v1.JobSpec':
    'activeDeadlineSeconds backoffLimit backoffLimitPerIndex completionMode completions managedBy manualSelector maxFailedIndexes parallelism podReplacementPolicy suspend ttlSecondsAfterFinished',
  'batch.v1.JobStatus': 'failedIndexes ready terminating',
  'batch.v1.PodFailurePolicyOnExitCodesRequirement': 'containerName',
  'batch.v1.SuccessPolicyRule': 'succeededCount succeededIndexes',
  'certificates.v1.CertificateSigningRequestSpec': 'expirationSeconds',
  'coordination.v1.LeaseSpec': 'holderIdentity leaseDurationSeconds leaseTransitions preferredHolder strategy',
  'core.v1.AppArmorProfile': 'localhostProfile',
  'core.v1.AzureDiskVolumeSource': 'cachingMode fsType kind readOnly',
  'core.v1.AzureFilePersistentVolumeSource': 'secretNamespace',
  'core.v1.CSIVolumeSource': 'fsType readOnly',
  'core.v1.ClientIPConfig': 'timeoutSeconds',
  'core.v1.ClusterTrustBundleProjection': 'name optional signerName',
  'core.v1.ConfigMap': 'immutable',
  'core.v1.ConfigMapEnvSource': 'optional',
  'core.v1.ConfigMapKeySelector': 'optional',
  'core.v1.ConfigMapProjection': 'optional',
  'core.v1.ConfigMapVolumeSource': 'defaultMode optional',
  'core.v1.Container': 'restartPolicy',
  'core.v1.ContainerStatus': 'started stopSignal',
  'core.v1.DownwardAPIVolumeFile': 'mode',
  'core.v1.DownwardAPIVolumeSource': 'defaultMode',
  'core.v1.EmptyDirVolumeSource': 'sizeLimit',
  'core.v1.EndpointAddress': 'nodeName',
  'core.v1.EndpointPort': 'appProtocol',
  'core.v1.EphemeralContainer': 'restartPolicy',
  'core.v1.FCVolumeSource': 'lun',
  'core.v1.FileKeySelector': 'optional',
  'core.v1.GRPCAction': 'service',
  'core.v1.GlusterfsPersistentVolumeSource': 'endpointsNamespace',
  'core.v1.HostPathVolumeSource': 'type',
  'core.v1.ISCSIPersistentVolumeSource': 'initiatorName',
  'core.v1.ISCSIVolumeSource': 'initiatorName',
  'core.v1.KeyToPath': 'mode',
  'core.v1.Lifecycle': 'stopSignal',
  'core.v1.LoadBalancerIngress': 'ipMode',
  'core.v1.LocalVolumeSource': 'fsType',
  'core.v1.NodeFeatures': 'supplementalGroupsPolicy',
  'core.v1.NodeRuntimeHandlerFeatures': 'recursiveReadOnlyMounts userNamespaces',
  'core.v1.NodeSwapStatus': 'capacity',
  'core.v1.PersistentVolumeClaimSpec': 'storageClassName volumeAttributesClassName volumeMode',
  'core.v1.PersistentVolumeClaimStatus': 'currentVolumeAttributesClassName',
  'core.v1.PersistentVolumeSpec': 'volumeAttributesClassName volumeMode',
  'core.v1.PodCertificateProjection': 'maxExpirationSeconds',
  'core.v1.PodDNSConfigOption': 'value',
  'core.v1.PodResourceClaim': 'resourceClaimName resourceClaimTemplateName',
  'core.v1.PodResourceClaimStatus': 'resourceClaimName',
  'core.v1.PodSecurityContext':
    'fsGroup fsGroupChangePolicy runAsGroup runAsNonRoot runAsUser seLinuxChangePolicy supplementalGroupsPolicy',
  'core.v1.PodSpec':
    'activeDeadlineSeconds automountServiceAccountToken enableServiceLinks hostUsers hostnameOverride preemptionPolicy priority runtimeClassName setHostnameAsFQDN shareProcessNamespace terminationGracePeriodSeconds',
  'core.v1.PortStatus': 'error',
  'core.v1.Probe': 'terminationGracePeriodSeconds',
  'core.v1.ProjectedVolumeSource': 'defaultMode',
  'core.v1.ReplicationControllerSpec': 'replicas',
  'core.v1.SeccompProfile': 'localhostProfile',
  'core.v1.Secret': 'immutable',
  'core.v1.SecretEnvSource': 'optional',
  'core.v1.SecretKeySelector': 'optional',
  'core.v1.SecretProjection': 'optional',
  'core.v1.SecretVolumeSource': 'defaultMode optional',
  'core.v1.SecurityContext':
    'allowPrivilegeEscalation privileged procMount readOnlyRootFilesystem runAsGroup runAsNonRoot runAsUser',
  'core.v1.ServiceAccount': 'automountServiceAccountToken',
  'core.v1.ServiceAccountTokenProjection': 'expirationSeconds',
  'core.v1.ServicePort': 'appProtocol',
  'core.v1.ServiceSpec':
    'allocateLoadBalancerNodePorts internalTrafficPolicy ipFamilyPolicy loadBalancerClass trafficDistribution',
  'core.v1.Toleration': 'tolerationSeconds',
  'core.v1.TopologySpreadConstraint': 'minDomains nodeAffinityPolicy nodeTaintsPolicy',
  'core.v1.TypedLocalObjectReference': 'apiGroup',
  'core.v1.TypedObjectReference': 'apiGroup namespace',
  'core.v1.VolumeMount': 'mountPropagation recursiveReadOnly',
  'core.v1.VolumeMountStatus': 'recursiveReadOnly',
  'core.v1.WindowsSecurityContextOptions': 'gmsaCredentialSpec gmsaCredentialSpecName hostProcess runAsUserName',
  'discovery.v1.Endpoint': 'hostname nodeName zone',
  'discovery.v1.EndpointConditions': 'ready serving terminating',
  'discovery.v1.EndpointPort': 'appProtocol name port protocol',
  'flowcontrol.v1.ExemptPriorityLevelConfiguration': 'lendablePercent nominalConcurrencyShares',
  'flowcontrol.v1.LimitedPriorityLevelConfiguration': 'borrowingLimitPercent lendablePercent nominalConcurrencyShares',
  'meta.v1.DeleteOptions':
    'gracePeriodSeconds ignoreStoreReadErrorWithClusterBreakingPotential orphanDependents propagationPolicy',
  'meta.v1.ListMeta': 'remainingItemCount',
  'meta.v1.ObjectMeta': 'deletionGracePeriodSeconds',
  'meta.v1.OwnerReference': 'blockOwnerDeletion controller',
  'meta.v1.Preconditions': 'resourceVersion uid',
  'networking.v1.HTTPIngressPath': 'pathType',
  'networking.v1.IngressClassParametersReference': 'apiGroup namespace scope',
  'networking.v1.IngressPortStatus': 'error',
  'networking.v1.IngressSpec': 'ingressClassName',
  'networking.v1.NetworkPolicyPort': 'endPort port protocol',
  'policy.v1.PodDisruptionBudgetSpec': 'maxUnavailable minAvailable unhealthyPodEvictionPolicy',
  'resource.v1.AllocatedDeviceStatus': 'shareID',
  'resource.v1.CapacityRequestPolicy': 'default',
  'resource.v1.CapacityRequestPolicyRange': 'max min step',
  'resource.v1.Device': 'allNodes allowMultipleAllocations bindsToNode nodeName',
  'resource.v1.DeviceAttribute': 'bool int string version',
  'resource.v1.DeviceClassSpec': 'extendedResourceName',
  'resource.v1.DeviceConstraint': 'distinctAttribute matchAttribute',
  'resource.v1.DeviceRequestAllocationResult': 'adminAccess shareID',
  'resource.v1.DeviceToleration': 'tolerationSeconds',
  'resource.v1.ExactDeviceRequest': 'adminAccess',
  'resource.v1.ResourceSliceSpec': 'allNodes nodeName perDeviceNodeSelection',
  'scheduling.v1.PriorityClass': 'preemptionPolicy',
  'storage.v1.CSIDriverSpec':
    'attachRequired fsGroupPolicy nodeAllocatableUpdatePeriodSeconds podInfoOnMount requiresRepublish seLinuxMount storageCapacity',
  'storage.v1.CSIStorageCapacity': 'capacity maximumVolumeSize',
  'storage.v1.StorageClass': 'allowVolumeExpansion reclaimPolicy volumeBindingMode',
  'storage.v1.TokenRequest': 'expirationSeconds',
  'storage.v1.VolumeAttachmentSource': 'persistentVolumeName',
  'storage.v1.VolumeError': 'errorCode',
  'storage.v1.VolumeNodeResources': 'count',
};

/** Objects that are there even when nobody gave them, beside `metadata`, `spec`, `status` and `template`. */
const values: Readonly<Record<string, string>> = {
  'apps.v1.DaemonSetSpec': 'updateStrategy',
  'apps.v1.DeploymentSpec': 'strategy',
  'apps.v1.StatefulSetSpec': 'updateStrategy',
  'authentication.v1.SelfSubjectReviewStatus': 'userInfo',
  'authentication.v1.TokenReviewStatus': 'user',
  'core.v1.Container': 'resources',
  'core.v1.ContainerStatus': 'lastState state',
  'core.v1.EphemeralContainer': 'resources',
  'core.v1.Event': 'source',
  'core.v1.NodeDaemonEndpoints': 'kubeletEndpoint',
  'core.v1.NodeStatus': 'daemonEndpoints nodeInfo',
  'core.v1.PersistentVolumeClaimSpec': 'resources',
  'core.v1.ServiceStatus': 'loadBalancer',
  'discovery.v1.Endpoint': 'conditions',
  'events.v1.Event': 'deprecatedSource regarding',
  'flowcontrol.v1.LimitedPriorityLevelConfiguration': 'limitResponse',
  'networking.v1.IngressServiceBackend': 'port',
  'networking.v1.IngressStatus': 'loadBalancer',
  'networking.v1.NetworkPolicySpec': 'podSelector',
  'resource.v1.AllocationResult': 'devices',
  'resource.v1.ResourceClaimSpec': 'devices',
};

const presentObjects = new Set(['metadata', 'spec', 'status', 'template']);

/** Objects that are required or called as those above, and pointers all the same. */
const absentObjects = new Set([
  'apps.v1.DaemonSetSpec.selector',
  'apps.v1.DeploymentSpec.selector',
  'apps.v1.ReplicaSetSpec.selector',
  'apps.v1.StatefulSetSpec.selector',
  'core.v1.ReplicationControllerSpec.template',
  'core.v1.ScaleIOPersistentVolumeSource.secretRef',
  'core.v1.ScaleIOVolumeSource.secretRef',
  'networking.v1.IPAddressSpec.parentRef',
]);

/** Optional scalars that are written even when they are zero. */
const keptZeros = new Set([
  'apps.v1.StatefulSetOrdinals.start',
  'apps.v1.StatefulSetSpec.serviceName',
  'apps.v1.StatefulSetStatus.availableReplicas',
  'core.v1.Event.reportingComponent',
  'core.v1.Event.reportingInstance',
  'core.v1.ResourceFieldSelector.divisor',
  'flowcontrol.v1.FlowSchemaSpec.matchingPrecedence',
  'flowcontrol.v1.QueuingConfiguration.handSize',
  'flowcontrol.v1.QueuingConfiguration.queueLengthLimit',
  'flowcontrol.v1.QueuingConfiguration.queues',
]);

/** Lists that are written even when they are empty, although they are optional. */
const keptLists = new Set([
  'core.v1.ContainerImage.names',
  'core.v1.ProjectedVolumeSource.sources',
  'discovery.v1.EndpointSlice.ports',
  'rbac.v1.ClusterRole.rules',
  'rbac.v1.Role.rules',
]);

/** What becomes of a field that is absent or zero: `pointer` stays as given, `value` is always written. */
export type Presence = 'pointer' | 'value' | 'omitted-when-zero';

export function presenceOf(
  owner: string,
  name: string,
  kind: 'scalar' | 'list' | 'object',
  isRequired: boolean,
): Presence {
  const path = `${owner}.${name}`;
  if (kind === 'list') return isRequired || keptLists.has(path) ? 'value' : 'omitted-when-zero';
  if (kind === 'scalar') {
    if (isListed(pointers, owner, name)) return 'pointer';
    return isRequired || keptZeros.has(path) ? 'value' : 'omitted-when-zero';
  }
  const isPresent = isRequired || presentObjects.has(name) || isListed(values, owner, name);
  return isPresent && !absentObjects.has(path) ? 'value' : 'pointer';
}

function isListed(table: Readonly<Record<string, string>>, owner: string, name: string): boolean {
  return table[owner]?.split(' ').includes(name) ?? false;
}
