import type { FieldSpec } from './fields.ts';

/** Where kinds keep their pods' spec. */
export const podSpecs: readonly (readonly [kind: string, path: string])[] = [
  ['Pod', 'spec'],
  ['PodTemplate', 'template/spec'],
  ...['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet', 'Job', 'ReplicationController'].map(
    (kind) => [kind, 'spec/template/spec'] as const,
  ),
  ['CronJob', 'spec/jobTemplate/spec/template/spec'],
];

const workloads = ['ReplicationController', 'Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet', 'Job'];

/** The metadata of templates. */
function templates(field: string): readonly FieldSpec[] {
  return [
    ...workloads.map((kind) => ({ path: `spec/template/metadata/${field}`, kind, creates: true })),
    { path: `spec/jobTemplate/metadata/${field}`, kind: 'CronJob', creates: true },
    { path: `spec/jobTemplate/spec/template/metadata/${field}`, kind: 'CronJob', creates: true },
  ];
}

export const templateLabels = templates('labels');

export const annotationSpecs: readonly FieldSpec[] = [
  { path: 'metadata/annotations', creates: true },
  ...templates('annotations'),
];

const affinityTerms = ['podAffinity', 'podAntiAffinity'].flatMap((side) => [
  `affinity/${side}/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels`,
  `affinity/${side}/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels`,
]);

/** Upstream: kustomize/api/internal/konfig/builtinpluginconsts/commonlabels.go */
export const selectorSpecs: readonly FieldSpec[] = [
  { path: 'spec/selector', kind: 'Service', creates: true },
  { path: 'spec/selector', kind: 'ReplicationController', creates: true },
  ...['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet'].map((kind) => ({
    path: 'spec/selector/matchLabels',
    kind,
    creates: true,
  })),
  ...['Deployment', 'StatefulSet'].flatMap((kind) =>
    [...affinityTerms, 'topologySpreadConstraints/labelSelector/matchLabels'].map((path) => ({
      path: `spec/template/spec/${path}`,
      kind,
      group: 'apps',
    })),
  ),
  { path: 'spec/volumeClaimTemplates/metadata/labels', kind: 'StatefulSet', creates: true },
  { path: 'spec/selector/matchLabels', kind: 'Job' },
  { path: 'spec/jobTemplate/spec/selector/matchLabels', kind: 'CronJob' },
  { path: 'spec/selector/matchLabels', kind: 'PodDisruptionBudget' },
  { path: 'spec/podSelector/matchLabels', kind: 'NetworkPolicy' },
  { path: 'spec/ingress/from/podSelector/matchLabels', kind: 'NetworkPolicy' },
  { path: 'spec/egress/to/podSelector/matchLabels', kind: 'NetworkPolicy' },
];

function inPods(...paths: readonly string[]): readonly FieldSpec[] {
  return podSpecs.flatMap(([kind, spec]) => paths.map((path) => ({ kind, path: `${spec}/${path}` })));
}

const perContainer = (path: string) => [`containers/${path}`, `initContainers/${path}`];

/** Who names objects of a kind, and where. Upstream: …/builtinpluginconsts/namereference.go */
export const references: Readonly<Record<string, readonly FieldSpec[]>> = {
  ...Object.fromEntries(
    ['Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet'].map((kind) => [
      kind,
      [{ kind: 'HorizontalPodAutoscaler', path: 'spec/scaleTargetRef/name' }],
    ]),
  ),
  ConfigMap: inPods(
    'volumes/configMap/name',
    'volumes/projected/sources/configMap/name',
    ...perContainer('env/valueFrom/configMapKeyRef/name'),
    ...perContainer('envFrom/configMapRef/name'),
  ),
  Secret: [
    ...inPods(
      'volumes/secret/secretName',
      'volumes/projected/sources/secret/name',
      'imagePullSecrets/name',
      ...perContainer('env/valueFrom/secretKeyRef/name'),
      ...perContainer('envFrom/secretRef/name'),
    ),
    { kind: 'Ingress', path: 'spec/tls/secretName' },
    { kind: 'ServiceAccount', path: 'imagePullSecrets/name' },
    { kind: 'PersistentVolume', path: 'spec/azureFile/secretName' },
  ],
  Service: [
    { kind: 'StatefulSet', path: 'spec/serviceName' },
    { kind: 'Ingress', path: 'spec/rules/http/paths/backend/service/name' },
    { kind: 'Ingress', path: 'spec/defaultBackend/service/name' },
    { kind: 'APIService', path: 'spec/service/name' },
  ],
  Role: [{ kind: 'RoleBinding', path: 'roleRef/name' }],
  ClusterRole: [
    { kind: 'RoleBinding', path: 'roleRef/name' },
    { kind: 'ClusterRoleBinding', path: 'roleRef/name' },
  ],
  ServiceAccount: inPods('serviceAccountName'),
  PersistentVolumeClaim: inPods('volumes/persistentVolumeClaim/claimName'),
  PersistentVolume: [{ kind: 'PersistentVolumeClaim', path: 'spec/volumeName' }],
  StorageClass: [
    { kind: 'PersistentVolume', path: 'spec/storageClassName' },
    { kind: 'PersistentVolumeClaim', path: 'spec/storageClassName' },
    { kind: 'StatefulSet', path: 'spec/volumeClaimTemplates/spec/storageClassName' },
  ],
  PriorityClass: inPods('priorityClassName'),
  IngressClass: [{ kind: 'Ingress', path: 'spec/ingressClassName' }],
};

/** Kinds that live outside of namespaces. */
export const clusterKinds: ReadonlySet<string> = new Set([
  'APIService',
  'CSIDriver',
  'CSINode',
  'CertificateSigningRequest',
  'ClusterRole',
  'ClusterRoleBinding',
  'ComponentStatus',
  'CustomResourceDefinition',
  'FlowSchema',
  'IngressClass',
  'MutatingWebhookConfiguration',
  'Namespace',
  'Node',
  'PersistentVolume',
  'PriorityClass',
  'PriorityLevelConfiguration',
  'RuntimeClass',
  'SelfSubjectAccessReview',
  'SelfSubjectRulesReview',
  'StorageClass',
  'SubjectAccessReview',
  'TokenReview',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
  'VolumeAttachment',
]);

/** Kinds whose name nothing is put before or after. */
export const fixedNames: ReadonlySet<string> = new Set(['CustomResourceDefinition', 'APIService', 'Namespace']);
