/** The kinds that the page knows by name, and where the API keeps them. */
export interface Kind {
  readonly kind: string;
  readonly resource: string;
  readonly apiVersion: string;
  readonly isNamespaced: boolean;
  /** For headings: `Pods`. */
  readonly title: string;
}

const define = (kind: string, resource: string, apiVersion: string, title: string, isNamespaced = true): Kind => ({
  kind,
  resource,
  apiVersion,
  isNamespaced,
  title,
});

export const kinds = {
  namespaces: define('Namespace', 'namespaces', 'v1', 'Namespaces', false),
  nodes: define('Node', 'nodes', 'v1', 'Nodes', false),
  pods: define('Pod', 'pods', 'v1', 'Pods'),
  services: define('Service', 'services', 'v1', 'Services'),
  deployments: define('Deployment', 'deployments', 'apps/v1', 'Deployments'),
  replicasets: define('ReplicaSet', 'replicasets', 'apps/v1', 'ReplicaSets'),
  endpointslices: define('EndpointSlice', 'endpointslices', 'discovery.k8s.io/v1', 'EndpointSlices'),
  events: define('Event', 'events', 'v1', 'Events'),
  configmaps: define('ConfigMap', 'configmaps', 'v1', 'ConfigMaps'),
  secrets: define('Secret', 'secrets', 'v1', 'Secrets'),
  persistentvolumeclaims: define('PersistentVolumeClaim', 'persistentvolumeclaims', 'v1', 'PersistentVolumeClaims'),
  ingresses: define('Ingress', 'ingresses', 'networking.k8s.io/v1', 'Ingresses'),
  serviceaccounts: define('ServiceAccount', 'serviceaccounts', 'v1', 'ServiceAccounts'),
} as const satisfies Record<string, Kind>;

export type Resource = keyof typeof kinds;

export const kindOf = (name: string): Kind | undefined => Object.values(kinds).find((kind) => kind.kind === name);

/** `/api/v1` or `/apis/<group>/<version>`. */
export const groupPath = (apiVersion: string): string =>
  apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;

export const collectionPath = (kind: Kind): string => `${groupPath(kind.apiVersion)}/${kind.resource}`;

export function objectPath(kind: Kind, namespace: string | undefined, name: string): string {
  const scope = kind.isNamespaced ? `/namespaces/${encodeURIComponent(namespace ?? 'default')}` : '';
  return `${groupPath(kind.apiVersion)}${scope}/${kind.resource}/${encodeURIComponent(name)}`;
}
