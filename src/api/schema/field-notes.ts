/**
 * What fields mean whose description the published models leave out: those that are objects, or a number or a text.
 * Our own words. `explain` shows them; where there is no note it shows what the field's type is for.
 */
type Notes = Readonly<Record<string, string>>;

const probes: Notes = {
  lifecycle: 'What to run when the container has started and before it is stopped.',
  livenessProbe: 'Checks whether the container still works. When it fails, the container is restarted.',
  readinessProbe: 'Checks whether the container can serve. While it fails, Services send nothing here.',
  resources: 'The CPU, memory and other resources that the container needs, and the most it may use.',
  securityContext: 'Rights and identity of the container. What is set here wins over the security context of the pod.',
  startupProbe: 'Checks whether the application has started. Until it succeeds, the other probes wait.',
};

const profiles: Notes = {
  appArmorProfile: 'The AppArmor profile to run under. Linux only.',
  seLinuxOptions: 'The SELinux context to run in. Linux only.',
  seccompProfile: 'Which system calls are allowed. Linux only.',
  windowsOptions: 'Settings for Windows nodes. They win over their namesakes elsewhere.',
};

const workloadSelector =
  'Which pods belong to it, by their labels. The labels of the template must match. It cannot be changed later.';
const podTemplate = 'The pods that will be created.';
const httpPort = 'The port of the container to ask: a number from 1 to 65535, or the name of a port.';

