/**
 * What the models of the published client do not say about fields: which texts are quantities or durations, what free
 * JSON is called, and what Kubernetes 1.35 added to the models of 1.34.
 */

/** Values are quantities, be it alone, in a list or in a map. */
export const quantityFields: Readonly<Record<string, readonly string[]>> = {
  'autoscaling.v2.HPAScalingRules': ['tolerance'],
  'autoscaling.v2.MetricTarget': ['averageValue', 'value'],
  'autoscaling.v2.MetricValueStatus': ['averageValue', 'value'],
  'core.v1.ContainerStatus': ['allocatedResources'],
  'core.v1.EmptyDirVolumeSource': ['sizeLimit'],
  'core.v1.LimitRangeItem': ['default', 'defaultRequest', 'max', 'maxLimitRequestRatio', 'min'],
  'core.v1.NodeStatus': ['allocatable', 'capacity'],
  'core.v1.PersistentVolumeClaimStatus': ['allocatedResources', 'capacity'],
  'core.v1.PersistentVolumeSpec': ['capacity'],
  'core.v1.PodSpec': ['overhead'],
  'core.v1.PodStatus': ['allocatedResources'],
  'core.v1.ResourceFieldSelector': ['divisor'],
  'core.v1.ResourceQuotaSpec': ['hard'],
  'core.v1.ResourceQuotaStatus': ['hard', 'used'],
  'core.v1.ResourceRequirements': ['limits', 'requests'],
  'core.v1.VolumeResourceRequirements': ['limits', 'requests'],
  'node.v1.Overhead': ['podFixed'],
  'resource.v1.CapacityRequestPolicy': ['default', 'validValues'],
  'resource.v1.CapacityRequestPolicyRange': ['max', 'min', 'step'],
  'resource.v1.CapacityRequirements': ['requests'],
  'resource.v1.Counter': ['value'],
  'resource.v1.DeviceCapacity': ['value'],
  'resource.v1.DeviceRequestAllocationResult': ['consumedCapacity'],
  'storage.v1.CSIStorageCapacity': ['capacity', 'maximumVolumeSize'],
};

const rawExtension = 'io.k8s.apimachinery.pkg.runtime.RawExtension';
const apiextensions = 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1';

/** The definitions of what is free JSON. */
export const anyFields: Readonly<Record<string, string>> = {
  'apiextensions.v1.CustomResourceSubresources.status': `${apiextensions}.CustomResourceSubresourceStatus`,
  'apiextensions.v1.JSONSchemaProps.additionalItems': `${apiextensions}.JSONSchemaPropsOrBool`,
  'apiextensions.v1.JSONSchemaProps.additionalProperties': `${apiextensions}.JSONSchemaPropsOrBool`,
  'apiextensions.v1.JSONSchemaProps.default': `${apiextensions}.JSON`,
  'apiextensions.v1.JSONSchemaProps.dependencies': `${apiextensions}.JSONSchemaPropsOrStringArray`,
  'apiextensions.v1.JSONSchemaProps.enum': `${apiextensions}.JSON`,
  'apiextensions.v1.JSONSchemaProps.example': `${apiextensions}.JSON`,
  'apiextensions.v1.JSONSchemaProps.items': `${apiextensions}.JSONSchemaPropsOrArray`,
  'apps.v1.ControllerRevision.data': rawExtension,
  'meta.v1.ManagedFieldsEntry.fieldsV1': 'io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1',
  'meta.v1.WatchEvent.object': rawExtension,
  'resource.v1.AllocatedDeviceStatus.data': rawExtension,
  'resource.v1.OpaqueDeviceConfiguration.parameters': rawExtension,
};

/** Defaults that the schema itself states, and which therefore fill in the keys of list maps. */
export const defaultFacts: Readonly<Record<string, string | number | boolean>> = {
  'autoscaling.v1.ScaleStatus.replicas': 0,
  'core.v1.AzureDiskVolumeSource.cachingMode': 'ReadWrite',
  'core.v1.AzureDiskVolumeSource.fsType': 'ext4',
  'core.v1.AzureDiskVolumeSource.kind': 'Shared',
  'core.v1.AzureDiskVolumeSource.readOnly': false,
  'core.v1.ConfigMapEnvSource.name': '',
  'core.v1.ConfigMapKeySelector.name': '',
  'core.v1.ConfigMapProjection.name': '',
  'core.v1.ConfigMapVolumeSource.name': '',
  'core.v1.ContainerPort.protocol': 'TCP',
  'core.v1.EphemeralContainer.name': '',
  'core.v1.GRPCAction.service': '',
  'core.v1.ISCSIPersistentVolumeSource.iscsiInterface': 'default',
  'core.v1.ISCSIVolumeSource.iscsiInterface': 'default',
  'core.v1.LocalObjectReference.name': '',
  'core.v1.RBDPersistentVolumeSource.keyring': '/etc/ceph/keyring',
  'core.v1.RBDPersistentVolumeSource.pool': 'rbd',
  'core.v1.RBDPersistentVolumeSource.user': 'admin',
  'core.v1.RBDVolumeSource.keyring': '/etc/ceph/keyring',
  'core.v1.RBDVolumeSource.pool': 'rbd',
  'core.v1.RBDVolumeSource.user': 'admin',
  'core.v1.ReplicationControllerSpec.minReadySeconds': 0,
  'core.v1.ReplicationControllerSpec.replicas': 1,
  'core.v1.ScaleIOPersistentVolumeSource.fsType': 'xfs',
  'core.v1.ScaleIOPersistentVolumeSource.storageMode': 'ThinProvisioned',
  'core.v1.ScaleIOVolumeSource.fsType': 'xfs',
  'core.v1.ScaleIOVolumeSource.storageMode': 'ThinProvisioned',
  'core.v1.SecretEnvSource.name': '',
  'core.v1.SecretKeySelector.name': '',
  'core.v1.SecretProjection.name': '',
  'core.v1.ServicePort.protocol': 'TCP',
  'resource.v1.DeviceToleration.operator': 'Equal',
};

/** New in 1.35, in the notation of the generated schema. A line for a type that exists adds to it or changes it. */
export const additionsText = `@apiextensions.v1
CustomResourceDefinitionCondition observedGeneration:l
CustomResourceDefinitionStatus observedGeneration:l
@batch.v1
PodFailurePolicyOnPodConditionsPattern status:s
@core.v1
NodeStatus declaredFeatures:[s
PodCertificateProjection userAnnotations:{s
PodSpec workloadRef:WorkloadReference
PodStatus allocatedResources:{s resources:ResourceRequirements
WorkloadReference name!:s podGroup!:s podGroupReplicaKey:s
@storage.v1
CSIDriverSpec serviceAccountTokenInSecrets:b`;
