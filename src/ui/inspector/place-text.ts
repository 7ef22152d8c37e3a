import type { TracePlace } from '../../api/index.ts';

const titles: Readonly<Record<TracePlace['type'], string>> = {
  client: '',
  apiserver: 'API server',
  etcd: 'etcd',
  scheduler: 'scheduler',
  controller: 'controller',
  kubelet: 'kubelet on',
  registry: 'image registry',
  dns: 'cluster DNS',
  node: 'node',
  pod: 'pod',
  service: 'service',
  outside: 'outside world',
};

/** What a part of the cluster is called in a sentence. */
export function placeText({ type, name }: TracePlace): string {
  if (type === 'client') return name || 'client';
  if (type === 'controller') return name ? `${name} controller` : 'controllers';
  if (type === 'outside') return titles.outside;
  return [titles[type], name].filter(Boolean).join(' ');
}
