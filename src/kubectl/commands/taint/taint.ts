import type { Taint } from '../../../api/generated/types.ts';
import type { Command } from '../../command/command.ts';
import {
  declareDryRunFlag,
  declareFieldManagerFlag,
  declareSelectorFlag,
  declareValidateFlag,
} from '../../command/common-flags.ts';
import type { Invocation } from '../../command/invocation.ts';
import { CommandError } from '../../errors/command-error.ts';
import { declarePrintFlags, printerOf } from '../../printers/print-flags.ts';
import { cloneJson, deleteAt, objectsAt, setAt, type JsonValue } from '../../resource/json.ts';
import { visitResources } from '../../resource/resource-builder.ts';
import { sendChange } from '../set/send-change.ts';
import { changeTaints } from './change-taints.ts';
import { parseTaints, type TaintChanges } from './parse-taints.ts';

/** Upstream: kubectl/pkg/cmd/taint/taint.go */
export const taintCommand: Command = {
  name: 'taint',
  short: 'Update the taints on one or more nodes',
  long: `Update the taints on one or more nodes.

A taint has a key, a value and an effect, written key=value:effect. The key begins with a letter or a digit and may hold letters, digits, hyphens, dots and underscores; a DNS subdomain and a slash may stand before it, like example.com/my-app. The value may be missing. The effect is NoSchedule, PreferNoSchedule or NoExecute.`,
  examples: `# A taint with key 'dedicated', value 'special-user' and effect 'NoSchedule' for the node 'foo'
kubectl taint nodes foo dedicated=special-user:NoSchedule

# Take the taint with this key and effect away
kubectl taint nodes foo dedicated:NoSchedule-

# All taints with this key
kubectl taint nodes foo dedicated-

# For nodes with a label
kubectl taint node -l myLabel=X  dedicated=foo:PreferNoSchedule

# Without a value
kubectl taint nodes foo bar:NoSchedule`,
  usage: 'taint NODE NAME KEY_1=VAL_1:TAINT_EFFECT_1 ... KEY_N=VAL_N:TAINT_EFFECT_N',
  hasOwnFlagsInUsage: true,
  declare(flags) {
    declarePrintFlags(flags);
    declareDryRunFlag(flags);
    declareValidateFlag(flags);
    declareSelectorFlag(flags);
    declareFieldManagerFlag(flags, 'kubectl-taint');
    flags.bool('all', 'All nodes of the cluster');
    flags.bool('overwrite', 'Change taints that are there already; without it that is refused.');
  },
  run: taint,
};

async function taint(invocation: Invocation): Promise<void> {
  const { flags } = invocation;
  const dryRun = invocation.dryRun();
  invocation.fieldValidation();
  const { resources, specs } = splitArguments(invocation.arguments);
  const changes = parsed(invocation, specs);
  await check(invocation, resources, changes);
  const selector = flags.getString('selector');
  const selects = selector !== '' || flags.getBool('all');
  const options = {
    arguments: selects ? ['node'] : resources.slice(1).map((name) => (name.includes('/') ? name : `node/${name}`)),
    namespace: await invocation.namespace(),
    labelSelector: selector,
    selectsAll: flags.getBool('all'),
    flattens: true,
    fetchesLatest: true,
    continuesOnError: true,
  };
  await visitResources(invocation, options, async (info) => {
    const current = objectsAt(info.object, 'spec', 'taints') as unknown as readonly Taint[];
    const { taints, operation } = changeTaints(info.name, current, changes, flags.getBool('overwrite'));
    const wanted = cloneJson(info.object!);
    if (taints.length > 0) setAt(wanted, taints as unknown as JsonValue, 'spec', 'taints');
    else deleteAt(wanted, 'spec', 'taints');
    const printer = await printerOf(invocation, { operation, isTyped: true });
    const object = dryRun === 'client' ? wanted : await sendChange(invocation, info, wanted, dryRun === 'server');
    invocation.print(printer.print(object));
  });
}

/** Nodes first, then taints. */
function splitArguments(words: readonly string[]): { readonly resources: string[]; readonly specs: string[] } {
  const resources: string[] = [];
  const specs: string[] = [];
  for (const word of words) {
    if (/[=:]|-$/.test(word)) specs.push(word);
    else if (specs.length === 0) resources.push(word);
    else throw new CommandError(`all resources must be specified before taint changes: ${word}`);
  }
  if (resources.length === 0) throw new CommandError('one or more resources must be specified as <resource> <name>');
  if (specs.length === 0) throw new CommandError('at least one taint update is required');
  return { resources, specs };
}

function parsed(invocation: Invocation, specs: readonly string[]): TaintChanges {
  try {
    return parseTaints(specs);
  } catch (error) {
    throw invocation.usageError((error as Error).message);
  }
}

async function check(
  invocation: Invocation,
  resources: readonly string[],
  { added, removed }: TaintChanges,
): Promise<void> {
  const { flags } = invocation;
  const type = resources[0]!.toLowerCase();
  const { kind } = await invocation.mappingFor(type);
  if (kind !== 'Node') throw new CommandError(`invalid resource type ${type}, only node types are supported`);
  const conflicts = added.flatMap((taint) =>
    removed
      .filter(({ key, effect }) => key === taint.key && (effect === undefined || effect === taint.effect))
      .map(({ key, effect }) => `${key}=${effect ?? ''}`),
  );
  if (conflicts.length > 0) {
    throw new CommandError(
      `can not both modify and remove the following taint(s) in the same command: ${conflicts.join(', ')}`,
    );
  }
  const selector = flags.getString('selector');
  if (flags.getBool('all') && selector !== '') {
    throw new CommandError("setting 'all' parameter with a non empty selector is prohibited");
  }
  if (!flags.getBool('all') && selector === '' && resources.length < 2) {
    throw new CommandError("at least one resource name must be specified since 'all' parameter is not set");
  }
}
