import type { ResourceDefinition } from '../resource-definition.ts';

/** Where etcd keeps what is not kept under its resource's name. Upstream: pkg/kubeapiserver/default_storage_factory_builder.go */
const special: Readonly<Record<string, string>> = {
  nodes: 'minions',
  services: 'services/specs',
  endpoints: 'services/endpoints',
  replicationcontrollers: 'controllers',
};

/** Groups of the API server itself share one level; custom resources have one of their own for each group. */
export function storagePrefix({
  group,
  resource,
  custom,
}: Pick<ResourceDefinition, 'group' | 'resource' | 'custom'>): string {
  const isBuiltIn = !custom && (!group.includes('.') || group.endsWith('.k8s.io'));
  return isBuiltIn ? (special[resource] ?? resource) : `${group}/${resource}`;
}
