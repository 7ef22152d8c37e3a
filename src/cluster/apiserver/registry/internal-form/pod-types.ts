/** Fields of pods in the order in which the API server holds them. Format: `struct-types.ts`. */
export const podTypes: Readonly<Record<string, string>> = {
  PodSpec:
    'Volumes:[]Volume InitContainers:[]Container Containers:[]Container EphemeralContainers:[]EphemeralContainer RestartPolicy TerminationGracePeriodSeconds:? ActiveDeadlineSeconds:? DNSPolicy NodeSelector:? ServiceAccountName AutomountServiceAccountToken:? NodeName SecurityContext:*PodSecurityContext ImagePullSecrets:[]LocalObjectReference Hostname Subdomain SetHostnameAsFQDN:? Affinity:*Affinity SchedulerName Tolerations:[]Toleration HostAliases:[]HostAlias PriorityClassName Priority:? PreemptionPolicy:? DNSConfig:*PodDNSConfig ReadinessGates:[]PodReadinessGate RuntimeClassName:? Overhead:? EnableServiceLinks:? TopologySpreadConstraints:[]TopologySpreadConstraint OS:*PodOS SchedulingGates:[]PodSchedulingGate ResourceClaims:[]PodResourceClaim Resources:*ResourceRequirements HostnameOverride:? WorkloadRef:?',
  PodTemplateSpec: '+ObjectMeta Spec:PodSpec',
  ServiceSpec:
    'Type Ports:[]ServicePort Selector:? ClusterIP ClusterIPs:? IPFamilies:? IPFamilyPolicy:? ExternalName ExternalIPs:? LoadBalancerIP SessionAffinity SessionAffinityConfig:*SessionAffinityConfig LoadBalancerSourceRanges:? ExternalTrafficPolicy HealthCheckNodePort:n PublishNotReadyAddresses:b AllocateLoadBalancerNodePorts:? LoadBalancerClass:? InternalTrafficPolicy:? TrafficDistribution:?',
  Container:
    'Name Image Command:? Args:? WorkingDir Ports:[]ContainerPort EnvFrom:[]EnvFromSource Env:[]EnvVar Resources:ResourceRequirements ResizePolicy:[]ContainerResizePolicy RestartPolicy:? RestartPolicyRules:[]ContainerRestartRule VolumeMounts:[]VolumeMount VolumeDevices:[]VolumeDevice LivenessProbe:*Probe ReadinessProbe:*Probe StartupProbe:*Probe Lifecycle:*Lifecycle TerminationMessagePath TerminationMessagePolicy ImagePullPolicy SecurityContext:*SecurityContext Stdin:b StdinOnce:b TTY:b',
  EphemeralContainer: '+EphemeralContainerCommon TargetContainerName',
  PodSecurityContext:
    'HostNetwork:b HostPID:b HostIPC:b ShareProcessNamespace:? HostUsers:? SELinuxOptions:*SELinuxOptions WindowsOptions:*WindowsSecurityContextOptions RunAsUser:? RunAsGroup:? RunAsNonRoot:? SupplementalGroups:? SupplementalGroupsPolicy:? FSGroup:? FSGroupChangePolicy:? Sysctls:[]Sysctl SeccompProfile:*SeccompProfile AppArmorProfile:*AppArmorProfile SELinuxChangePolicy:?',
  LocalObjectReference: 'Name',
  Affinity: 'NodeAffinity:*NodeAffinity PodAffinity:*PodAffinity PodAntiAffinity:*PodAntiAffinity',
  Toleration: 'Key Operator Value Effect TolerationSeconds:?',
  HostAlias: 'IP Hostnames:?',
  PodDNSConfig: 'Nameservers:? Searches:? Options:[]PodDNSConfigOption',
  PodReadinessGate: 'ConditionType',
  TopologySpreadConstraint:
    'MaxSkew:n TopologyKey WhenUnsatisfiable LabelSelector:*LabelSelector MinDomains:? NodeAffinityPolicy:? NodeTaintsPolicy:? MatchLabelKeys:?',
  PodOS: 'Name',
  PodSchedulingGate: 'Name',
  PodResourceClaim: 'Name ResourceClaimName:? ResourceClaimTemplateName:?',
  ResourceRequirements: 'Limits:? Requests:? Claims:[]ResourceClaim',
  ServicePort: 'Name Protocol AppProtocol:? Port:n TargetPort:i NodePort:n',
  SessionAffinityConfig: 'ClientIP:*ClientIPConfig',
  ContainerPort: 'Name HostPort:n ContainerPort:n Protocol HostIP',
  EnvFromSource: 'Prefix ConfigMapRef:*ConfigMapEnvSource SecretRef:*SecretEnvSource',
  EnvVar: 'Name Value ValueFrom:*EnvVarSource',
  ContainerResizePolicy: 'ResourceName RestartPolicy',
  ContainerRestartRule: 'Action ExitCodes:*ContainerRestartRuleOnExitCodes',
  Probe:
    '+ProbeHandler InitialDelaySeconds:n TimeoutSeconds:n PeriodSeconds:n SuccessThreshold:n FailureThreshold:n TerminationGracePeriodSeconds:?',
  Lifecycle: 'PostStart:*LifecycleHandler PreStop:*LifecycleHandler StopSignal:?',
  SecurityContext:
    'Capabilities:*Capabilities Privileged:? SELinuxOptions:*SELinuxOptions WindowsOptions:*WindowsSecurityContextOptions RunAsUser:? RunAsGroup:? RunAsNonRoot:? ReadOnlyRootFilesystem:? AllowPrivilegeEscalation:? ProcMount:? SeccompProfile:*SeccompProfile AppArmorProfile:*AppArmorProfile',
  EphemeralContainerCommon:
    'Name Image Command:? Args:? WorkingDir Ports:[]ContainerPort EnvFrom:[]EnvFromSource Env:[]EnvVar Resources:ResourceRequirements ResizePolicy:[]ContainerResizePolicy RestartPolicy:? RestartPolicyRules:[]ContainerRestartRule VolumeMounts:[]VolumeMount VolumeDevices:[]VolumeDevice LivenessProbe:*Probe ReadinessProbe:*Probe StartupProbe:*Probe Lifecycle:*Lifecycle TerminationMessagePath TerminationMessagePolicy ImagePullPolicy SecurityContext:*SecurityContext Stdin:b StdinOnce:b TTY:b',
  SELinuxOptions: 'User Role Type Level',
  WindowsSecurityContextOptions: 'GMSACredentialSpecName:? GMSACredentialSpec:? RunAsUserName:? HostProcess:?',
  Sysctl: 'Name Value',
  SeccompProfile: 'Type LocalhostProfile:?',
  AppArmorProfile: 'Type LocalhostProfile:?',
  NodeAffinity:
    'RequiredDuringSchedulingIgnoredDuringExecution:*NodeSelector PreferredDuringSchedulingIgnoredDuringExecution:[]PreferredSchedulingTerm',
  PodAffinity:
    'RequiredDuringSchedulingIgnoredDuringExecution:[]PodAffinityTerm PreferredDuringSchedulingIgnoredDuringExecution:[]WeightedPodAffinityTerm',
  PodAntiAffinity:
    'RequiredDuringSchedulingIgnoredDuringExecution:[]PodAffinityTerm PreferredDuringSchedulingIgnoredDuringExecution:[]WeightedPodAffinityTerm',
  PodDNSConfigOption: 'Name Value:?',
  ResourceClaim: 'Name Request',
  ClientIPConfig: 'TimeoutSeconds:?',
  ConfigMapEnvSource: '+LocalObjectReference Optional:?',
  SecretEnvSource: '+LocalObjectReference Optional:?',
  EnvVarSource:
    'FieldRef:*ObjectFieldSelector ResourceFieldRef:*ResourceFieldSelector ConfigMapKeyRef:*ConfigMapKeySelector SecretKeyRef:*SecretKeySelector FileKeyRef:*FileKeySelector',
  ContainerRestartRuleOnExitCodes: 'Operator Values:?',
  ProbeHandler: 'Exec:*ExecAction HTTPGet:*HTTPGetAction TCPSocket:*TCPSocketAction GRPC:*GRPCAction',
  LifecycleHandler: 'Exec:*ExecAction HTTPGet:*HTTPGetAction TCPSocket:*TCPSocketAction Sleep:*SleepAction',
  Capabilities: 'Add:? Drop:?',
  NodeSelector: 'NodeSelectorTerms:[]NodeSelectorTerm',
  PreferredSchedulingTerm: 'Weight:n Preference:NodeSelectorTerm',
  PodAffinityTerm:
    'LabelSelector:*LabelSelector Namespaces:? TopologyKey NamespaceSelector:*LabelSelector MatchLabelKeys:? MismatchLabelKeys:?',
  WeightedPodAffinityTerm: 'Weight:n PodAffinityTerm:PodAffinityTerm',
  ConfigMapKeySelector: '+LocalObjectReference Key Optional:?',
  SecretKeySelector: '+LocalObjectReference Key Optional:?',
  FileKeySelector: 'VolumeName Path Key Optional:?',
  ExecAction: 'Command:?',
  HTTPGetAction: 'Path Port:i Host Scheme HTTPHeaders:[]HTTPHeader',
  TCPSocketAction: 'Port:i Host',
  GRPCAction: 'Port:n Service:?',
  SleepAction: 'Seconds:n',
  NodeSelectorTerm: 'MatchExpressions:[]NodeSelectorRequirement MatchFields:[]NodeSelectorRequirement',
  HTTPHeader: 'Name Value',
  NodeSelectorRequirement: 'Key Operator Values:?',
};
