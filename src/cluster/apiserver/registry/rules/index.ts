/** The rules of the kinds that a cluster may do without: see `rule-book.ts`. */
export { controllerRevisionRules } from './controller-revisions.ts';
export { cronJobRules } from './cron-jobs.ts';
export { csiDriverRules } from './csi-drivers.ts';
export { csiNodeRules } from './csi-nodes.ts';
export { csiStorageCapacityRules } from './csi-storage-capacities.ts';
export { daemonSetRules } from './daemon-sets.ts';
export { deploymentRules } from './deployments.ts';
export { deviceClassRules } from './device-classes.ts';
export { horizontalPodAutoscalerRules } from './horizontal-pod-autoscalers.ts';
export { ingressClassRules } from './ingress-classes.ts';
export { ingressRules } from './ingresses.ts';
export { jobRules } from './jobs.ts';
export { limitRangeRules } from './limit-ranges.ts';
export { networkPolicyRules } from './network-policies.ts';
export { persistentVolumeClaimRules } from './persistent-volume-claims.ts';
export { persistentVolumeRules } from './persistent-volumes.ts';
export { podDisruptionBudgetRules } from './pod-disruption-budgets.ts';
export { podTemplateRules } from './pod-templates.ts';
export { podRules } from './pods.ts';
export { replicaSetRules } from './replica-sets.ts';
export { replicationControllerRules } from './replication-controllers.ts';
export { resourceClaimTemplateRules } from './resource-claim-templates.ts';
export { resourceClaimRules } from './resource-claims.ts';
export { resourceQuotaRules } from './resource-quotas.ts';
export { resourceSliceRules } from './resource-slices.ts';
export { runtimeClassRules } from './runtime-classes.ts';
export { statefulSetRules } from './stateful-sets.ts';
export { volumeAttachmentRules } from './volume-attachments.ts';
export { volumeAttributesClassRules } from './volume-attributes-classes.ts';

/** Between the versions of a kind. */
export { autoscalerFromV1, autoscalerToV1 } from '../horizontal-pod-autoscaler/version-one.ts';

/** What admission does with objects of these kinds. */
export { withDefaultResources } from '../../admission/limit-ranger/defaults.ts';
export { limitProblems } from '../../admission/limit-ranger/limits.ts';
export { evaluatePodSecurity } from '../../admission/pod-security/evaluate.ts';
export { quotaCharges } from '../../quota/charge.ts';
export { quotaUse } from '../../quota/quota-use.ts';
