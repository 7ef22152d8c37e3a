import { expect, it } from 'vitest';
import type { Node, Pod } from '../../../api/generated/types.ts';
import { Cycle } from '../cycle.ts';
import { testView } from '../testing/test-view.ts';
import { RandomStream } from '../../../kernel/index.ts';
import { defaultPlugins } from './index.ts';

interface Case {
  readonly name: string;
  readonly pod: Partial<Pod['spec']>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly node?: {
    readonly spec?: Partial<Node['spec']>;
    readonly labels?: Readonly<Record<string, string>>;
    readonly allocatable?: Readonly<Record<string, string>>;
  };
  /** Pods that are on the node already. */
  readonly placed?: readonly {
    readonly labels?: Readonly<Record<string, string>>;
    readonly spec: Partial<Pod['spec']>;
  }[];
  /** Empty: it fits. */
  readonly reasons: readonly string[];
}

const asks = (requests: Readonly<Record<string, string>>): Partial<Pod['spec']> => ({
  containers: [{ name: 'main', resources: { requests } }],
});
const zone = 'topology.kubernetes.io/zone';
const nearWeb = { labelSelector: { matchLabels: { app: 'web' } }, topologyKey: zone };
const port = (hostPort: number, hostIP?: string): Partial<Pod['spec']> => ({
  containers: [{ name: 'main', ports: [{ containerPort: 80, hostPort, ...(hostIP && { hostIP }) }] }],
});

