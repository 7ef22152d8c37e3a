import type { Invocation } from '../../command/invocation.ts';
import { CommandError } from '../../errors/command-error.ts';
import type { FlagSet } from '../../flags/flag-set.ts';
import type { JsonObject } from '../../resource/json.ts';
import { draft, generatorCommand } from './generator.ts';

const group = 'rbac.authorization.k8s.io';

function declareSubjectFlags(flags: FlagSet): void {
  flags.stringArray('user', 'A user to bind; repeat it for several.');
  flags.stringArray('group', 'A group to bind; repeat it for several.');
  flags.stringArray('serviceaccount', 'A service account to bind, as <namespace>:<name>; repeat it for several.');
}

function subjectsOf(invocation: Invocation): JsonObject {
  const { flags } = invocation;
  const subjects: JsonObject[] = [
    ...flags.getStrings('user').map((name) => ({ kind: 'User', apiGroup: group, name })),
    ...flags.getStrings('group').map((name) => ({ kind: 'Group', apiGroup: group, name })),
    ...flags.getStrings('serviceaccount').map((text) => {
      const parts = text.split(':');
      if (parts.length !== 2 || parts.includes('')) throw new CommandError('serviceaccount must be <namespace>:<name>');
      return { kind: 'ServiceAccount', name: parts[1]!, namespace: parts[0]! };
    }),
  ];
  return subjects.length > 0 ? { subjects } : {};
}

/** Upstream: kubectl/pkg/cmd/create/create_rolebinding.go */
export const createRoleBinding = generatorCommand({
  name: 'rolebinding',
  short: 'Create a role binding for a particular role or cluster role',
  examples: `# Bind two users and a group to the cluster role admin
kubectl create rolebinding admin --clusterrole=admin --user=user1 --user=user2 --group=group1

# Bind a service account to a role
kubectl create rolebinding admin-binding --role=admin --serviceaccount=monitoring:sa-dev`,
  usage:
    'rolebinding NAME --clusterrole=NAME|--role=NAME [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname] [--dry-run=server|client|none]',
  mapping: { group, version: 'v1', resource: 'rolebindings', kind: 'RoleBinding', isNamespaced: true },
  failure: 'failed to create rolebinding:',
  declareOwn: (flags) => {
    flags.string('clusterrole', 'The cluster role to bind to');
    flags.string('role', 'The role to bind to');
    declareSubjectFlags(flags);
  },
  generate: (invocation, name) => {
    const [clusterRole, role] = [invocation.flags.getString('clusterrole'), invocation.flags.getString('role')];
    if ((clusterRole === '') === (role === '')) {
      throw new CommandError('exactly one of clusterrole or role must be specified');
    }
    const kind = role === '' ? 'ClusterRole' : 'Role';
    return draft(`${group}/v1`, 'RoleBinding', name, {
      ...subjectsOf(invocation),
      roleRef: { apiGroup: group, kind, name: role || clusterRole },
    });
  },
});

/** Upstream: kubectl/pkg/cmd/create/create_clusterrolebinding.go */
export const createClusterRoleBinding = generatorCommand({
  name: 'clusterrolebinding',
  short: 'Create a cluster role binding for a particular cluster role',
  examples: `# Bind two users and a group to the cluster role cluster-admin
kubectl create clusterrolebinding cluster-admin --clusterrole=cluster-admin --user=user1 --user=user2 --group=group1`,
  usage:
    'clusterrolebinding NAME --clusterrole=NAME [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname] [--dry-run=server|client|none]',
  mapping: { group, version: 'v1', resource: 'clusterrolebindings', kind: 'ClusterRoleBinding', isNamespaced: false },
  failure: 'failed to create clusterrolebinding:',
  declareOwn: (flags) => {
    flags.string('clusterrole', 'The cluster role to bind to', { isRequired: true });
    declareSubjectFlags(flags);
  },
  generate: (invocation, name) =>
    draft(`${group}/v1`, 'ClusterRoleBinding', name, {
      ...subjectsOf(invocation),
      roleRef: { apiGroup: group, kind: 'ClusterRole', name: invocation.flags.getString('clusterrole') },
    }),
});