export const fieldNotes: Readonly<Record<string, Notes>> = {
  'apps.v1.DaemonSetSpec': {
    selector: workloadSelector,
    template:
      'The pods that will be created, one on every node that the node selector and affinity of the template allow.',
    updateStrategy: 'How pods are replaced when the template changes.',
  },
  'apps.v1.DaemonSetUpdateStrategy': { rollingUpdate: 'Settings for the type RollingUpdate.' },
  'apps.v1.DeploymentSpec': {
    selector: workloadSelector,
    strategy: 'How old pods are replaced by new ones.',
    template: `${podTemplate} Their restart policy can only be Always.`,
  },
  'apps.v1.DeploymentStrategy': { rollingUpdate: 'Settings for the type RollingUpdate.' },
  'apps.v1.ReplicaSetSpec': {
    selector: workloadSelector,
    template: `${podTemplate} Changing it leaves existing pods alone.`,
  },
  'apps.v1.RollingUpdateDaemonSet': {
    maxSurge:
      'How many nodes may run an old and a new pod at the same time: a number, or a percentage rounded up. 0 unless set.',
    maxUnavailable:
      'How many pods may be missing during the update: a number, or a percentage rounded up. 1 unless set.',
  },
  'apps.v1.RollingUpdateDeployment': {
    maxSurge:
      'How many pods there may be above the wanted number: a number, or a percentage rounded up. 25% unless set.',
    maxUnavailable:
      'How many pods may be missing during the update: a number, or a percentage rounded down. 25% unless set.',
  },
  'apps.v1.RollingUpdateStatefulSetStrategy': {
    maxUnavailable:
      'How many pods may be missing during the update: a number, or a percentage rounded up. 1 unless set.',
  },
  'apps.v1.StatefulSetSpec': {
    ordinals: 'From which number pods are counted; 0 unless set.',
    persistentVolumeClaimRetentionPolicy:
      'Whether claims are deleted with the set and when it shrinks. They stay unless set.',
    selector: workloadSelector,
    template: `${podTemplate} Each is named after the set and its number.`,
    updateStrategy: 'How pods are replaced when the template changes.',
  },
  'apps.v1.StatefulSetUpdateStrategy': { rollingUpdate: 'Settings for the type RollingUpdate.' },
  'autoscaling.v1.HorizontalPodAutoscalerSpec': { scaleTargetRef: 'What is scaled; it must have a scale subresource.' },
  'autoscaling.v2.HorizontalPodAutoscalerSpec': {
    behavior: 'How fast it may scale up and down.',
    scaleTargetRef: 'What is scaled; it must have a scale subresource.',
  },
  'autoscaling.v2.HorizontalPodAutoscalerBehavior': {
    scaleDown: 'Rules for having fewer.',
    scaleUp: 'Rules for having more.',
  },
  'autoscaling.v2.MetricSpec': {
    containerResource: 'CPU or memory of one container of each pod.',
    external: 'A metric from outside of the cluster.',
    object: 'A metric of one other object.',
    pods: 'A metric of each pod, averaged.',
    resource: 'CPU or memory of each pod, averaged.',
  },
  'autoscaling.v2.ResourceMetricSource': { target: 'The value to hold.' },
  'batch.v1.CronJobSpec': { jobTemplate: 'The Job that is created each time.' },
  'batch.v1.JobSpec': {
    podFailurePolicy:
      'What to do when a pod fails, by exit code or condition. Otherwise the back-off limit alone decides.',
    selector: 'Which pods belong to it. The system sets it, unless manualSelector says otherwise.',
    successPolicy: 'When an indexed Job counts as done although not all indexes are.',
    template: `${podTemplate} Their restart policy can only be Never or OnFailure.`,
  },
  'core.v1.Affinity': {
    nodeAffinity: 'Which nodes to run on, by labels of nodes.',
    podAffinity: 'Which pods to run near to.',
    podAntiAffinity: 'Which pods to keep away from.',
  },
  'core.v1.Binding': { target: 'The node to run on.' },
  'core.v1.Container': probes,
  'core.v1.ContainerState': {
    running: 'Set while the container runs.',
    terminated: 'Set when the container has ended.',
    waiting: 'Set while the container has not started yet.',
  },
  'core.v1.ContainerStatus': {
    lastState: 'How the previous run ended; empty before the first restart.',
    resources: 'What the running container has been given.',
    state: 'What the container is doing now.',
    user: 'The user that the first process started as.',
  },
  'core.v1.DownwardAPIVolumeFile': {
    fieldRef: 'A field of the pod: annotations, labels, name, namespace or uid.',
    resourceFieldRef: 'A resource of a container: limits or requests of cpu, memory and ephemeral storage.',
  },
  'core.v1.EndpointAddress': { targetRef: 'The object behind the address, usually a pod.' },
  'core.v1.EnvFromSource': { configMapRef: 'The ConfigMap to take.', secretRef: 'The Secret to take.' },
  'core.v1.EnvVar': { valueFrom: 'Where the value comes from. Not together with value.' },
  'core.v1.EnvVarSource': {
    configMapKeyRef: 'A key of a ConfigMap.',
    fieldRef: 'A field of the pod: metadata.name, metadata.namespace, spec.nodeName, status.podIP, …',
    fileKeyRef: 'A key of an env file in a volume.',
    resourceFieldRef: 'A resource of the container: limits.cpu, requests.memory, …',
    secretKeyRef: "A key of a Secret in the pod's namespace.",
  },
  'core.v1.EphemeralContainer': probes,
  'core.v1.Event': {
    involvedObject: 'What the event is about.',
    related: 'A second object that takes part.',
    series: 'How often it happened, when it happened more than once.',
    source: 'Which component reports it.',
  },
  'core.v1.HTTPGetAction': { port: httpPort },
  'core.v1.Lifecycle': {
    postStart: 'Runs right after the container has started. When it fails, the container is killed.',
    preStop: 'Runs before the container is asked to stop; the grace period counts meanwhile.',
  },
  'core.v1.LifecycleHandler': {
    exec: 'A command in the container.',
    httpGet: 'An HTTP request.',
    sleep: 'A pause.',
    tcpSocket: 'No longer supported; kept for old manifests.',
  },
  'core.v1.NodeAffinity': {
    requiredDuringSchedulingIgnoredDuringExecution:
      'Only nodes that match are considered. A pod that runs already stays when labels change.',
  },
  'core.v1.NodeStatus': {
    config: 'The configuration that the kubelet runs with.',
    daemonEndpoints: 'Where the daemons of the node listen.',
    declaredFeatures: 'Features that the kubelet of the node offers.',
    features: 'What the container runtime of the node can do.',
    nodeInfo: 'Versions and identifiers of the node: kernel, operating system, kubelet, container runtime.',
  },
  'core.v1.PersistentVolumeClaimSpec': {
    dataSource: 'What to fill the volume from: a snapshot or another claim.',
    dataSourceRef: 'What to fill the volume from: any object that a populator understands.',
    resources: 'How much storage is wanted.',
    selector: 'Which volumes to consider, by their labels.',
  },
  'core.v1.PersistentVolumeSpec': {
    claimRef: 'The claim that the volume is bound to.',
    csi: 'A volume of a CSI driver.',
    hostPath: 'A directory of the node. For tests on a single node only.',
    local: 'A disk of a node.',
    nfs: 'A directory of an NFS server.',
    nodeAffinity: 'From which nodes the volume can be reached.',
  },
  'core.v1.PodAffinityTerm': {
    labelSelector: 'Which pods, by their labels. None when missing.',
    namespaceSelector:
      "In which namespaces, by their labels, beside those listed. All when empty; the pod's own when missing.",
  },
  'core.v1.PodSecurityContext': profiles,
  'core.v1.PodSpec': {
    affinity: 'Rules for where the pod may and should run, by labels of nodes and of other pods.',
    dnsConfig: 'DNS settings that are added to those of the DNS policy.',
    os: 'The operating system that the containers need.',
    resources: 'The resources of the pod as a whole; CPU, memory and huge pages.',
    securityContext:
      'Rights and identity for all containers, and settings of the pod. Containers can override the former.',
    workloadRef: 'The Workload that the pod belongs to, for scheduling it with others.',
  },
  'core.v1.PodStatus': {
    allocatedResources: 'The requests that the node has granted to the pod.',
    resources: 'The resources that the running pod has been given.',
  },
  'core.v1.PodTemplate': { template: podTemplate },
  'core.v1.PreferredSchedulingTerm': { preference: 'The nodes that the weight is for.' },
  'core.v1.Probe': {
    exec: 'Runs a command in the container; exit code 0 is good.',
    grpc: 'Asks the gRPC health service.',
    httpGet: 'Makes an HTTP request; a status from 200 to 399 is good.',
    tcpSocket: 'Opens a connection; getting one is good.',
  },
  'core.v1.ReplicationControllerSpec': { template: podTemplate },
  'core.v1.ResourceQuotaSpec': { scopeSelector: 'Which objects count, by scope, operator and values. All must match.' },
  'core.v1.SecurityContext': {
    ...profiles,
    capabilities: 'Linux capabilities to add to and drop from what the runtime gives.',
  },
  'core.v1.ServicePort': {
    targetPort:
      'The port of the pods: a number from 1 to 65535, or the name of a container port. The same as port unless set.',
  },
  'core.v1.ServiceSpec': { sessionAffinityConfig: 'Settings for session affinity.' },
  'core.v1.ServiceStatus': { loadBalancer: 'The addresses of the load balancer, if there is one.' },
  'core.v1.SessionAffinityConfig': { clientIP: 'Settings for affinity by client address.' },
  'core.v1.TCPSocketAction': { port: httpPort },
  'core.v1.TopologySpreadConstraint': { labelSelector: 'Which pods are counted, by their labels.' },
  'core.v1.Volume': {
    configMap: 'The keys of a ConfigMap as files.',
    csi: 'A volume of a CSI driver that lives as long as the pod.',
    downwardAPI: 'Facts about the pod as files.',
    emptyDir: 'An empty directory that lives as long as the pod.',
    ephemeral: 'A volume that is provisioned for the pod and deleted with it.',
    hostPath: 'A file or directory of the node. Most pods should not need one.',
    image: 'The content of an OCI image or artifact, read-only.',
    iscsi: 'An iSCSI disk.',
    nfs: 'A directory of an NFS server.',
    persistentVolumeClaim: 'The volume that a claim in the same namespace is bound to.',
    projected: 'Several sources in one directory: Secrets, ConfigMaps, facts about the pod, tokens.',
    secret: 'The keys of a Secret as files.',
  },
  'core.v1.VolumeNodeAffinity': { required: 'Terms of which a node must match one.' },
  'core.v1.VolumeProjection': {
    clusterTrustBundle: 'Trust anchors as a file.',
    configMap: 'Keys of a ConfigMap.',
    downwardAPI: 'Facts about the pod.',
    podCertificate: 'A key and a certificate that the kubelet obtains for the pod and renews.',
    secret: 'Keys of a Secret.',
    serviceAccountToken: 'A token of the service account.',
  },
  'core.v1.WeightedPodAffinityTerm': { podAffinityTerm: 'The pods that the weight is for.' },
  'discovery.v1.Endpoint': {
    conditions: 'Whether the endpoint is ready, serving and terminating.',
    hints: 'Who should use the endpoint.',
    targetRef: 'The object behind the endpoint, usually a pod.',
  },
  'events.v1.Event': {
    deprecatedSource: 'Kept so that old clients still find what they look for.',
    regarding: 'What the event is about.',
    related: 'A second object that takes part.',
    series: 'How often it happened, when it happened more than once.',
  },
  'meta.v1.DeleteOptions': {
    preconditions: 'What must still be true of the object; otherwise the answer is 409 Conflict.',
  },
  'meta.v1.Status': { details: 'More about the reason. What is in it depends on the reason.' },
  'networking.v1.HTTPIngressPath': { backend: 'Where the traffic for the path goes.' },
  'networking.v1.IngressBackend': {
    resource: 'Another object in the same namespace. Not together with service.',
    service: 'A Service in the same namespace.',
  },
  'networking.v1.IngressClassSpec': { parameters: 'An object with more settings for the controller.' },
  'networking.v1.IngressServiceBackend': { port: 'The port of the Service, by name or by number.' },
  'networking.v1.IngressSpec': { defaultBackend: 'Where requests go that no rule matches.' },
  'networking.v1.IngressStatus': { loadBalancer: 'The addresses of the load balancer.' },
  'networking.v1.NetworkPolicyPeer': {
    ipBlock: 'A range of addresses. Not together with the selectors.',
    namespaceSelector: 'Namespaces, by their labels; all when empty.',
    podSelector: 'Pods, by their labels; in the namespaces selected, or else in that of the policy.',
  },
  'networking.v1.NetworkPolicyPort': { port: 'A port by number or by name; all ports when missing.' },
  'networking.v1.NetworkPolicySpec': {
    podSelector: 'The pods that the policy is for, by their labels; all of the namespace when empty.',
  },
  'policy.v1.PodDisruptionBudgetSpec': {
    maxUnavailable:
      'How many of the pods may be missing after an eviction: a number or a percentage. Not together with minAvailable.',
    minAvailable: 'How many of the pods must remain after an eviction: a number or a percentage. 100% forbids all.',
    selector: 'The pods that the budget is for, by their labels.',
  },
  'rbac.v1.ClusterRole': {
    aggregationRule: 'Takes the rules of other ClusterRoles; rules written here are overwritten.',
  },
  'rbac.v1.ClusterRoleBinding': { roleRef: 'The ClusterRole that is granted. It cannot be changed later.' },
  'rbac.v1.RoleBinding': {
    roleRef: 'The Role of this namespace, or the ClusterRole, that is granted. It cannot be changed later.',
  },
};

const commonNotes: Notes = {
  metadata: 'Name, namespace, labels, annotations and whatever else all objects have.',
  spec: 'What is wanted.',
  status: 'What has been observed. The system fills it in.',
};

/** By definition, `io.k8s.api.core.v1.Pod`, and field. */
export function fieldNote(definition: string, field: string): string | undefined {
  return fieldNotes[definition.split('.').slice(-3).join('.')]?.[field] ?? commonNotes[field];
}
