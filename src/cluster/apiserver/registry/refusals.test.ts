import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../../../api/index.ts';
import type { ResourceDefinition } from '../resource-definition.ts';
import {
  clusterRoles,
  configMaps,
  horizontalPodAutoscalers,
  ingressClasses,
  ingresses,
  limitRanges,
  networkPolicies,
  persistentVolumeClaims,
  persistentVolumes,
  podDisruptionBudgets,
  priorityClasses,
  resourceQuotas,
  roleBindings,
  roles,
  secrets,
  storageClasses,
} from './index.ts';
import { createErrors, updateErrors, written } from './testing/strategy.ts';

type AnyDefinition = ResourceDefinition<KubeObject>;
type Case = readonly [definition: AnyDefinition, fields: object, errors: readonly string[], metadata?: object];

const subdomain =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const backend = { service: { name: 'web', port: { number: 80 } } };
const viewer = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' };
const disk = { capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'] };
const target = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
const claim = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };

const created: readonly Case[] = [
  [
    configMaps,
    { data: { 'a b': '' } },
    [
      "data[a b]: Invalid value: \"a b\": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
    ],
  ],
  [
    configMaps,
    { data: { a: '' }, binaryData: { a: '' } },
    ['data[a]: Invalid value: "a": duplicate of key present in binaryData'],
  ],
  [secrets, { type: 'kubernetes.io/tls' }, ['data[tls.crt]: Required value', 'data[tls.key]: Required value']],
  [ingresses, { spec: {} }, ['spec: Invalid value: null: either `defaultBackend` or `rules` must be specified']],
  [
    ingresses,
    { spec: { rules: [{ host: '10.0.0.1', http: { paths: [{ path: 'x', pathType: 'Prefix', backend }] } }] } },
    [
      'spec.rules[0].host: Invalid value: "10.0.0.1": must be a DNS name, not an IP address',
      'spec.rules[0].http.paths[0].path: Invalid value: "x": must be an absolute path',
    ],
  ],
  [
    ingresses,
    { spec: { rules: [{ http: { paths: [{ path: '/a//b', pathType: 'Odd', backend: {} }] } }] } },
    [
      'spec.rules[0].http.paths[0].pathType: Unsupported value: "Odd": supported values: "Exact", "ImplementationSpecific", "Prefix"',
      'spec.rules[0].http.paths[0].backend: Invalid value: "": resource or service backend is required',
    ],
  ],
  [
    ingresses,
    { spec: { defaultBackend: backend, ingressClassName: 'b' } },
    [
      'annotations.kubernetes.io/ingress.class: Invalid value: "a": must match `ingressClassName` when both are specified',
    ],
    { annotations: { 'kubernetes.io/ingress.class': 'a' } },
  ],
  [
    ingressClasses,
    { spec: { controller: 'nginx' } },
    ['spec.controller: Invalid value: "nginx": must be a domain-prefixed path (such as "acme.io/foo")'],
  ],
  [
    networkPolicies,
    { spec: { ingress: [{ from: [{}] }], policyTypes: ['Sideways'] } },
    [
      'spec.ingress[0].from[0]: Required value: must specify a peer',
      'spec.policyTypes[0]: Unsupported value: "Sideways": supported values: "Ingress", "Egress"',
    ],
  ],
  [
    networkPolicies,
    { spec: { egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16', '11.0.0.0/16'] } }] }] } },
    ['spec.egress[0].to[0].ipBlock.except[1]: Invalid value: "11.0.0.0/16": must be a strict subset of `cidr`'],
  ],
  [
    roles,
    { rules: [{ verbs: [], nonResourceURLs: ['/healthz'] }, { verbs: ['get'] }] },
    [
      'rules[0].verbs: Required value: verbs must contain at least one value',
      'rules[0].nonResourceURLs: Invalid value: ["/healthz"]: namespaced rules cannot apply to non-resource URLs',
      'rules[1].apiGroups: Required value: resource rules must supply at least one api group',
      'rules[1].resources: Required value: resource rules must supply at least one resource',
    ],
  ],
  [
    clusterRoles,
    { aggregationRule: {} },
    [
      'aggregationRule.clusterRoleSelectors: Required value: at least one clusterRoleSelector required if aggregationRule is non-nil',
    ],
  ],
  [
    roleBindings,
    {
      roleRef: { ...viewer, kind: 'Power' },
      subjects: [
        { kind: 'ServiceAccount', name: 'A' },
        { kind: 'Robot', name: 'b' },
      ],
    },
    [
      'roleRef.kind: Unsupported value: "Power": supported values: "Role", "ClusterRole"',
      `subjects[0].name: Invalid value: "A": ${subdomain}`,
      'subjects[1].kind: Unsupported value: "Robot": supported values: "ServiceAccount", "User", "Group"',
    ],
  ],
  [
    podDisruptionBudgets,
    { spec: { minAvailable: 1, maxUnavailable: '120%' } },
    [
      'spec: Invalid value: {"MinAvailable":1,"Selector":null,"MaxUnavailable":"120%","UnhealthyPodEvictionPolicy":null}: minAvailable and maxUnavailable cannot be both set',
      'spec.maxUnavailable: Invalid value: "120%": must not be greater than 100%',
    ],
  ],
  [
    priorityClasses,
    { value: 1_000_000_001 },
    ['value: Forbidden: maximum allowed value of a user defined priority is 1000000000'],
  ],
  [
    priorityClasses,
    { value: 1 },
    [
      "metadata.name: Forbidden: priority class names with 'system-' prefix are reserved for system use only. error: system-mine is not a known system priority class",
    ],
    { name: 'system-mine' },
  ],
  [priorityClasses, { value: 2_000_000_000 }, [], { name: 'system-cluster-critical' }],
  [
    limitRanges,
    { spec: { limits: [{ type: 'Container', min: { cpu: '2' }, max: { cpu: '1' } }, { type: 'Odd' }] } },
    [
      'spec.limits[0].min[cpu]: Invalid value: "2": min value 2 is greater than max value 1',
      'spec.limits[0].defaultRequest[cpu]: Invalid value: "1": min value 2 is greater than default request value 1',
      'spec.limits[0].default[cpu]: Invalid value: "2": min value 2 is greater than default value 1',
      'spec.limits[1].type: Invalid value: "Odd": must be a standard limit type or fully qualified',
    ],
  ],
  [
    resourceQuotas,
    { spec: { hard: { pods: '1500m', 'requests.gold': '1' }, scopes: ['BestEffort', 'NotBestEffort'] } },
    [
      'spec.hard[pods]: Invalid value: "1500m": must be an integer',
      'spec.hard[requests.gold]: Invalid value: "requests.gold": must be a standard resource type or fully qualified',
      'spec.hard[requests.gold]: Invalid value: "requests.gold": must be a standard resource for quota',
      'spec.scopes: Invalid value: ["BestEffort","NotBestEffort"]: conflicting scopes',
    ],
  ],
  [
    storageClasses,
    { reclaimPolicy: 'Burn', volumeBindingMode: 'Never' },
    [
      'provisioner: Required value',
      'reclaimPolicy: Unsupported value: "Burn": supported values: "Delete", "Retain"',
      'volumeBindingMode: Unsupported value: "Never": supported values: "Immediate", "WaitForFirstConsumer"',
    ],
  ],
  [
    persistentVolumes,
    { spec: { ...disk, hostPath: { path: '/a' }, local: { path: '/b' } } },
    ['spec.local: Forbidden: may not specify more than 1 volume type'],
  ],
  [
    persistentVolumes,
    { spec: { accessModes: ['Often'], capacity: { cpu: '1' } } },
    [
      'spec.accessModes: Unsupported value: "Often": supported values: "ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"',
      'spec.capacity: Unsupported value: {"cpu":"1"}: supported values: "storage"',
      'spec: Required value: must specify a volume type',
    ],
  ],
  [
    persistentVolumes,
    { spec: { ...disk, local: { path: '/b' } } },
    ['spec.nodeAffinity: Required value: Local volume requires node affinity'],
  ],
  [
    persistentVolumeClaims,
    { spec: {} },
    ['spec.accessModes: Required value: at least 1 access mode is required', 'spec.resources[storage]: Required value'],
  ],
  [
    horizontalPodAutoscalers,
    { spec: { scaleTargetRef: target, minReplicas: 3, maxReplicas: 2, metrics: [{ type: 'Pods' }] } },
    [
      'spec.maxReplicas: Invalid value: 2: must be greater than or equal to `minReplicas`',
      'spec.metrics[0].pods: Required value: must populate information for the given metric source',
    ],
  ],
  [
    horizontalPodAutoscalers,
    { spec: { scaleTargetRef: target, maxReplicas: 2, behavior: { scaleUp: { policies: [], selectPolicy: 'Odd' } } } },
    [
      'spec.behavior.scaleUp.selectPolicy: Unsupported value: "Odd": supported values: "Disabled", "Max", "Min"',
      'spec.behavior.scaleUp.policies: Required value: must specify at least one Policy',
    ],
  ],
] as readonly Case[];

describe('creating', () => {
  it.each(created.map((item) => [item[0].resource, item] as const))(
    '%s',
    (_name, [definition, fields, errors, metadata]) => {
      expect(createErrors(definition, written(definition, fields, metadata))).toEqual(errors);
    },
  );
});

const updated: readonly (readonly [AnyDefinition, before: object, after: object, errors: readonly string[]])[] = [
  [
    configMaps,
    { immutable: true, data: { a: '1' } },
    { data: { a: '2' } },
    ['data: Forbidden: field is immutable when `immutable` is set'],
  ],
  [
    secrets,
    { type: 'Opaque' },
    { type: 'example.com/other' },
    ['type: Invalid value: "example.com/other": field is immutable'],
  ],
  [
    roleBindings,
    { roleRef: viewer },
    { roleRef: { ...viewer, name: 'edit' } },
    [
      'roleRef: Invalid value: {"APIGroup":"rbac.authorization.k8s.io","Kind":"ClusterRole","Name":"edit"}: cannot change roleRef',
    ],
  ],
  [priorityClasses, { value: 1 }, { value: 2 }, ['Value: Forbidden: may not be changed in an update.']],
  [
    storageClasses,
    { provisioner: 'a.example/b' },
    { provisioner: 'a.example/c', volumeBindingMode: 'WaitForFirstConsumer' },
    [
      'provisioner: Forbidden: updates to provisioner are forbidden.',
      'volumeBindingMode: Invalid value: "WaitForFirstConsumer": field is immutable',
    ],
  ],
  [
    ingressClasses,
    { spec: { controller: 'a.example/b' } },
    { spec: { controller: 'a.example/c' } },
    ['spec.controller: Invalid value: "a.example/c": field is immutable'],
  ],
  [
    resourceQuotas,
    { spec: { scopes: ['BestEffort'] } },
    { spec: { scopes: [] } },
    ['spec.scopes: Invalid value: []: field is immutable'],
  ],
] as never;

describe('updating', () => {
  it.each(updated.map((item) => [item[0].resource, item] as const))(
    '%s',
    (_name, [definition, before, after, errors]) => {
      const change = (old: KubeObject): KubeObject => ({ ...old, ...after });
      expect(updateErrors(definition, written(definition, before), change)).toEqual(errors);
    },
  );

  it('shows what would have changed of a claim', () => {
    const old = written(persistentVolumeClaims as AnyDefinition, { spec: claim });
    const change = (object: KubeObject): KubeObject =>
      Object.assign({}, object, { spec: { ...claim, volumeMode: 'Block' } });
    const [error = '', ...others] = updateErrors(persistentVolumeClaims as AnyDefinition, old, change);
    expect(error.split('\n')[0]).toBe(
      'spec: Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims',
    );
    expect(error).toContain('\n- "VolumeMode": "Filesystem",\n+ "VolumeMode": "Block",\n');
    expect(others).toEqual(['volumeMode: Invalid value: "Block": field is immutable']);
  });
});
