/** Every resource that the API server serves. */
import type { KubeObject } from '../../../api/index.ts';
import type { ResourceDefinition, VersionView } from '../resource-definition.ts';
import { certificateSigningRequests } from './certificate-signing-requests.ts';
import { clusterRoleBindings } from './cluster-role-bindings.ts';
import { clusterRoles } from './cluster-roles.ts';
import { bindings } from './bindings.ts';
import { componentStates, componentStatuses } from './component-statuses.ts';
import { configMaps } from './config-maps.ts';
import { controllerRevisions } from './controller-revisions.ts';
import { cronJobs } from './cron-jobs.ts';
import { csiDrivers } from './csi-drivers.ts';
import { csiNodes } from './csi-nodes.ts';
import { csiStorageCapacities } from './csi-storage-capacities.ts';
import { customResourceDefinitions } from './custom-resource-definitions.ts';
import { daemonSets } from './daemon-sets.ts';
import { deployments } from './deployments.ts';
import { deviceClasses } from './device-classes.ts';
import { endpointSlices } from './endpoint-slices.ts';
import { endpoints } from './endpoints.ts';
import { eventsV1 } from './events-v1.ts';
import { events } from './events.ts';
import { flowSchemas } from './flow-schemas.ts';
import { horizontalPodAutoscalersV1 } from './horizontal-pod-autoscalers-v1.ts';
import { horizontalPodAutoscalers } from './horizontal-pod-autoscalers.ts';
import { ingressClasses } from './ingress-classes.ts';
import { ingresses } from './ingresses.ts';
import { ipAddresses } from './ip-addresses.ts';
import { jobs } from './jobs.ts';
import { leases } from './leases.ts';
import { limitRanges } from './limit-ranges.ts';
import { namespaces } from './namespaces.ts';
import { networkPolicies } from './network-policies.ts';
import { nodes } from './nodes.ts';
import { persistentVolumeClaims } from './persistent-volume-claims.ts';
import { persistentVolumes } from './persistent-volumes.ts';
import { podDisruptionBudgets } from './pod-disruption-budgets.ts';
import { podTemplates } from './pod-templates.ts';
import { pods } from './pods.ts';
import { priorityClasses } from './priority-classes.ts';
import { priorityLevelConfigurations } from './priority-level-configurations.ts';
import { replicaSets } from './replica-sets.ts';
import { replicationControllers } from './replication-controllers.ts';
import { resourceClaimTemplates } from './resource-claim-templates.ts';
import { resourceClaims } from './resource-claims.ts';
import { resourceQuotas } from './resource-quotas.ts';
import { resourceSlices } from './resource-slices.ts';
import { roleBindings } from './role-bindings.ts';
import { roles } from './roles.ts';
import { runtimeClasses } from './runtime-classes.ts';
import { secrets } from './secrets.ts';
import { serviceAccounts } from './service-accounts.ts';
import { serviceCidrs } from './service-cidrs.ts';
import { services } from './services.ts';
import { statefulSets } from './stateful-sets.ts';
import { storageClasses } from './storage-classes.ts';
import { validatingAdmissionPolicies } from './validating-admission-policies.ts';
import { validatingAdmissionPolicyBindings } from './validating-admission-policy-bindings.ts';
import { volumeAttachments } from './volume-attachments.ts';
import { volumeAttributesClasses } from './volume-attributes-classes.ts';

export const resources: readonly ResourceDefinition[] = [
  pods,
  nodes,
  namespaces,
  services,
  deployments,
  replicaSets,
  configMaps,
  secrets,
  serviceAccounts,
  events,
  endpointSlices,
  endpoints,
  leases,
  statefulSets,
  daemonSets,
  controllerRevisions,
  jobs,
  cronJobs,
  horizontalPodAutoscalers,
  podDisruptionBudgets,
  ingresses,
  ingressClasses,
  networkPolicies,
  persistentVolumes,
  persistentVolumeClaims,
  storageClasses,
  resourceQuotas,
  limitRanges,
  priorityClasses,
  certificateSigningRequests,
  roles,
  roleBindings,
  clusterRoles,
  clusterRoleBindings,
  replicationControllers,
  podTemplates,
  csiDrivers,
  csiNodes,
  csiStorageCapacities,
  volumeAttachments,
  volumeAttributesClasses,
  runtimeClasses,
  flowSchemas,
  priorityLevelConfigurations,
  ipAddresses,
  serviceCidrs,
  deviceClasses,
  resourceClaims,
  resourceClaimTemplates,
  resourceSlices,
  customResourceDefinitions,
  validatingAdmissionPolicies,
  validatingAdmissionPolicyBindings,
];

/** The same objects under other versions and groups. */
export const versionViews: readonly VersionView[] = [horizontalPodAutoscalersV1, eventsV1].map(
  (view) => view as unknown as VersionView,
);

/** What is served and not stored, with the objects that there are to read. */
export const unstoredResources: readonly {
  readonly definition: ResourceDefinition;
  readonly objects: readonly KubeObject[];
}[] = [
  { definition: componentStatuses as ResourceDefinition, objects: componentStates },
  { definition: bindings as ResourceDefinition, objects: [] },
];

export {
  bindings,
  pods,
  nodes,
  namespaces,
  services,
  deployments,
  replicaSets,
  configMaps,
  secrets,
  serviceAccounts,
  events,
  endpointSlices,
  endpoints,
  leases,
  statefulSets,
  daemonSets,
  controllerRevisions,
  jobs,
  cronJobs,
  horizontalPodAutoscalers,
  podDisruptionBudgets,
  ingresses,
  ingressClasses,
  networkPolicies,
  persistentVolumes,
  persistentVolumeClaims,
  storageClasses,
  resourceQuotas,
  limitRanges,
  priorityClasses,
  certificateSigningRequests,
  roles,
  roleBindings,
  clusterRoles,
  clusterRoleBindings,
  replicationControllers,
  flowSchemas,
  priorityLevelConfigurations,
  ipAddresses,
  serviceCidrs,
  runtimeClasses,
  resourceClaims,
  customResourceDefinitions,
  validatingAdmissionPolicies,
  validatingAdmissionPolicyBindings,
};