it.each<Case>([
  { name: '[SCH-10] fits', pod: asks({ cpu: '4', memory: '8Gi' }), reasons: [] },
  { name: '[SCH-10] too little CPU', pod: asks({ cpu: '4001m' }), reasons: ['Insufficient cpu'] },
  {
    name: '[SCH-10] too little of two things',
    pod: asks({ cpu: '5', memory: '9Gi' }),
    reasons: ['Insufficient cpu', 'Insufficient memory'],
  },
  {
    name: '[SCH-10] what others asked for is not free',
    pod: asks({ memory: '5Gi' }),
    placed: [{ spec: asks({ memory: '4Gi' }) }],
    reasons: ['Insufficient memory'],
  },
  {
    name: '[SCH-10] an extended resource nobody has',
    pod: asks({ 'nvidia.com/gpu': '1' }),
    reasons: ['Insufficient nvidia.com/gpu'],
  },
  {
    name: '[SCH-10] no room for one more pod',
    pod: {},
    node: { allocatable: { cpu: '4', memory: '8Gi', pods: '1' } },
    placed: [{ spec: {} }],
    reasons: ['Too many pods'],
  },
  {
    name: '[SCH-10] init containers count as their peak',
    pod: {
      initContainers: [
        { name: 'a', resources: { requests: { cpu: '3' } } },
        { name: 'b', resources: { requests: { cpu: '4' } } },
      ],
      ...asks({ cpu: '2' }),
    },
    reasons: [],
  },
  {
    name: '[SCH-10] sidecars count beside all that follows',
    pod: {
      initContainers: [
        { name: 'sidecar', restartPolicy: 'Always', resources: { requests: { cpu: '1' } } },
        { name: 'b', resources: { requests: { cpu: '3500m' } } },
      ],
      ...asks({ cpu: '1' }),
    },
    reasons: ['Insufficient cpu'],
  },
  {
    name: '[SCH-11] a taint',
    pod: {},
    node: { spec: { taints: [{ key: 'dedicated', value: 'db', effect: 'NoSchedule' }] } },
    reasons: ['node(s) had untolerated taint(s)'],
  },
  {
    name: '[SCH-11] a taint that is tolerated',
    pod: { tolerations: [{ key: 'dedicated', operator: 'Equal', value: 'db', effect: 'NoSchedule' }] },
    node: { spec: { taints: [{ key: 'dedicated', value: 'db', effect: 'NoSchedule' }] } },
    reasons: [],
  },
  {
    name: '[SCH-11] a taint that is only a preference',
    pod: {},
    node: { spec: { taints: [{ key: 'dedicated', effect: 'PreferNoSchedule' }] } },
    reasons: [],
  },
  {
    name: '[SCH-12] a label that is missing',
    pod: { nodeSelector: { disk: 'ssd' } },
    reasons: ["node(s) didn't match Pod's node affinity/selector"],
  },
  {
    name: '[SCH-12] a label that is there',
    pod: { nodeSelector: { disk: 'ssd' } },
    node: { labels: { disk: 'ssd' } },
    reasons: [],
  },
  {
    name: '[SCH-12] one of several terms',
    pod: {
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [
              { matchExpressions: [{ key: 'cores', operator: 'Gt', values: ['8'] }] },
              { matchExpressions: [{ key: 'disk', operator: 'NotIn', values: ['hdd'] }] },
            ],
          },
        },
      },
    },
    node: { labels: { cores: '4', disk: 'ssd' } },
    reasons: [],
  },
  {
    name: '[SCH-12] none of several terms',
    pod: {
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [
              { matchExpressions: [{ key: 'cores', operator: 'Lt', values: ['4'] }] },
              { matchExpressions: [{ key: 'disk', operator: 'DoesNotExist' }] },
            ],
          },
        },
      },
    },
    node: { labels: { cores: '4', disk: 'ssd' } },
    reasons: ["node(s) didn't match Pod's node affinity/selector"],
  },
  {
    name: '[SCH-13] a host port that is taken',
    pod: port(80),
    placed: [{ spec: port(80, '127.0.0.1') }],
    reasons: ["node(s) didn't have free ports for the requested pod ports"],
  },
  {
    name: '[SCH-13] the same port on another address',
    pod: port(80, '10.0.0.1'),
    placed: [{ spec: port(80, '10.0.0.2') }],
    reasons: [],
  },
  {
    name: '[SCH-14] cordoned',
    pod: {},
    node: { spec: { unschedulable: true } },
    reasons: ['node(s) were unschedulable'],
  },
  {
    name: '[SCH-15] too many in one place',
    pod: {
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: 'kubernetes.io/hostname',
          whenUnsatisfiable: 'DoNotSchedule',
          labelSelector: { matchLabels: { app: 'web' } },
        },
      ],
    },
    labels: { app: 'web' },
    placed: [{ labels: { app: 'web' }, spec: {} }],
    reasons: ["node(s) didn't match pod topology spread constraints"],
  },
  {
    name: '[SCH-15] no such place',
    pod: {
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: 'rack',
          whenUnsatisfiable: 'DoNotSchedule',
          labelSelector: { matchLabels: { app: 'web' } },
        },
      ],
    },
    reasons: ["node(s) didn't match pod topology spread constraints (missing required label)"],
  },
  {
    name: '[SCH-16] nobody to be near',
    pod: { affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [nearWeb] } } },
    node: { labels: { [zone]: 'a' } },
    reasons: ["node(s) didn't match pod affinity rules"],
  },
  {
    name: '[SCH-16] somebody to be near',
    pod: { affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [nearWeb] } } },
    node: { labels: { [zone]: 'a' } },
    placed: [{ labels: { app: 'web' }, spec: {} }],
    reasons: [],
  },
  {
    name: '[SCH-16] the first of a group that wants to be together',
    pod: { affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [nearWeb] } } },
    labels: { app: 'web' },
    node: { labels: { [zone]: 'a' } },
    reasons: [],
  },
  {
    name: '[SCH-16] too near to somebody',
    pod: { affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [nearWeb] } } },
    node: { labels: { [zone]: 'a' } },
    placed: [{ labels: { app: 'web' }, spec: {} }],
    reasons: ["node(s) didn't match pod anti-affinity rules"],
  },
  {
    name: '[SCH-16] somebody who does not want it near',
    pod: {},
    labels: { app: 'web' },
    node: { labels: { [zone]: 'a' } },
    placed: [
      { spec: { affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [nearWeb] } } } },
    ],
    reasons: ["node(s) didn't satisfy existing pods anti-affinity rules"],
  },
])('$name', ({ pod, labels, node, placed, reasons }) => {
  const view = testView([
    { name: 'node-1', ...node, placed: placed ?? [] },
    { name: 'other', spec: { unschedulable: true }, labels: { [zone]: 'z' }, placed: [] },
  ]);
  const cycle = new Cycle(defaultPlugins, new RandomStream('1'));
  const { refusals } = cycle.deliberate(view.pod(pod, labels), view.cluster, () => []);
  expect(refusals.get(view.cluster.node('node-1')!)?.reasons ?? []).toEqual(reasons);
});
