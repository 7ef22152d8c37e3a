import type { Command } from '../../command/command.ts';
import { declareDryRunFlag, declareFieldManagerFlag, declareFilenameFlags } from '../../command/common-flags.ts';
import type { Invocation } from '../../command/invocation.ts';
import { CommandError } from '../../errors/command-error.ts';
import { declarePrintFlags, printerOf } from '../../printers/print-flags.ts';
import { changeObjects, objectsToChange, podSpecOf } from './change-objects.ts';

/** Upstream: kubectl/pkg/cmd/set/set_serviceaccount.go */
export const setServiceAccountCommand: Command = {
  name: 'serviceaccount',
  aliases: ['sa'],
  short: 'Update the service account of a resource',
  long: `Update the service account of pod template resources.

Possible resources (case insensitive) can be:

replicationcontroller (rc), deployment (deploy), daemonset (ds), job, replicaset (rs), statefulset`,
  examples: `# For a deployment
kubectl set serviceaccount deployment nginx-deployment serviceaccount1

# In a file, without a server
kubectl set sa -f nginx-deployment.yaml serviceaccount1 --local --dry-run=client -o yaml`,
  usage: 'serviceaccount (-f FILENAME | TYPE NAME) SERVICE_ACCOUNT',
  hasOwnFlagsInUsage: true,
  declare(flags) {
    declarePrintFlags(flags);
    declareFilenameFlags(flags, 'Files that name what to change.');
    flags.bool('all', 'All objects of the types in the namespace');
    flags.bool('local', 'Change files only; no server is asked.');
    declareDryRunFlag(flags);
    declareFieldManagerFlag(flags, 'kubectl-set');
  },
  run: setServiceAccount,
};

async function setServiceAccount(invocation: Invocation): Promise<void> {
  const dryRun = invocation.dryRun();
  if (invocation.flags.getBool('local') && dryRun === 'server') {
    throw new CommandError('cannot specify --local and --dry-run=server - did you mean --dry-run=client?');
  }
  await printerOf(invocation);
  const name = invocation.arguments.at(-1);
  if (name === undefined) throw new CommandError('serviceaccount is required');
  const infos = await objectsToChange(invocation, invocation.arguments.slice(0, -1));
  await changeObjects(invocation, infos, {
    operation: 'serviceaccount updated',
    failure: 'failed to patch ServiceAccountName',
    reportsUnchanged: true,
    change: (object, info) => {
      podSpecOf(object, info)['serviceAccountName'] = name;
      return true;
    },
  });
}
