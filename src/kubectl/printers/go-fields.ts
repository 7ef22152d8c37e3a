/**
 * In which order Go writes the fields of the types that kubectl makes itself (`kubectl create deployment -o json`), one type a line:
 * `field` or `field:Type`. Maps are not listed: their keys are sorted.
 * Upstream: the struct declarations of k8s.io/api
 */
const declarations = `
Deployment = kind apiVersion metadata:ObjectMeta spec:DeploymentSpec status:DeploymentStatus
ObjectMeta = name generateName namespace selfLink uid resourceVersion generation creationTimestamp deletionTimestamp deletionGracePeriodSeconds labels annotations ownerReferences:OwnerReference finalizers managedFields:ManagedFieldsEntry
OwnerReference = apiVersion kind name uid controller blockOwnerDeletion
ManagedFieldsEntry = manager operation apiVersion time fieldsType fieldsV1 subresource
DeploymentSpec = replicas selector:LabelSelector template:PodTemplateSpec strategy:DeploymentStrategy minReadySeconds revisionHistoryLimit paused progressDeadlineSeconds
LabelSelector = matchLabels matchExpressions:LabelSelectorRequirement
LabelSelectorRequirement = key operator values
PodTemplateSpec = metadata:ObjectMeta spec:PodSpec
PodSpec = volumes:Volume initContainers:Container containers:Container ephemeralContainers:EphemeralContainer restartPolicy terminationGracePeriodSeconds activeDeadlineSeconds dnsPolicy nodeSelector serviceAccountName serviceAccount automountServiceAccountToken nodeName hostNetwork hostPID hostIPC shareProcessNamespace securityContext:PodSecurityContext imagePullSecrets:LocalObjectReference hostname subdomain affinity:Affinity schedulerName tolerations:Toleration hostAliases:HostAlias priorityClassName priority dnsConfig:PodDNSConfig readinessGates:PodReadinessGate runtimeClassName enableServiceLinks preemptionPolicy overhead topologySpreadConstraints:TopologySpreadConstraint setHostnameAsFQDN os:PodOS hostUsers schedulingGates:PodSchedulingGate resourceClaims:PodResourceClaim resources:ResourceRequirements hostnameOverride workloadRef:WorkloadReference
Volume = name hostPath:HostPathVolumeSource emptyDir:EmptyDirVolumeSource gcePersistentDisk awsElasticBlockStore gitRepo secret:SecretVolumeSource nfs:NFSVolumeSource iscsi glusterfs persistentVolumeClaim:PersistentVolumeClaimVolumeSource rbd flexVolume cinder cephfs flocker downwardAPI:DownwardAPIVolumeSource fc azureFile configMap:ConfigMapVolumeSource vsphereVolume quobyte azureDisk photonPersistentDisk projected:ProjectedVolumeSource portworxVolume scaleIO storageos csi:CSIVolumeSource ephemeral:EphemeralVolumeSource image:ImageVolumeSource
HostPathVolumeSource = path type
EmptyDirVolumeSource = medium sizeLimit
SecretVolumeSource = secretName items:KeyToPath defaultMode optional
KeyToPath = key path mode
NFSVolumeSource = server path readOnly
LocalObjectReference = name
PersistentVolumeClaimVolumeSource = claimName readOnly
DownwardAPIVolumeSource = items:DownwardAPIVolumeFile defaultMode
DownwardAPIVolumeFile = path fieldRef:ObjectFieldSelector resourceFieldRef:ResourceFieldSelector mode
ObjectFieldSelector = apiVersion fieldPath
ResourceFieldSelector = containerName resource divisor
ConfigMapVolumeSource = name items:KeyToPath defaultMode optional
ProjectedVolumeSource = sources:VolumeProjection defaultMode
VolumeProjection = secret:SecretProjection downwardAPI:DownwardAPIProjection configMap:ConfigMapProjection serviceAccountToken:ServiceAccountTokenProjection clusterTrustBundle:ClusterTrustBundleProjection podCertificate:PodCertificateProjection
SecretProjection = name items:KeyToPath optional
DownwardAPIProjection = items:DownwardAPIVolumeFile
ConfigMapProjection = name items:KeyToPath optional
ServiceAccountTokenProjection = audience expirationSeconds path
ClusterTrustBundleProjection = name signerName labelSelector:LabelSelector optional path
PodCertificateProjection = signerName keyType maxExpirationSeconds credentialBundlePath keyPath certificateChainPath userAnnotations
CSIVolumeSource = driver readOnly fsType volumeAttributes nodePublishSecretRef:LocalObjectReference
EphemeralVolumeSource = volumeClaimTemplate:PersistentVolumeClaimTemplate
PersistentVolumeClaimTemplate = metadata:ObjectMeta spec:PersistentVolumeClaimSpec
PersistentVolumeClaimSpec = accessModes selector:LabelSelector resources:VolumeResourceRequirements volumeName storageClassName volumeMode dataSource:TypedLocalObjectReference dataSourceRef:TypedObjectReference volumeAttributesClassName
VolumeResourceRequirements = limits requests
TypedLocalObjectReference = apiGroup kind name
TypedObjectReference = apiGroup kind name namespace
ImageVolumeSource = reference pullPolicy
Container = name image command args workingDir ports:ContainerPort envFrom:EnvFromSource env:EnvVar resources:ResourceRequirements resizePolicy:ContainerResizePolicy restartPolicy restartPolicyRules:ContainerRestartRule volumeMounts:VolumeMount volumeDevices:VolumeDevice livenessProbe:Probe readinessProbe:Probe startupProbe:Probe lifecycle:Lifecycle terminationMessagePath terminationMessagePolicy imagePullPolicy securityContext:SecurityContext stdin stdinOnce tty
ContainerPort = name hostPort containerPort protocol hostIP
EnvFromSource = prefix configMapRef:ConfigMapEnvSource secretRef:SecretEnvSource
ConfigMapEnvSource = name optional
SecretEnvSource = name optional
EnvVar = name value valueFrom:EnvVarSource
EnvVarSource = fieldRef:ObjectFieldSelector resourceFieldRef:ResourceFieldSelector configMapKeyRef:ConfigMapKeySelector secretKeyRef:SecretKeySelector fileKeyRef:FileKeySelector
ConfigMapKeySelector = name key optional
SecretKeySelector = name key optional
FileKeySelector = volumeName path key optional
ResourceRequirements = limits requests claims:ResourceClaim
ResourceClaim = name request
ContainerResizePolicy = resourceName restartPolicy
ContainerRestartRule = action exitCodes:ContainerRestartRuleOnExitCodes
ContainerRestartRuleOnExitCodes = operator values
VolumeMount = name readOnly recursiveReadOnly mountPath subPath mountPropagation subPathExpr
VolumeDevice = name devicePath
Probe = exec:ExecAction httpGet:HTTPGetAction tcpSocket:TCPSocketAction grpc:GRPCAction initialDelaySeconds timeoutSeconds periodSeconds successThreshold failureThreshold terminationGracePeriodSeconds
ExecAction = command
HTTPGetAction = path port host scheme httpHeaders:HTTPHeader
HTTPHeader = name value
TCPSocketAction = port host
GRPCAction = port service
Lifecycle = postStart:LifecycleHandler preStop:LifecycleHandler stopSignal
LifecycleHandler = exec:ExecAction httpGet:HTTPGetAction tcpSocket:TCPSocketAction sleep:SleepAction
SleepAction = seconds
SecurityContext = capabilities:Capabilities privileged seLinuxOptions:SELinuxOptions windowsOptions:WindowsSecurityContextOptions runAsUser runAsGroup runAsNonRoot readOnlyRootFilesystem allowPrivilegeEscalation procMount seccompProfile:SeccompProfile appArmorProfile:AppArmorProfile
Capabilities = add drop
SELinuxOptions = user role type level
WindowsSecurityContextOptions = gmsaCredentialSpecName gmsaCredentialSpec runAsUserName hostProcess
SeccompProfile = type localhostProfile
AppArmorProfile = type localhostProfile
EphemeralContainer = name image command args workingDir ports:ContainerPort envFrom:EnvFromSource env:EnvVar resources:ResourceRequirements resizePolicy:ContainerResizePolicy restartPolicy restartPolicyRules:ContainerRestartRule volumeMounts:VolumeMount volumeDevices:VolumeDevice livenessProbe:Probe readinessProbe:Probe startupProbe:Probe lifecycle:Lifecycle terminationMessagePath terminationMessagePolicy imagePullPolicy securityContext:SecurityContext stdin stdinOnce tty targetContainerName
PodSecurityContext = seLinuxOptions:SELinuxOptions windowsOptions:WindowsSecurityContextOptions runAsUser runAsGroup runAsNonRoot supplementalGroups supplementalGroupsPolicy fsGroup sysctls:Sysctl fsGroupChangePolicy seccompProfile:SeccompProfile appArmorProfile:AppArmorProfile seLinuxChangePolicy
Sysctl = name value
Affinity = nodeAffinity:NodeAffinity podAffinity:PodAffinity podAntiAffinity:PodAntiAffinity
NodeAffinity = requiredDuringSchedulingIgnoredDuringExecution:NodeSelector preferredDuringSchedulingIgnoredDuringExecution:PreferredSchedulingTerm
NodeSelector = nodeSelectorTerms:NodeSelectorTerm
NodeSelectorTerm = matchExpressions:NodeSelectorRequirement matchFields:NodeSelectorRequirement
NodeSelectorRequirement = key operator values
PreferredSchedulingTerm = weight preference:NodeSelectorTerm
PodAffinity = requiredDuringSchedulingIgnoredDuringExecution:PodAffinityTerm preferredDuringSchedulingIgnoredDuringExecution:WeightedPodAffinityTerm
PodAffinityTerm = labelSelector:LabelSelector namespaces topologyKey namespaceSelector:LabelSelector matchLabelKeys mismatchLabelKeys
WeightedPodAffinityTerm = weight podAffinityTerm:PodAffinityTerm
PodAntiAffinity = requiredDuringSchedulingIgnoredDuringExecution:PodAffinityTerm preferredDuringSchedulingIgnoredDuringExecution:WeightedPodAffinityTerm
Toleration = key operator value effect tolerationSeconds
HostAlias = ip hostnames
PodDNSConfig = nameservers searches options:PodDNSConfigOption
PodDNSConfigOption = name value
PodReadinessGate = conditionType
TopologySpreadConstraint = maxSkew topologyKey whenUnsatisfiable labelSelector:LabelSelector minDomains nodeAffinityPolicy nodeTaintsPolicy matchLabelKeys
PodOS = name
PodSchedulingGate = name
PodResourceClaim = name resourceClaimName resourceClaimTemplateName
WorkloadReference = name podGroup podGroupReplicaKey
DeploymentStrategy = type rollingUpdate:RollingUpdateDeployment
RollingUpdateDeployment = maxUnavailable maxSurge
DeploymentStatus = observedGeneration replicas updatedReplicas readyReplicas availableReplicas unavailableReplicas terminatingReplicas conditions:DeploymentCondition collisionCount
DeploymentCondition = type status lastUpdateTime lastTransitionTime reason message
Job = kind apiVersion metadata:ObjectMeta spec:JobSpec status:JobStatus
JobSpec = parallelism completions activeDeadlineSeconds podFailurePolicy:PodFailurePolicy successPolicy:SuccessPolicy backoffLimit backoffLimitPerIndex maxFailedIndexes selector:LabelSelector manualSelector template:PodTemplateSpec ttlSecondsAfterFinished completionMode suspend podReplacementPolicy managedBy
PodFailurePolicy = rules:PodFailurePolicyRule
PodFailurePolicyRule = action onExitCodes:PodFailurePolicyOnExitCodesRequirement onPodConditions:PodFailurePolicyOnPodConditionsPattern
PodFailurePolicyOnExitCodesRequirement = containerName operator values
PodFailurePolicyOnPodConditionsPattern = type status
SuccessPolicy = rules:SuccessPolicyRule
SuccessPolicyRule = succeededIndexes succeededCount
JobStatus = conditions:JobCondition startTime completionTime active succeeded failed terminating completedIndexes failedIndexes uncountedTerminatedPods:UncountedTerminatedPods ready
JobCondition = type status lastProbeTime lastTransitionTime reason message
UncountedTerminatedPods = succeeded failed
CronJob = kind apiVersion metadata:ObjectMeta spec:CronJobSpec status:CronJobStatus
CronJobSpec = schedule timeZone startingDeadlineSeconds concurrencyPolicy suspend jobTemplate:JobTemplateSpec successfulJobsHistoryLimit failedJobsHistoryLimit
JobTemplateSpec = metadata:ObjectMeta spec:JobSpec
CronJobStatus = active:ObjectReference lastScheduleTime lastSuccessfulTime
ObjectReference = kind namespace name uid apiVersion resourceVersion fieldPath
Namespace = kind apiVersion metadata:ObjectMeta spec:NamespaceSpec status:NamespaceStatus
NamespaceSpec = finalizers
NamespaceStatus = phase conditions:NamespaceCondition
NamespaceCondition = type status lastTransitionTime reason message
ConfigMap = kind apiVersion metadata:ObjectMeta immutable data binaryData
Secret = kind apiVersion metadata:ObjectMeta immutable data stringData type
Service = kind apiVersion metadata:ObjectMeta spec:ServiceSpec status:ServiceStatus
ServiceSpec = ports:ServicePort selector clusterIP clusterIPs type externalIPs sessionAffinity loadBalancerIP loadBalancerSourceRanges externalName externalTrafficPolicy healthCheckNodePort publishNotReadyAddresses sessionAffinityConfig:SessionAffinityConfig ipFamilies ipFamilyPolicy allocateLoadBalancerNodePorts loadBalancerClass internalTrafficPolicy trafficDistribution
ServicePort = name protocol appProtocol port targetPort nodePort
SessionAffinityConfig = clientIP:ClientIPConfig
ClientIPConfig = timeoutSeconds
ServiceStatus = loadBalancer:LoadBalancerStatus conditions:Condition
LoadBalancerStatus = ingress:LoadBalancerIngress
LoadBalancerIngress = ip hostname ipMode ports:PortStatus
PortStatus = port protocol error
Condition = type status observedGeneration lastTransitionTime reason message
ServiceAccount = kind apiVersion metadata:ObjectMeta secrets:ObjectReference imagePullSecrets:LocalObjectReference automountServiceAccountToken
Role = kind apiVersion metadata:ObjectMeta rules:PolicyRule
PolicyRule = verbs apiGroups resources resourceNames nonResourceURLs
RoleBinding = kind apiVersion metadata:ObjectMeta subjects:Subject roleRef:RoleRef
Subject = kind apiGroup name namespace
RoleRef = apiGroup kind name
ClusterRole = kind apiVersion metadata:ObjectMeta rules:PolicyRule aggregationRule:AggregationRule
AggregationRule = clusterRoleSelectors:LabelSelector
ClusterRoleBinding = kind apiVersion metadata:ObjectMeta subjects:Subject roleRef:RoleRef
ResourceQuota = kind apiVersion metadata:ObjectMeta spec:ResourceQuotaSpec status:ResourceQuotaStatus
ResourceQuotaSpec = hard scopes scopeSelector:ScopeSelector
ScopeSelector = matchExpressions:ScopedResourceSelectorRequirement
ScopedResourceSelectorRequirement = scopeName operator values
ResourceQuotaStatus = hard used
PodDisruptionBudget = kind apiVersion metadata:ObjectMeta spec:PodDisruptionBudgetSpec status:PodDisruptionBudgetStatus
PodDisruptionBudgetSpec = minAvailable selector:LabelSelector maxUnavailable unhealthyPodEvictionPolicy
PodDisruptionBudgetStatus = observedGeneration disruptedPods disruptionsAllowed currentHealthy desiredHealthy expectedPods conditions:Condition
Ingress = kind apiVersion metadata:ObjectMeta spec:IngressSpec status:IngressStatus
IngressSpec = ingressClassName defaultBackend:IngressBackend tls:IngressTLS rules:IngressRule
IngressBackend = service:IngressServiceBackend resource:TypedLocalObjectReference
IngressServiceBackend = name port:ServiceBackendPort
ServiceBackendPort = name number
IngressTLS = hosts secretName
IngressRule = host http:HTTPIngressRuleValue
HTTPIngressRuleValue = paths:HTTPIngressPath
HTTPIngressPath = path pathType backend:IngressBackend
IngressStatus = loadBalancer:IngressLoadBalancerStatus
IngressLoadBalancerStatus = ingress:IngressLoadBalancerIngress
IngressLoadBalancerIngress = ip hostname ports:IngressPortStatus
IngressPortStatus = port protocol error
PriorityClass = kind apiVersion metadata:ObjectMeta value globalDefault description preemptionPolicy
Pod = kind apiVersion metadata:ObjectMeta spec:PodSpec status:PodStatus
PodStatus = observedGeneration phase conditions:PodCondition message reason nominatedNodeName hostIP hostIPs:HostIP podIP podIPs:PodIP startTime initContainerStatuses:ContainerStatus containerStatuses:ContainerStatus qosClass ephemeralContainerStatuses:ContainerStatus resize resourceClaimStatuses:PodResourceClaimStatus extendedResourceClaimStatus:PodExtendedResourceClaimStatus allocatedResources resources:ResourceRequirements
PodCondition = type observedGeneration status lastProbeTime lastTransitionTime reason message
HostIP = ip
PodIP = ip
ContainerStatus = name state:ContainerState lastState:ContainerState ready restartCount image imageID containerID started allocatedResources resources:ResourceRequirements volumeMounts:VolumeMountStatus user:ContainerUser allocatedResourcesStatus:ResourceStatus stopSignal
ContainerState = waiting:ContainerStateWaiting running:ContainerStateRunning terminated:ContainerStateTerminated
ContainerStateWaiting = reason message
ContainerStateRunning = startedAt
ContainerStateTerminated = exitCode signal reason message startedAt finishedAt containerID
VolumeMountStatus = name mountPath readOnly recursiveReadOnly
ContainerUser = linux:LinuxContainerUser
LinuxContainerUser = uid gid supplementalGroups
ResourceStatus = name resources:ResourceHealth
ResourceHealth = resourceID health
PodResourceClaimStatus = name resourceClaimName
PodExtendedResourceClaimStatus = requestMappings:ContainerExtendedResourceRequest resourceClaimName
ContainerExtendedResourceRequest = containerName resourceName requestName
HorizontalPodAutoscaler = kind apiVersion metadata:ObjectMeta spec:HorizontalPodAutoscalerSpec status:HorizontalPodAutoscalerStatus
HorizontalPodAutoscalerSpec = scaleTargetRef:CrossVersionObjectReference minReplicas maxReplicas metrics:MetricSpec behavior:HorizontalPodAutoscalerBehavior
CrossVersionObjectReference = kind name apiVersion
MetricSpec = type object:ObjectMetricSource pods:PodsMetricSource resource:ResourceMetricSource containerResource:ContainerResourceMetricSource external:ExternalMetricSource
ObjectMetricSource = describedObject:CrossVersionObjectReference target:MetricTarget metric:MetricIdentifier
MetricTarget = type value averageValue averageUtilization
MetricIdentifier = name selector:LabelSelector
PodsMetricSource = metric:MetricIdentifier target:MetricTarget
ResourceMetricSource = name target:MetricTarget
ContainerResourceMetricSource = name target:MetricTarget container
ExternalMetricSource = metric:MetricIdentifier target:MetricTarget
HorizontalPodAutoscalerBehavior = scaleUp:HPAScalingRules scaleDown:HPAScalingRules
HPAScalingRules = stabilizationWindowSeconds selectPolicy policies:HPAScalingPolicy tolerance
HPAScalingPolicy = type value periodSeconds
HorizontalPodAutoscalerStatus = observedGeneration lastScaleTime currentReplicas desiredReplicas currentMetrics:MetricStatus conditions:HorizontalPodAutoscalerCondition
MetricStatus = type object:ObjectMetricStatus pods:PodsMetricStatus resource:ResourceMetricStatus containerResource:ContainerResourceMetricStatus external:ExternalMetricStatus
ObjectMetricStatus = metric:MetricIdentifier current:MetricValueStatus describedObject:CrossVersionObjectReference
MetricValueStatus = value averageValue averageUtilization
PodsMetricStatus = metric:MetricIdentifier current:MetricValueStatus
ResourceMetricStatus = name current:MetricValueStatus
ContainerResourceMetricStatus = name current:MetricValueStatus container
ExternalMetricStatus = metric:MetricIdentifier current:MetricValueStatus
HorizontalPodAutoscalerCondition = type status lastTransitionTime reason message
Node = kind apiVersion metadata:ObjectMeta spec:NodeSpec status:NodeStatus
NodeSpec = podCIDR podCIDRs providerID unschedulable taints:Taint configSource externalID
Taint = key value effect timeAdded
NodeStatus = capacity allocatable phase conditions:NodeCondition addresses:NodeAddress daemonEndpoints:NodeDaemonEndpoints nodeInfo:NodeSystemInfo images:ContainerImage volumesInUse volumesAttached:AttachedVolume config runtimeHandlers:NodeRuntimeHandler features:NodeFeatures declaredFeatures
NodeCondition = type status lastHeartbeatTime lastTransitionTime reason message
NodeAddress = type address
NodeDaemonEndpoints = kubeletEndpoint:DaemonEndpoint
DaemonEndpoint = Port
NodeSystemInfo = machineID systemUUID bootID kernelVersion osImage containerRuntimeVersion kubeletVersion kubeProxyVersion operatingSystem architecture swap:NodeSwapStatus
NodeSwapStatus = capacity
ContainerImage = names sizeBytes
AttachedVolume = name devicePath
NodeRuntimeHandler = name features:NodeRuntimeHandlerFeatures
NodeRuntimeHandlerFeatures = recursiveReadOnlyMounts userNamespaces
NodeFeatures = supplementalGroupsPolicy
TokenRequest = kind apiVersion metadata:ObjectMeta spec:TokenRequestSpec status:TokenRequestStatus
TokenRequestSpec = audiences expirationSeconds boundObjectRef:BoundObjectReference
BoundObjectReference = kind apiVersion name uid
TokenRequestStatus = token expirationTimestamp
Event = kind apiVersion metadata:ObjectMeta involvedObject:ObjectReference reason message source:EventSource firstTimestamp lastTimestamp count type eventTime series:EventSeries action related:ObjectReference reportingComponent reportingInstance
EventList = kind apiVersion metadata:ListMeta items:Event
ListMeta = selfLink resourceVersion continue remainingItemCount
EventSource = component host
EventSeries = count lastObservedTime
`;

export interface GoField {
  readonly name: string;
  /** The type of the field, or of its items, where it is a struct itself. */
  readonly type: string | undefined;
}

let types: ReadonlyMap<string, readonly GoField[]> | undefined;

/** The fields of a Go type in their order; undefined for a type that is not listed. */
export function goFields(type: string): readonly GoField[] | undefined {
  types ??= new Map(
    declarations
      .trim()
      .split('\n')
      .map((line) => {
        const [name, fields] = line.split(' = ') as [string, string];
        return [name, fields.split(' ').map(toField)] as const;
      }),
  );
  return types.get(type);
}

function toField(text: string): GoField {
  const [name, type] = text.split(':') as [string, string?];
  return { name, type };
}
