import type { Kustomized } from './kustomized.ts';

const first = [
  'Namespace',
  'ResourceQuota',
  'StorageClass',
  'CustomResourceDefinition',
  'ServiceAccount',
  'PodSecurityPolicy',
  'Role',
  'ClusterRole',
  'RoleBinding',
  'ClusterRoleBinding',
  'ConfigMap',
  'Secret',
  'Endpoints',
  'Service',
  'LimitRange',
  'PriorityClass',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'Deployment',
  'StatefulSet',
  'CronJob',
  'PodDisruptionBudget',
];
const last = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];

/** What others need comes before them. Upstream: kustomize/api/internal/builtins/SortOrderTransformer.go */
export function inLegacyOrder(resources: readonly Kustomized[]): readonly Kustomized[] {
  return [...resources].sort((a, b) => rank(a) - rank(b) || (sortText(a) < sortText(b) ? -1 : 1));
}

function rank({ type: { kind } }: Kustomized): number {
  const early = first.indexOf(kind);
  if (early >= 0) return early - first.length;
  return last.indexOf(kind) + 1;
}

function sortText({ type, namespace, name }: Kustomized): string {
  return [type.group || '~G', type.version || '~V', type.kind].join('_') + ['', namespace || '~X', name].join('|');
}
