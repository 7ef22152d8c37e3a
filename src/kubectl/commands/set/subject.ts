import type { Command } from '../../command/command.ts';
import {
  declareDryRunFlag,
  declareFieldManagerFlag,
  declareFilenameFlags,
  declareSelectorFlag,
} from '../../command/common-flags.ts';
import type { Invocation } from '../../command/invocation.ts';
import { CommandError } from '../../errors/command-error.ts';
import type { FlagSet } from '../../flags/flag-set.ts';
import { declarePrintFlags } from '../../printers/print-flags.ts';
import { equalJson, objectsAt, type JsonObject } from '../../resource/json.ts';
import type { ResourceInfo } from '../../resource/resource-info.ts';
import { changeObjects, objectsToChangeStrictly } from './change-objects.ts';

const rbacGroup = 'rbac.authorization.k8s.io';

/** Upstream: kubectl/pkg/cmd/set/set_subject.go */
export const setSubjectCommand: Command = {
  name: 'subject',
  short: 'Update the user, group, or service account in a role binding or cluster role binding',
  examples: `# A service account for a cluster role binding
kubectl set subject clusterrolebinding admin --serviceaccount=namespace:serviceaccount1

# Two users and a group for a role binding
kubectl set subject rolebinding admin --user=user1 --user=user2 --group=group1

# In a file, without a server
kubectl create rolebinding admin --role=admin --user=admin -o yaml --dry-run=client | kubectl set subject --local -f - --user=foo -o yaml`,
  usage:
    'subject (-f FILENAME | TYPE NAME) [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname] [--dry-run=server|client|none]',
  hasOwnFlagsInUsage: true,
  declare(flags) {
    declarePrintFlags(flags);
    declareFilenameFlags(flags, 'Files that name what to change');
    flags.bool('all', 'All objects of the types in the namespace');
    declareSelectorFlag(flags);
    flags.bool('local', 'Change files only; no server is asked.');
    declareDryRunFlag(flags);
    flags.stringArray('user', 'A user to bind to the role');
    flags.stringArray('group', 'A group to bind to the role');
    flags.stringArray('serviceaccount', 'A service account to bind to the role');
    declareFieldManagerFlag(flags, 'kubectl-set');
  },
  run: setSubject,
};

async function setSubject(invocation: Invocation): Promise<void> {
  const { flags } = invocation;
  const infos = await objectsToChangeStrictly(invocation);
  const subjects = subjectsOf(flags, infos, await invocation.namespace());
  await changeObjects(invocation, infos, {
    operation: 'subjects updated',
    failure: 'failed to patch subjects to rolebinding:',
    change: (object, { mapping }) => {
      const isBinding = mapping.kind === 'RoleBinding' || mapping.kind === 'ClusterRoleBinding';
      if (!isBinding || mapping.group !== rbacGroup) {
        throw new CommandError('setting subjects is only supported for RoleBinding/ClusterRoleBinding');
      }
      const current = objectsAt(object, 'subjects');
      const added = subjects.filter((subject) => !current.some((each) => equalJson(each, subject)));
      object['subjects'] = [...current, ...added];
      return added.length > 0;
    },
  });
}

function subjectsOf(flags: FlagSet, infos: readonly ResourceInfo[], namespace: string): readonly JsonObject[] {
  const sorted = (flag: string) => [...new Set(flags.getStrings(flag))].toSorted();
  const [users, groups, accounts] = [sorted('user'), sorted('group'), sorted('serviceaccount')];
  if (users.length + groups.length + accounts.length === 0) {
    throw new CommandError('you must specify at least one value of user, group or serviceaccount');
  }
  const hasClusterRoleBinding = infos.some(({ mapping }) => mapping.kind === 'ClusterRoleBinding');
  return [
    ...users.map((name) => ({ kind: 'User', apiGroup: rbacGroup, name })),
    ...groups.map((name) => ({ kind: 'Group', apiGroup: rbacGroup, name })),
    ...accounts.map((text) => {
      const [place = '', name = '', ...more] = text.split(':');
      if (name === '' || more.length > 0) throw new CommandError('serviceaccount must be <namespace>:<name>');
      if (place === '' && hasClusterRoleBinding) {
        throw new CommandError('serviceaccount must be <namespace>:<name>, namespace must be specified');
      }
      return { kind: 'ServiceAccount', name, namespace: place || namespace };
    }),
  ];
}
