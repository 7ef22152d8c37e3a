import type { Command } from '../../command/command.ts';
import { declareDryRunFlag, declareSelectorFlag } from '../../command/common-flags.ts';
import type { Invocation } from '../../command/invocation.ts';
import { NamePrinter } from '../../printers/name-printer.ts';
import { valueAt } from '../../resource/json.ts';
import type { ResourceInfo } from '../../resource/resource-info.ts';
import { nodeArguments } from './node-arguments.ts';

function cordonCommand(texts: Pick<Command, 'name' | 'short' | 'examples'>, isUnschedulable: boolean): Command {
  return {
    ...texts,
    usage: `${texts.name} NODE`,
    hasOwnFlagsInUsage: true,
    declare(flags) {
      declareSelectorFlag(flags);
      declareDryRunFlag(flags);
    },
    run: async (invocation) => cordonNodes(invocation, await nodeArguments(invocation), isUnschedulable),
  };
}

/** Upstream: kubectl/pkg/cmd/drain/drain.go */
export const cordon: Command = cordonCommand(
  {
    name: 'cordon',
    short: 'Mark node as unschedulable',
    examples: `# No new pods for the node "foo"
kubectl cordon foo`,
  },
  true,
);

/** Upstream: kubectl/pkg/cmd/drain/drain.go */
export const uncordon: Command = cordonCommand(
  {
    name: 'uncordon',
    short: 'Mark node as schedulable',
    examples: `# The node "foo" takes pods again
kubectl uncordon foo`,
  },
  false,
);

/** Marks nodes one after the other; a failure is told and passed over. Upstream: RunCordonOrUncordon */
export async function cordonNodes(
  invocation: Invocation,
  nodes: readonly ResourceInfo[],
  isUnschedulable: boolean,
): Promise<void> {
  const verb = isUnschedulable ? 'cordon' : 'uncordon';
  const dryRun = invocation.dryRun();
  for (const node of nodes) {
    const isDone = (valueAt(node.object, 'spec', 'unschedulable') ?? false) === isUnschedulable;
    if (!isDone && dryRun !== 'client') {
      try {
        const client = await invocation.resource(node.mapping);
        const patch = { spec: { unschedulable: isUnschedulable || null } };
        const isDryRun = dryRun === 'server';
        node.object = await client.patch('', node.name, 'strategic', patch, { isDryRun });
      } catch (error) {
        if (invocation.io.signal.aborted) throw error;
        invocation.complain(
          `error: unable to ${verb} node ${JSON.stringify(node.name)}: ${(error as Error).message}\n`,
        );
        continue;
      }
    }
    printNode(invocation, node, isDone ? `already ${verb}ed` : `${verb}ed`);
  }
}

/** `node/foo cordoned` */
export function printNode(invocation: Invocation, node: ResourceInfo, operation: string): void {
  const suffix = { none: '', client: ' (dry run)', server: ' (server dry run)' }[invocation.dryRun()];
  invocation.print(new NamePrinter(operation + suffix).print(node.object!));
}
