/**
 * How lists and maps merge: what Kubernetes marks with x-kubernetes-list-type, -list-map-keys, -map-type,
 * -patch-strategy and -patch-merge-key. Lists that are not named here are atomic and replaced as a whole, maps and
 * objects merge. A test compares the table with the official OpenAPI document where that is at hand.
 */
export interface ListFact {
  /** Server-side apply: the keys that tell elements apart; `set` for lists of different scalars. */
  readonly apply?: readonly string[] | 'set';
  /** Strategic merge patch: the key that tells elements apart, or how it merges without one. */
  readonly patch?: string;
  /** `,retainKeys` is added to `merge`. */
  readonly isRetainingKeys?: boolean;
}

/** Both ways of merging by the same key. */
const by = (...keys: readonly string[]): ListFact => ({ apply: keys, patch: keys[0] ?? '' });
/** Server-side apply merges it, strategic merge patches replace it. */
const applyBy = (...keys: readonly string[]): ListFact => ({ apply: keys });
/** Strategic merge patches merge it, server-side apply takes it as one value. */
const patchBy = (key: string): ListFact => ({ patch: key });
const retainingBy = (key: string): ListFact => ({ ...by(key), isRetainingKeys: true });
const set: ListFact = { apply: 'set' };
/** A set for server-side apply that strategic merge patches merge too. */
const mergedSet: ListFact = { apply: 'set', patch: '' };

export const listFacts: Readonly<Record<string, Readonly<Record<string, ListFact>>>> = {
  'admissionregistration.v1.MutatingWebhook': { matchConditions: by('name') },
  'admissionregistration.v1.MutatingWebhookConfiguration': { webhooks: by('name') },
  'admissionregistration.v1.ValidatingAdmissionPolicyBindingSpec': { validationActions: set },
  'admissionregistration.v1.ValidatingAdmissionPolicySpec': { matchConditions: by('name'), variables: by('name') },
  'admissionregistration.v1.ValidatingAdmissionPolicyStatus': { conditions: applyBy('type') },
  'admissionregistration.v1.ValidatingWebhook': { matchConditions: by('name') },
  'admissionregistration.v1.ValidatingWebhookConfiguration': { webhooks: by('name') },
  'apiextensions.v1.CustomResourceDefinitionStatus': { conditions: applyBy('type') },
  'apiextensions.v1.JSONSchemaProps': { 'x-kubernetes-validations': by('rule') },
  'apiregistration.v1.APIServiceStatus': { conditions: by('type') },
  'apps.v1.DaemonSetStatus': { conditions: by('type') },
  'apps.v1.DeploymentStatus': { conditions: by('type') },
  'apps.v1.ReplicaSetStatus': { conditions: by('type') },
  'apps.v1.StatefulSetStatus': { conditions: by('type') },
  'autoscaling.v2.HorizontalPodAutoscalerStatus': { conditions: by('type') },
  'batch.v1.JobStatus': { conditions: patchBy('type') },
  'batch.v1.PodFailurePolicyOnExitCodesRequirement': { values: set },
  'batch.v1.UncountedTerminatedPods': { failed: set, succeeded: set },
  'certificates.v1.CertificateSigningRequestStatus': { conditions: applyBy('type') },
  'core.v1.ComponentStatus': { conditions: by('type') },
  'core.v1.Container': {
    env: by('name'),
    ports: by('containerPort', 'protocol'),
    volumeDevices: by('devicePath'),
    volumeMounts: by('mountPath'),
  },
  'core.v1.ContainerRestartRuleOnExitCodes': { values: set },
  'core.v1.ContainerStatus': { allocatedResourcesStatus: by('name'), volumeMounts: by('mountPath') },
  'core.v1.EphemeralContainer': {
    env: by('name'),
    ports: by('containerPort', 'protocol'),
    volumeDevices: by('devicePath'),
    volumeMounts: by('mountPath'),
  },
  'core.v1.NamespaceStatus': { conditions: by('type') },
  'core.v1.NodeSpec': { podCIDRs: mergedSet },
  'core.v1.NodeStatus': { addresses: by('type'), conditions: by('type') },
  'core.v1.PersistentVolumeClaimStatus': { conditions: by('type') },
  'core.v1.PodSpec': {
    containers: by('name'),
    ephemeralContainers: by('name'),
    hostAliases: by('ip'),
    imagePullSecrets: by('name'),
    initContainers: by('name'),
    resourceClaims: retainingBy('name'),
    schedulingGates: by('name'),
    topologySpreadConstraints: by('topologyKey', 'whenUnsatisfiable'),
    volumes: retainingBy('name'),
  },
  'core.v1.PodStatus': {
    conditions: by('type'),
    hostIPs: patchBy('ip'),
    podIPs: by('ip'),
    resourceClaimStatuses: retainingBy('name'),
  },
  'core.v1.ReplicationControllerStatus': { conditions: by('type') },
  'core.v1.ResourceRequirements': { claims: applyBy('name') },
  'core.v1.ResourceStatus': { resources: applyBy('resourceID') },
  'core.v1.ServiceAccount': { secrets: by('name') },
  'core.v1.ServiceSpec': { ports: by('port', 'protocol') },
  'core.v1.ServiceStatus': { conditions: by('type') },
  'discovery.v1.Endpoint': { addresses: set },
  'flowcontrol.v1.FlowSchemaStatus': { conditions: by('type') },
  'flowcontrol.v1.NonResourcePolicyRule': { nonResourceURLs: set, verbs: set },
  'flowcontrol.v1.PriorityLevelConfigurationStatus': { conditions: by('type') },
  'flowcontrol.v1.ResourcePolicyRule': { apiGroups: set, namespaces: set, resources: set, verbs: set },
  'meta.v1.ObjectMeta': { finalizers: mergedSet, ownerReferences: by('uid') },
  'networking.v1.ServiceCIDRStatus': { conditions: by('type') },
  'policy.v1.PodDisruptionBudgetStatus': { conditions: by('type') },
  'resource.v1.AllocatedDeviceStatus': { conditions: applyBy('type') },
  'resource.v1.ResourceClaimStatus': {
    devices: applyBy('driver', 'device', 'pool', 'shareID'),
    reservedFor: by('uid'),
  },
  'storage.v1.CSIDriverSpec': { volumeLifecycleModes: set },
  'storage.v1.CSINodeSpec': { drivers: by('name') },
};

