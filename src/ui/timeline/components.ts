/** Which part of the cluster an event's component belongs to: a lane of the strip, and its colour. */
export interface Lane {
  readonly id: string;
  readonly title: string;
  readonly color: string;
}

export const lanes: readonly Lane[] = [
  { id: 'api', title: 'API server and etcd', color: 'var(--message-request)' },
  { id: 'controllers', title: 'Controllers', color: 'var(--message-watch)' },
  { id: 'scheduler', title: 'Scheduler', color: 'var(--message-bind)' },
  { id: 'kubelets', title: 'Kubelets and containers', color: 'var(--message-run)' },
  { id: 'network', title: 'Network', color: 'var(--message-packet)' },
];

export function laneOf(component: string): number {
  const name = component.toLowerCase();
  if (/scheduler/.test(name)) return 2;
  if (/kubelet|container|process|node-\d|probe|image/.test(name)) return 3;
  if (/network|dns|proxy|socket|tcp/.test(name)) return 4;
  if (/apiserver|api-server|etcd|store|watch|client|informer/.test(name)) return 0;
  return 1;
}
