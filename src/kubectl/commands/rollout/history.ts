import type { Deployment, ReplicaSet } from '../../../api/generated/types.ts';
import type { Command } from '../../command/command.ts';
import type { Invocation } from '../../command/invocation.ts';
import { DescribePage } from '../../describe/page.ts';
import { writePodTemplate } from '../../describe/pod-template.ts';
import { CommandError } from '../../errors/command-error.ts';
import { NamePrinter } from '../../printers/name-printer.ts';
import { declarePrintFlags, printerOf } from '../../printers/print-flags.ts';
import type { JsonObject } from '../../resource/json.ts';
import type { ResourceInfo } from '../../resource/resource-info.ts';
import { revisionsOf } from './revisions.ts';
import { declareTargetFlags, rolloutTargets } from './rollout-targets.ts';

const changeCause = 'kubernetes.io/change-cause';

/** Upstream: kubectl/pkg/cmd/rollout/rollout_history.go */
export const historyCommand: Command = {
  name: 'history',
  short: 'View rollout history',
  long: 'View previous rollout revisions and configurations.',
  examples: `# The revisions of a deployment
kubectl rollout history deployment/abc

# What revision 3 was
kubectl rollout history daemonset/abc --revision=3`,
  usage: 'history (TYPE NAME | TYPE/NAME) [flags]',
  hasOwnFlagsInUsage: true,
  declare(flags) {
    declareTargetFlags(flags);
    declarePrintFlags(flags);
    flags.integer('revision', 'Show what this revision was, with its pod template', { type: 'int64' });
  },
  run: history,
};

async function history(invocation: Invocation): Promise<void> {
  const { flags } = invocation;
  const revision = flags.getNumber('revision');
  if (revision < 0) throw new CommandError(`revision must be a positive integer: ${revision}`);
  const { infos, error } = await rolloutTargets(invocation);
  for (const info of infos) {
    const revisions = await historyOf(invocation, info);
    if (flags.getString('output') !== '') await printObjects(invocation, revisions, revision);
    else invocation.print(overview(info, revisions, revision));
  }
  if (error) throw error;
}

async function historyOf(invocation: Invocation, info: ResourceInfo): Promise<ReadonlyMap<number, ReplicaSet>> {
  const { kind, group } = info.mapping;
  if (kind === 'Deployment' && group === 'apps') return revisionsOf(invocation, info.object as unknown as Deployment);
  throw new CommandError(`no history viewer has been implemented for "${kind}${group && `.${group}`}"`);
}

async function printObjects(
  invocation: Invocation,
  revisions: ReadonlyMap<number, ReplicaSet>,
  revision: number,
): Promise<void> {
  const printer = await printerOf(invocation, { isTyped: true });
  const wanted = revision > 0 ? [found(revisions, revision)] : [...revisions.values()];
  for (const replicaSet of wanted) {
    const object: JsonObject = { ...(replicaSet as unknown as JsonObject), apiVersion: 'apps/v1', kind: 'ReplicaSet' };
    invocation.print(printer.print(object));
  }
}

function found(revisions: ReadonlyMap<number, ReplicaSet>, revision: number): ReplicaSet {
  const replicaSet = revisions.get(revision);
  if (!replicaSet) throw new CommandError('unable to find the specified revision');
  return replicaSet;
}

function overview(info: ResourceInfo, revisions: ReadonlyMap<number, ReplicaSet>, revision: number): string {
  const withRevision = revision > 0 ? `with revision #${revision}` : '';
  return new NamePrinter(`${withRevision}\n${details(revisions, revision)}`).print(info.object!);
}

function details(revisions: ReadonlyMap<number, ReplicaSet>, revision: number): string {
  if (revisions.size === 0) return 'No rollout history found.';
  if (revision > 0) return templateText(found(revisions, revision));
  const page = new DescribePage();
  page.write(0, 'REVISION\tCHANGE-CAUSE\n');
  for (const [number, { metadata }] of revisions)
    page.write(0, `${number}\t${metadata.annotations?.[changeCause] || '<none>'}\n`);
  return page.end();
}

/** The pod template as upstream prints it here: with tabs. */
export function templateText({ metadata, spec }: ReplicaSet): string {
  const page = new DescribePage(false);
  const cause = metadata.annotations?.[changeCause];
  const template = spec.template ?? {};
  const annotations = { ...template.metadata?.annotations, ...(cause && { [changeCause]: cause }) };
  writePodTemplate(page, { ...template, metadata: { ...template.metadata, annotations } });
  return page.end();
}
