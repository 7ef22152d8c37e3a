import { expect, it } from 'vitest';
import type { KubeObject } from '../../../api/index.ts';
import type { ResourceDefinition, TableCell } from '../resource-definition.ts';
import {
  controllerRevisions,
  endpoints,
  endpointSlices,
  horizontalPodAutoscalers,
  ingressClasses,
  ingresses,
  leases,
  networkPolicies,
  nodes,
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
import { cellsOf, written } from './testing/strategy.ts';

type Case = readonly [definition: ResourceDefinition, fields: object, cells: readonly TableCell[], metadata?: object];

const roleRef = { kind: 'Role', name: 'reader' };
const ready = { type: 'Ready', status: 'True' };
const subjects = [
  { kind: 'User', name: 'ann' },
  { kind: 'Group', name: 'devs' },
  { kind: 'ServiceAccount', name: 'bot', namespace: 'ci' },
  { kind: 'User', name: 'ben' },
];
const cpu = { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } };

const cases = [
  [
    nodes,
    { spec: { unschedulable: true }, status: { conditions: [ready], nodeInfo: { kubeletVersion: 'v1.35.0' } } },
    ['web', 'Ready,SchedulingDisabled', 'control-plane', '10m', 'v1.35.0'],
    { labels: { 'node-role.kubernetes.io/control-plane': '' } },
  ],
  [nodes, { status: { conditions: [{ ...ready, status: 'Unknown' }] } }, ['web', 'NotReady', '<none>', '10m', '']],
  [nodes, {}, ['web', 'Unknown', '<none>', '10m', '']],
  [secrets, { type: 'Opaque', data: { a: '', b: '' } }, ['web', 'Opaque', 2, '10m']],
  [leases, { spec: { holderIdentity: 'me' } }, ['web', 'me', '10m']],
  [
    endpoints,
    { subsets: [{ addresses: [{ ip: '10.0.0.1' }, { ip: '10.0.0.2' }], ports: [{ port: 80 }] }] },
    ['web', '10.0.0.1:80,10.0.0.2:80', '10m'],
  ],
  [
    endpointSlices,
    { addressType: 'IPv4', ports: [{ port: 80 }], endpoints: ['1', '2', '3', '4'].map((ip) => ({ addresses: [ip] })) },
    ['web', 'IPv4', '80', '1,2,3 + 1 more...', '10m'],
  ],
  [
    controllerRevisions,
    { revision: 2 },
    ['web', 'statefulset.apps/web', 2, '10m'],
    { ownerReferences: [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web', uid: '1', controller: true }] },
  ],
  [
    ingresses,
    {
      spec: { rules: ['a', 'b', 'c', 'd'].map((host) => ({ host })), tls: [{}] },
      status: { loadBalancer: { ingress: [{ ip: '192.0.2.1' }] } },
    },
    ['web', '<none>', 'a,b,c + 1 more...', '192.0.2.1', '80, 443', '10m'],
  ],
  [ingresses, { spec: { ingressClassName: 'nginx' } }, ['web', 'nginx', '*', '', '80', '10m']],
  [
    ingressClasses,
    { spec: { controller: 'a.example/b', parameters: { apiGroup: 'a.example', kind: 'Settings', name: 'all' } } },
    ['web', 'a.example/b', 'Settings.a.example/all', '10m'],
  ],
  [networkPolicies, { spec: { podSelector: { matchLabels: { app: 'web' } } } }, ['web', 'app=web', '10m']],
  [networkPolicies, { spec: { podSelector: {} } }, ['web', '<none>', '10m']],
  [podDisruptionBudgets, { spec: { minAvailable: '50%' } }, ['web', '50%', 'N/A', 0, '10m']],
  [
    resourceQuotas,
    { status: { hard: { 'requests.cpu': '1', pods: '10', 'limits.cpu': '2' }, used: { pods: '3' } } },
    ['web', 'pods: 3/10, requests.cpu: 0/1', 'limits.cpu: 0/2', '10m'],
  ],
  [priorityClasses, { value: 7 }, ['web', 7, false, '10m']],
  [roles, {}, ['web', '2026-01-01T00:00:00Z']],
  [roleBindings, { roleRef, subjects }, ['web', 'Role/reader', '10m']],
  [
    storageClasses,
    { provisioner: 'a.example/b' },
    ['web (default)', 'a.example/b', 'Delete', 'Immediate', false, '10m'],
    { annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
  ],
  [
    persistentVolumes,
    {
      spec: {
        capacity: { storage: '1Gi' },
        accessModes: ['ReadOnlyMany', 'ReadWriteOnce'],
        persistentVolumeReclaimPolicy: 'Retain',
        claimRef: { namespace: 'default', name: 'data' },
        storageClassName: 'fast',
      },
      status: { phase: 'Bound' },
    },
    ['web', '1Gi', 'RWO,ROX', 'Retain', 'Bound', 'default/data', 'fast', '<unset>', '', '10m'],
  ],
  [
    persistentVolumeClaims,
    { spec: { storageClassName: 'fast' }, status: { phase: 'Pending' } },
    ['web', 'Pending', '', '', '', 'fast', '<unset>', '10m'],
  ],
  [
    persistentVolumeClaims,
    {
      spec: { volumeName: 'disk' },
      status: { phase: 'Bound', capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOncePod'] },
    },
    ['web', 'Bound', 'disk', '1Gi', 'RWOP', '', '<unset>', '10m'],
  ],
  [
    horizontalPodAutoscalers,
    { spec: { scaleTargetRef: { kind: 'Deployment', name: 'web' }, maxReplicas: 3, metrics: [cpu, cpu, cpu] } },
    ['web', 'Deployment/web', 'cpu: <unknown>/80%, cpu: <unknown>/80% + 1 more...', '<unset>', 3, 0, '10m'],
  ],
  [
    horizontalPodAutoscalers,
    {
      spec: { scaleTargetRef: { kind: 'Deployment', name: 'web' }, minReplicas: 1, maxReplicas: 3, metrics: [cpu] },
      status: {
        currentReplicas: 2,
        currentMetrics: [{ type: 'Resource', resource: { current: { averageUtilization: 12 } } }],
      },
    },
    ['web', 'Deployment/web', 'cpu: 12%/80%', '1', 3, 2, '10m'],
  ],
] as unknown as readonly Case[];

it.each(cases.map((item) => [item[0].resource, item] as const))(
  'row of %s',
  (_name, [definition, fields, cells, metadata]) => {
    expect(cellsOf<KubeObject>(definition, written(definition, fields, metadata))).toEqual(cells);
  },
);

it('wide row of a role binding', () => {
  const binding = written(roleBindings, { roleRef, subjects });
  const cells = ['web', 'Role/reader', '10m', 'ann, ben', 'devs', 'ci/bot'];
  expect(cellsOf(roleBindings, binding, { wide: true })).toEqual(cells);
});
