/** What the arguments of a command can be. */
export type ArgumentKind =
  /** `TYPE NAME...` or `TYPE/NAME...`; limited to some types when there are any. */
  | { readonly type: 'resources'; readonly only?: readonly string[]; readonly isOne?: boolean }
  /** Names of one resource. */
  | { readonly type: 'names'; readonly resource: string }
  /** A pod, or `TYPE/NAME` of what has pods; then perhaps one of its containers. */
  | { readonly type: 'pod'; readonly withContainer?: boolean }
  /** Entries of the kubeconfig. */
  | { readonly type: 'kubeconfig'; readonly list: 'contexts' | 'clusters' | 'users' };

const resources: ArgumentKind = { type: 'resources' };
const only = (...types: string[]): ArgumentKind => ({ type: 'resources', only: types });
const rollouts = only('deployment', 'daemonset', 'statefulset');
const pausable = only('deployment');
const nodes: ArgumentKind = { type: 'names', resource: 'nodes' };
const contexts: ArgumentKind = { type: 'kubeconfig', list: 'contexts' };

/** Upstream: the ValidArgsFunction of each command in kubectl/pkg/cmd */
export const argumentKinds: Readonly<Record<string, ArgumentKind>> = {
  get: resources,
  describe: resources,
  delete: resources,
  edit: resources,
  label: resources,
  annotate: resources,
  patch: resources,
  explain: resources,
  'apply view-last-applied': resources,
  'apply edit-last-applied': resources,
  scale: only('deployment', 'replicaset', 'replicationcontroller', 'statefulset'),
  autoscale: only('deployment', 'replicaset', 'replicationcontroller', 'statefulset'),
  expose: only('deployment', 'pod', 'replicaset', 'replicationcontroller', 'service'),
  taint: only('node'),
  'rollout history': rollouts,
  'rollout restart': rollouts,
  'rollout undo': rollouts,
  'rollout status': { ...rollouts, isOne: true } as ArgumentKind,
  'rollout pause': pausable,
  'rollout resume': pausable,
  'set image': {
    type: 'resources',
    only: ['cronjob', 'daemonset', 'deployment', 'pod', 'replicaset', 'replicationcontroller', 'statefulset'],
    isOne: true,
  },
  cordon: nodes,
  uncordon: nodes,
  drain: nodes,
  'top node': nodes,
  'top pod': { type: 'names', resource: 'pods' },
  'create token': { type: 'names', resource: 'serviceaccounts' },
  exec: { type: 'pod' },
  attach: { type: 'pod' },
  'port-forward': { type: 'pod' },
  logs: { type: 'pod', withContainer: true },
  'config use-context': contexts,
  'config set-context': contexts,
  'config delete-context': contexts,
  'config rename-context': contexts,
  'config delete-cluster': { type: 'kubeconfig', list: 'clusters' },
  'config delete-user': { type: 'kubeconfig', list: 'users' },
};

/** Types of what has pods, for commands that take a pod. */
export const typesWithPods: readonly string[] = [
  'daemonsets',
  'deployments',
  'pods',
  'jobs',
  'replicasets',
  'replicationcontrollers',
  'services',
  'statefulsets',
];
