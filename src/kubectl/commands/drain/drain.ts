import type { Pod } from '../../../api/generated/types.ts';
import type { Command } from '../../command/command.ts';
import { declareChunkSizeFlag, declareDryRunFlag, declareSelectorFlag } from '../../command/common-flags.ts';
import { Deadline } from '../../command/deadline.ts';
import type { Invocation } from '../../command/invocation.ts';
import { CommandError, ErrorList, joinErrors } from '../../errors/command-error.ts';
import { cordonNodes, printNode } from './cordon.ts';
import { nodeArguments } from './node-arguments.ts';
import { byText, judgePod, type PodVerdict } from './pod-filters.ts';
import { PodRemover } from './remove-pods.ts';

/** Upstream: kubectl/pkg/cmd/drain/drain.go */
export const drainCommand: Command = {
  name: 'drain',
  short: 'Drain node in preparation for maintenance',
  long: `Drain node in preparation for maintenance.

The node takes no new pods from now on, and its pods are evicted, as far as disruption budgets allow; with --disable-eviction they are deleted. Mirror pods stay: the API server cannot delete them. Pods of daemon sets stay too, since their controller would make them again at once, and without --ignore-daemonsets they keep the node from being drained. So do pods that nobody would make again elsewhere, without --force.

The command waits until the pods have ended. Leave the machine alone until it is through.

When the node is ready again, let it take pods with kubectl uncordon.`,
  examples: `# Even if it has pods without a controller
kubectl drain foo --force

# Only if it has none; a quarter of an hour to end
kubectl drain foo --grace-period=900`,
  usage: 'drain NODE',
  hasOwnFlagsInUsage: true,
  declare(flags) {
    flags.bool('force', 'Go on even if there are pods without a controller.');
    flags.bool('ignore-daemonsets', 'Pass over pods of daemon sets.');
    flags.bool('delete-emptydir-data', 'Go on even if pods have data in an emptyDir, which is lost.');
    flags.integer('grace-period', "Seconds that each pod has to end; negative for the pod's own.", { initial: -1 });
    flags.duration('timeout', 'How long to try; 0 for as long as it takes');
    flags.string('pod-selector', 'Labels of the pods that have to go.');
    flags.bool('disable-eviction', 'Delete pods instead of evicting them. Disruption budgets are not asked then.');
    flags.integer(
      'skip-wait-for-delete-timeout',
      "Don't wait for pods that have been ending for more seconds than these.",
    );
    declareChunkSizeFlag(flags);
    declareDryRunFlag(flags);
    declareSelectorFlag(flags);
  },
  run: drain,
};

async function drain(invocation: Invocation): Promise<void> {
  const nodes = await nodeArguments(invocation);
  await cordonNodes(invocation, nodes, true);
  const failures: Error[] = [];
  const remaining: string[] = [];
  for (const node of nodes) {
    try {
      await drainNode(invocation, node.name);
      printNode(invocation, node, 'drained');
    } catch (error) {
      if (invocation.io.signal.aborted) throw error;
      invocation.complain(
        `error: unable to drain node ${JSON.stringify(node.name)} due to error: ${(error as Error).message}, continuing command...\n`,
      );
      failures.push(error as Error);
      remaining.push(node.name);
    }
  }
  if (remaining.length === 0) return;
  invocation.complain(`There are pending nodes to be drained:\n${remaining.map((name) => ` ${name}\n`).join('')}`);
  throw new ErrorList(failures);
}

async function drainNode(invocation: Invocation, nodeName: string): Promise<void> {
  const { flags } = invocation;
  const verdicts = await judgePods(invocation, nodeName);
  const problems = problemsOf(verdicts);
  if (problems.length > 0) throw new ErrorList(problems);
  const warnings = byText(verdicts, ({ warning }) => warning);
  if (warnings.length > 0) invocation.warn(warnings.join('; '));
  const pods = toDelete(verdicts);
  if (invocation.dryRun() === 'client') {
    for (const { metadata } of pods)
      invocation.print(`evicting pod ${metadata.namespace}/${metadata.name} (dry run)\n`);
    return;
  }
  const deadline = new Deadline(invocation, flags.getNumber('timeout') || undefined);
  try {
    const mapping = await invocation.mappingForKind('', 'Pod', 'v1');
    await new PodRemover(invocation, mapping, await invocation.resource(mapping), deadline).remove(pods);
  } catch (error) {
    if (invocation.io.signal.aborted) throw error;
    await reportPending(invocation, nodeName, error as Error);
    throw error;
  } finally {
    deadline.end();
  }
}

async function reportPending(invocation: Invocation, nodeName: string, error: Error): Promise<void> {
  const verdicts = await judgePods(invocation, nodeName);
  const pending = toDelete(verdicts);
  if (pending.length > 0) {
    invocation.complain(
      `There are pending pods in node ${JSON.stringify(nodeName)} when an error occurred: ${error.message}\n`,
    );
    for (const { metadata } of pending) invocation.complain(`pod/${metadata.name}\n`);
  }
  const problem = joinErrors(problemsOf(verdicts));
  if (problem) {
    invocation.complain(`Following errors occurred while getting the list of pods to delete:\n${problem.message}`);
  }
}

async function judgePods(invocation: Invocation, nodeName: string): Promise<readonly PodVerdict[]> {
  const { flags } = invocation;
  const pods = await invocation.resource(await invocation.mappingForKind('', 'Pod', 'v1'));
  const daemonSets = await invocation.resource(await invocation.mappingForKind('apps', 'DaemonSet', 'v1'));
  const labelSelector = flags.getString('pod-selector');
  const found = await pods.listAll('', {
    fieldSelector: `spec.nodeName=${nodeName}`,
    ...(labelSelector !== '' && { labelSelector }),
  });
  const options = {
    isForced: flags.getBool('force'),
    ignoresDaemonSets: flags.getBool('ignore-daemonsets'),
    deletesLocalData: flags.getBool('delete-emptydir-data'),
    skipAfterSeconds: flags.getNumber('skip-wait-for-delete-timeout'),
    nowMs: invocation.nowMs(),
    findDaemonSet: (namespace: string, name: string) => daemonSets.get(namespace, name),
  };
  const verdicts: PodVerdict[] = [];
  for (const pod of found) verdicts.push(await judgePod(pod as unknown as Pod, options));
  return verdicts;
}

function problemsOf(verdicts: readonly PodVerdict[]): readonly Error[] {
  return byText(verdicts, ({ problem }) => problem).map((text) => new CommandError(`cannot delete ${text}`));
}

function toDelete(verdicts: readonly PodVerdict[]): readonly Pod[] {
  return verdicts.filter(({ deletes }) => deletes).map(({ pod }) => pod);
}
