import type { CronJob, Deployment, PodSpec, PodTemplate } from '../../../../api/generated/types.ts';
import type { KubeObject, ObjectMeta } from '../../../../api/index.ts';

/** What the checks look at: a pod, or what pods will be made from. */
export interface CheckedPod {
  readonly metadata: Partial<ObjectMeta>;
  readonly spec: PodSpec;
}

type Resource = { readonly group: string; readonly resource: string };

const withTemplates = new Set([
  'podtemplates',
  'replicationcontrollers',
  'apps/replicasets',
  'apps/deployments',
  'apps/daemonsets',
  'apps/statefulsets',
  'batch/jobs',
  'batch/cronjobs',
]);

/** Upstream: DefaultPodSpecExtractor in k8s.io/pod-security-admission/admission/admission.go */
export function podTemplateOf(object: KubeObject, { resource }: Resource): CheckedPod | undefined {
  const template =
    resource === 'podtemplates'
      ? (object as PodTemplate).template
      : resource === 'cronjobs'
        ? (object as CronJob).spec.jobTemplate.spec?.template
        : (object as Deployment).spec.template;
  return template?.spec && { metadata: template.metadata ?? {}, spec: template.spec };
}

export function hasTemplates({ group, resource }: Resource): boolean {
  return withTemplates.has(group ? `${group}/${resource}` : resource);
}