/** Objects that a strategic merge patch treats differently. */
export const objectPatchFacts: Readonly<Record<string, 'replace' | 'retainKeys'>> = {
  'apps.v1.DeploymentSpec.strategy': 'retainKeys',
  'policy.v1.PodDisruptionBudgetSpec.selector': 'replace',
};

/** Types that server-side apply takes as one value. */
export const atomicTypes: ReadonlySet<string> = new Set([
  'admissionregistration.v1.MatchResources',
  'admissionregistration.v1.NamedRuleWithOperations',
  'admissionregistration.v1.ParamKind',
  'admissionregistration.v1.ParamRef',
  'admissionregistration.v1.Variable',
  'autoscaling.v1.CrossVersionObjectReference',
  'core.v1.ConfigMapKeySelector',
  'core.v1.EndpointAddress',
  'core.v1.EndpointPort',
  'core.v1.FileKeySelector',
  'core.v1.LocalObjectReference',
  'core.v1.NodeSelector',
  'core.v1.NodeSelectorTerm',
  'core.v1.ObjectFieldSelector',
  'core.v1.ObjectReference',
  'core.v1.ResourceFieldSelector',
  'core.v1.ScopeSelector',
  'core.v1.SecretKeySelector',
  'core.v1.SecretReference',
  'core.v1.TopologySelectorTerm',
  'core.v1.TypedLocalObjectReference',
  'discovery.v1.EndpointPort',
  'meta.v1.LabelSelector',
  'meta.v1.OwnerReference',
  'networking.v1.ServiceBackendPort',
  'rbac.v1.RoleRef',
  'rbac.v1.Subject',
]);

/** Fields that are atomic, or not, whatever their type says. */
export const mapTypeFacts: Readonly<Record<string, 'atomic' | 'granular'>> = {
  'core.v1.PersistentVolumeSpec.claimRef': 'granular',
  'core.v1.PodSpec.nodeSelector': 'atomic',
  'core.v1.ReplicationControllerSpec.selector': 'atomic',
  'core.v1.ServiceSpec.selector': 'atomic',
  'node.v1.Scheduling.nodeSelector': 'atomic',
};
