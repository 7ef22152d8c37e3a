import type { Command } from '../../command/command.ts';
import {
  declareDryRunFlag,
  declareFieldManagerFlag,
  declareFilenameFlags,
  declareSaveConfigFlag,
  declareSelectorFlag,
  declareValidateFlag,
  filenameOptions,
  hasFilenames,
} from '../../command/common-flags.ts';
import type { Invocation } from '../../command/invocation.ts';
import { CommandError } from '../../errors/command-error.ts';
import { withSource } from '../../errors/report.ts';
import { declarePrintFlags, printerOf } from '../../printers/print-flags.ts';
import { setLastApplied } from '../../resource/last-applied.ts';
import { visitResources } from '../../resource/resource-builder.ts';
import { createConfigMap } from './config-map.ts';
import { createCronJob } from './cron-job.ts';
import { createDeployment } from './deployment.ts';
import { createIngress } from './ingress.ts';
import { createJob } from './job.ts';
import { createNamespace } from './namespace.ts';
import { createPodDisruptionBudget } from './pod-disruption-budget.ts';
import { createPriorityClass } from './priority-class.ts';
import { createQuota } from './quota.ts';
import { createClusterRole, createRole } from './role.ts';
import { createClusterRoleBinding, createRoleBinding } from './role-binding.ts';
import { createSecret } from './secret.ts';
import { createService } from './service.ts';
import { createServiceAccount } from './service-account.ts';
import { createToken } from './token.ts';

/** Upstream: kubectl/pkg/cmd/create/create.go */
export const createCommand: Command = {
  name: 'create',
  short: 'Create a resource from a file or from stdin',
  long: `Create a resource from a file or from stdin.

Files may be JSON or YAML.`,
  examples: `# What a file describes
kubectl create -f ./pod.json

# What comes in through standard input
cat pod.json | kubectl create -f -`,
  usage: 'create -f FILENAME',
  hasOwnFlagsInUsage: true,
  declare: (flags) => {
    declarePrintFlags(flags);
    declareFilenameFlags(flags, 'Files, directories or URLs with what to create');
    declareValidateFlag(flags);
    declareSaveConfigFlag(flags);
    declareDryRunFlag(flags);
    declareSelectorFlag(flags);
    declareFieldManagerFlag(flags, 'kubectl-create');
    flags.bool('edit', 'Edit the object before it is created');
    flags.string('raw', 'A path to post the file to as it stands.');
    flags.bool('windows-line-endings', 'With --edit: write lines as Windows does.');
  },
  subcommands: [
    createClusterRole,
    createClusterRoleBinding,
    createConfigMap,
    createCronJob,
    createDeployment,
    createIngress,
    createJob,
    createNamespace,
    createPodDisruptionBudget,
    createPriorityClass,
    createQuota,
    createRole,
    createRoleBinding,
    createSecret,
    createService,
    createServiceAccount,
    createToken,
  ],
  run,
};

async function run(invocation: Invocation): Promise<void> {
  const { flags } = invocation;
  if (invocation.arguments.length > 0)
    throw invocation.usageError(`Unexpected args: [${invocation.arguments.join(' ')}]`);
  const dryRun = invocation.dryRun();
  const suffix = { none: '', client: ' (dry run)', server: ' (server dry run)' }[dryRun];
  const fieldValidation = invocation.fieldValidation();
  const printer = await printerOf(invocation, { operation: `created${suffix}` });
  if (!hasFilenames(flags)) throw new CommandError('must specify one of -f and -k');
  const config = await invocation.config();
  let count = 0;
  await visitResources(
    invocation,
    {
      filenames: filenameOptions(flags),
      namespace: config.namespace,
      enforcesNamespace: config.isNamespaceExplicit,
      labelSelector: flags.getString('selector'),
      flattens: true,
      continuesOnError: true,
      validates: fieldValidation !== 'Ignore',
    },
    async (info) => {
      try {
        if (flags.getBool('save-config')) setLastApplied(info.object!);
        if (dryRun !== 'client') {
          const client = await invocation.resource(info.mapping);
          info.object = await client.create(info.namespace, info.object!, {
            fieldManager: flags.getString('field-manager'),
            fieldValidation,
            isDryRun: dryRun === 'server',
          });
        }
      } catch (error) {
        throw withSource('creating', info.source, error as Error);
      }
      count++;
      invocation.print(printer.print(info.object!));
    },
  );
  if (count === 0) throw new CommandError('no objects passed to create');
}
