import type { Draft, KubeObject } from '../api/index.ts';
import type { Endpoints, EndpointSlice, Namespace, Node, Service } from '../api/generated/types.ts';
import type { ApiServer } from './apiserver/api-server.ts';
import {
  clusterRoleBindings,
  clusterRoles,
  endpoints,
  endpointSlices,
  namespaces,
  nodes,
  roleBindings,
  roles,
  services,
} from './apiserver/registry/index.ts';
import type { ResourceDefinition } from './apiserver/resource-definition.ts';
import { parseServiceRange } from './apiserver/rest/service-addresses.ts';
import {
  bootstrapClusterRoleBindings,
  bootstrapClusterRoles,
  bootstrapRoleBindings,
  bootstrapRoles,
} from './bootstrap-policy/index.ts';
import type { ClusterProfile } from './profile.ts';
import { createStandardObjects } from './standard-objects.ts';

const user = { name: 'system:apiserver', groups: ['system:masters', 'system:authenticated'] };
const securePort = 6443;
const https = { name: 'https', port: securePort, protocol: 'TCP' };

/**
 * What the API server creates when it starts on an empty etcd: the system's namespaces, the default roles, and the
 * Service that leads to itself.
 * Upstream: pkg/controlplane/controller/systemnamespaces, kubernetesservice, reconcilers, pkg/registry/rbac/rest
 */
export function bootstrap(apiServer: ApiServer, controlPlaneAddress: string, profile: ClusterProfile): void {
  const clusterIP = parseServiceRange(profile.serviceCidr).addressOf(1);
  const create = <T extends KubeObject>(definition: ResourceDefinition<T>, object: Draft<T>): void => {
    const options = { context: apiServer.contextFor(user), fieldManager: 'kube-apiserver' };
    apiServer.storeFor(definition).create(object.metadata.namespace ?? '', object, options);
  };
  for (const name of ['kube-system', 'kube-public', 'kube-node-lease', 'default']) {
    create<Namespace>(namespaces, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } } as Draft<Namespace>);
  }
  for (const role of bootstrapClusterRoles()) create(clusterRoles, role);
  for (const binding of bootstrapClusterRoleBindings()) create(clusterRoleBindings, binding);
  for (const role of bootstrapRoles()) create(roles, role);
  for (const binding of bootstrapRoleBindings()) create(roleBindings, binding);
  createStandardObjects(create, profile.serviceCidr);
  for (const { name, capacity } of profile.bareNodes) {
    create<Node>(nodes, { apiVersion: 'v1', kind: 'Node', metadata: { name }, status: { capacity } } as Draft<Node>);
  }
  const metadata = { name: 'kubernetes', namespace: 'default' };
  create<Service>(services, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { ...metadata, labels: { component: 'apiserver', provider: 'kubernetes' } },
    spec: {
      type: 'ClusterIP',
      clusterIP,
      clusterIPs: [clusterIP],
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      internalTrafficPolicy: 'Cluster',
      sessionAffinity: 'None',
      ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: securePort }],
    },
  } as Draft<Service>);
  create<Endpoints>(endpoints, {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { ...metadata, labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' } },
    subsets: [{ addresses: [{ ip: controlPlaneAddress }], ports: [https] }],
  } as Draft<Endpoints>);
  create<EndpointSlice>(endpointSlices, {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { ...metadata, labels: { 'kubernetes.io/service-name': 'kubernetes' } },
    addressType: 'IPv4',
    endpoints: [{ addresses: [controlPlaneAddress], conditions: { ready: true } }],
    ports: [https],
  } as Draft<EndpointSlice>);
}
