import type { ClusterRole, ClusterRoleBinding, PolicyRule } from '../../api/generated/types.ts';
import { clusterRoleBindings, clusterRoles } from '../apiserver/registry/index.ts';
import type { ApiClient } from '../informers/api-client.ts';

/** The service account that the provisioner speaks as. */
export const provisionerAccount = { namespace: 'local-path-storage', name: 'local-path-provisioner-service-account' };

const apiGroup = 'rbac.authorization.k8s.io';
const rules: readonly PolicyRule[] = [
  {
    apiGroups: [''],
    resources: ['nodes', 'persistentvolumeclaims', 'configmaps', 'pods', 'pods/log'],
    verbs: ['get', 'list', 'watch'],
  },
  {
    apiGroups: [''],
    resources: ['persistentvolumes'],
    verbs: ['get', 'list', 'watch', 'create', 'patch', 'update', 'delete'],
  },
  { apiGroups: [''], resources: ['events'], verbs: ['create', 'patch'] },
  { apiGroups: ['storage.k8s.io'], resources: ['storageclasses'], verbs: ['get', 'list', 'watch'] },
];

/** What the manifest of rancher/local-path-provisioner lets it do. */
export function createProvisionerRole(client: ApiClient): void {
  const name = 'local-path-provisioner-role';
  const apiVersion = `${apiGroup}/v1`;
  client.resource<ClusterRole>(clusterRoles).create({ apiVersion, kind: 'ClusterRole', metadata: { name }, rules });
  client.resource<ClusterRoleBinding>(clusterRoleBindings).create({
    apiVersion,
    kind: 'ClusterRoleBinding',
    metadata: { name: 'local-path-provisioner-bind' },
    roleRef: { apiGroup, kind: 'ClusterRole', name },
    subjects: [{ kind: 'ServiceAccount', ...provisionerAccount }],
  });
}
