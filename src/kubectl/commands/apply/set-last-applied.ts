import type { Command } from '../../command/command.ts';
import { declareDryRunFlag } from '../../command/common-flags.ts';
import type { Invocation } from '../../command/invocation.ts';
import { CommandError } from '../../errors/command-error.ts';
import { declarePrintFlags, printerOf } from '../../printers/print-flags.ts';
import { lastAppliedAnnotation, lastAppliedOf, lastAppliedText } from '../../resource/last-applied.ts';
import { visitResources } from '../../resource/resource-builder.ts';
import type { ResourceInfo } from '../../resource/resource-info.ts';

/** Upstream: kubectl/pkg/cmd/apply/apply_set_last_applied.go */
export const setLastAppliedCommand: Command = {
  name: 'set-last-applied',
  short: 'Set the last-applied-configuration annotation on a live object to match the contents of a file',
  long: `Make the annotation with the last applied configuration match a file. Nothing else about the object changes: it is as if the file had been applied.`,
  examples: `# From a file
kubectl apply set-last-applied -f deploy.yaml

# From every file of a directory
kubectl apply set-last-applied -f path/

# Where there is no annotation yet
kubectl apply set-last-applied -f deploy.yaml --create-annotation=true`,
  usage: 'set-last-applied -f FILENAME',
  hasOwnFlagsInUsage: true,
  declare: (flags) => {
    declarePrintFlags(flags);
    declareDryRunFlag(flags);
    flags.bool('create-annotation', 'Make the annotation where an object has none');
    flags.stringSlice('filename', 'Files with the configurations', { short: 'f' });
  },
  run,
};

async function run(invocation: Invocation): Promise<void> {
  const { flags } = invocation;
  const dryRun = invocation.dryRun();
  const config = await invocation.config();
  const suffix = { none: '', client: ' (dry run)', server: ' (server dry run)' }[dryRun];
  const printer = await printerOf(invocation, { operation: `configured${suffix}` });
  const changes: { readonly info: ResourceInfo; readonly text: string }[] = [];
  await visitResources(
    invocation,
    {
      filenames: { filenames: flags.getStrings('filename'), kustomize: '', isRecursive: false },
      namespace: config.namespace,
      enforcesNamespace: config.isNamespaceExplicit,
      flattens: true,
    },
    async (info) => {
      const text = lastAppliedText(info.object!);
      const client = await invocation.resource(info.mapping);
      const current = await client.get(info.namespace, info.name);
      const kept = lastAppliedOf(current);
      if (kept === undefined && !flags.getBool('create-annotation')) {
        throw new CommandError(
          `no last-applied-configuration annotation found on resource: ${info.name}, to create the annotation, run the command with --create-annotation`,
        );
      }
      if (kept === text) invocation.print(`set-last-applied ${info.name}: no changes required.\n`);
      else changes.push({ info: { ...info, object: current }, text });
    },
  );
  for (const { info, text } of changes) {
    let object = info.object!;
    if (dryRun !== 'client') {
      const client = await invocation.resource(info.mapping);
      const patch = { metadata: { annotations: { [lastAppliedAnnotation]: text } } };
      object = await client.patch(info.namespace, info.name, 'merge', patch, { isDryRun: dryRun === 'server' });
    }
    invocation.print(printer.print(object));
  }
}
