import type { KubeObject } from '../../api/index.ts';
import type {
  ConfigMap,
  Deployment,
  EndpointSlice,
  Event,
  Ingress,
  Namespace,
  Node,
  PersistentVolumeClaim,
  Pod,
  ReplicaSet,
  Secret,
  Service,
  ServiceAccount,
} from '../../api/generated/types.ts';
import type { KubeApi } from '../../client/index.ts';
import { kinds, type Resource } from './kinds.ts';
import { createResourceStore, type ResourceStore } from './resource-store.ts';

export interface ObjectTypes {
  readonly namespaces: Namespace;
  readonly nodes: Node;
  readonly pods: Pod;
  readonly services: Service;
  readonly deployments: Deployment;
  readonly replicasets: ReplicaSet;
  readonly endpointslices: EndpointSlice;
  readonly events: Event;
  readonly configmaps: ConfigMap;
  readonly secrets: Secret;
  readonly persistentvolumeclaims: PersistentVolumeClaim;
  readonly ingresses: Ingress;
  readonly serviceaccounts: ServiceAccount;
}

export type ClusterStores = { readonly [R in Resource]: ResourceStore<ObjectTypes[R]> } & {
  /** For whoever has a resource's name in hand. */
  readonly of: (resource: Resource) => ResourceStore<KubeObject>;
  readonly start: () => void;
  readonly restart: () => void;
};

/** One store for each kind that the page draws. */
export function createClusterStores(api: KubeApi): ClusterStores {
  const stores = Object.fromEntries(
    Object.entries(kinds).map(([resource, kind]) => [resource, createResourceStore(api, kind)]),
  ) as unknown as { [R in Resource]: ResourceStore<ObjectTypes[R]> };
  const all = Object.values(stores) as ResourceStore<KubeObject>[];
  return {
    ...stores,
    of: (resource) => stores[resource] as unknown as ResourceStore<KubeObject>,
    start: () => all.forEach((store) => store.start()),
    restart: () => all.forEach((store) => store.restart()),
  };
}
