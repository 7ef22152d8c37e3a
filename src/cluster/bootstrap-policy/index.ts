import type {
  ClusterRole,
  ClusterRoleBinding,
  PolicyRule,
  RbacV1Subject,
  Role,
  RoleBinding,
} from '../../api/generated/types.ts';
import type { Draft, KubeObject } from '../../api/index.ts';
import {
  aggregatedClusterRoles,
  aggregationLabels,
  clusterRoleBindingTable,
  clusterRoleTable,
} from './cluster-roles.ts';
import { controllerRoleTable } from './controller-roles.ts';
import { namespaceRoleTable, roleBindingTable } from './namespace-roles.ts';
import { parsePolicyTable } from './policy-table.ts';

type Fresh<T extends KubeObject> = Draft<T & KubeObject>;

const rbac = { apiVersion: 'rbac.authorization.k8s.io/v1' } as const;
const apiGroup = 'rbac.authorization.k8s.io';
const controllerPrefix = 'system:controller:';
const aggregateTo = 'rbac.authorization.k8s.io/aggregate-to-';

/** What the Node authorizer goes by: the rules of system:node as they are built in, whatever becomes of the role. */
export const nodeRules: readonly PolicyRule[] =
  parsePolicyTable(clusterRoleTable).find(([name]) => name === 'system:node')?.[1] ?? [];

/**
 * The roles and bindings that the API server creates on an empty etcd.
 * Upstream: plugin/pkg/auth/authorizer/rbac/bootstrappolicy, pkg/registry/rbac/rest/storage_rbac.go
 */
export function bootstrapClusterRoles(): readonly Fresh<ClusterRole>[] {
  const plain = parsePolicyTable(clusterRoleTable).map(([name, rules]): Fresh<ClusterRole> => {
    const target = aggregationLabels[name];
    return { ...rbac, kind: 'ClusterRole', metadata: metadataOf(name, target), rules };
  });
  const aggregated = aggregatedClusterRoles.map(([name, from, to]): Fresh<ClusterRole> => {
    const clusterRoleSelectors = [{ matchLabels: { [`${aggregateTo}${from}`]: 'true' } }];
    return {
      ...rbac,
      kind: 'ClusterRole',
      metadata: metadataOf(name, to),
      aggregationRule: { clusterRoleSelectors },
      rules: [],
    };
  });
  const controllers = parsePolicyTable(controllerRoleTable).map(([name, rules]): Fresh<ClusterRole> => {
    return { ...rbac, kind: 'ClusterRole', metadata: metadataOf(`${controllerPrefix}${name}`), rules };
  });
  return [...plain, ...aggregated, ...controllers];
}

export function bootstrapClusterRoleBindings(): readonly Fresh<ClusterRoleBinding>[] {
  const controllers = parsePolicyTable(controllerRoleTable).map(
    ([name]) => [`${controllerPrefix}${name}`, `ServiceAccount:kube-system:${name}`] as const,
  );
  return [...clusterRoleBindingTable, ...controllers].map(([role, ...subjects]): Fresh<ClusterRoleBinding> => {
    return {
      ...rbac,
      kind: 'ClusterRoleBinding',
      metadata: metadataOf(role),
      roleRef: { apiGroup, kind: 'ClusterRole', name: role },
      ...(subjects.length > 0 && { subjects: subjects.map(subjectOf) }),
    };
  });
}

export function bootstrapRoles(): readonly Fresh<Role>[] {
  return parsePolicyTable(namespaceRoleTable).map(([path, rules]): Fresh<Role> => {
    return { ...rbac, kind: 'Role', metadata: placedMetadata(path), rules };
  });
}

export function bootstrapRoleBindings(): readonly Fresh<RoleBinding>[] {
  return roleBindingTable.map(([path, role, ...subjects]): Fresh<RoleBinding> => {
    return {
      ...rbac,
      kind: 'RoleBinding',
      metadata: placedMetadata(path),
      roleRef: { apiGroup, kind: 'Role', name: role },
      subjects: subjects.map(subjectOf),
    };
  });
}

function metadataOf(name: string, aggregatesTo?: string) {
  return {
    name,
    annotations: { 'rbac.authorization.kubernetes.io/autoupdate': 'true' },
    labels: {
      'kubernetes.io/bootstrapping': 'rbac-defaults',
      ...(aggregatesTo !== undefined && { [`${aggregateTo}${aggregatesTo}`]: 'true' }),
    },
  };
}

function placedMetadata(path: string) {
  const slash = path.indexOf('/');
  return { ...metadataOf(path.slice(slash + 1)), namespace: path.slice(0, slash) };
}

/** @param text `Group:system:masters`, `ServiceAccount:kube-system:kube-dns` */
function subjectOf(text: string): RbacV1Subject {
  const [, kind = '', rest = ''] = /^(\w+):(.*)$/.exec(text) ?? [];
  if (kind !== 'ServiceAccount') return { apiGroup, kind, name: rest };
  const [namespace = '', name = ''] = rest.split(':');
  return { kind, name, namespace };
}
