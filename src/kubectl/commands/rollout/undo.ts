import type { Deployment, PodTemplateSpec, ReplicaSet } from '../../../api/generated/types.ts';
import { jsonEqual } from '../../../api/index.ts';
import type { Command } from '../../command/command.ts';
import { declareDryRunFlag } from '../../command/common-flags.ts';
import type { Invocation } from '../../command/invocation.ts';
import { CommandError } from '../../errors/command-error.ts';
import { declarePrintFlags, printerOf } from '../../printers/print-flags.ts';
import type { ResourceInfo } from '../../resource/resource-info.ts';
import { templateText } from './history.ts';
import { revisionAnnotation, revisionsOf } from './revisions.ts';
import { declareTargetFlags, rolloutTargets } from './rollout-targets.ts';

/** Upstream: kubectl/pkg/cmd/rollout/rollout_undo.go */
export const undoCommand: Command = {
  name: 'undo',
  short: 'Undo a previous rollout',
  long: 'Roll back to a previous rollout.',
  examples: `# Back to the revision before
kubectl rollout undo deployment/abc

# Back to revision 3
kubectl rollout undo daemonset/abc --to-revision=3

# See what it would be
kubectl rollout undo --dry-run=server deployment/abc`,
  usage: 'undo (TYPE NAME | TYPE/NAME) [flags]',
  hasOwnFlagsInUsage: true,
  declare(flags) {
    declareTargetFlags(flags);
    declarePrintFlags(flags);
    declareDryRunFlag(flags);
    flags.integer('to-revision', 'The revision to go back to; 0 for the one before.', { type: 'int64' });
  },
  run: undo,
};

async function undo(invocation: Invocation): Promise<void> {
  const dryRun = invocation.dryRun();
  const { infos, error } = await rolloutTargets(invocation);
  for (const info of infos) {
    const suffix = { none: '', client: ' (dry run)', server: ' (server dry run)' }[dryRun];
    const result = await rollBack(invocation, info);
    const printer = await printerOf(invocation, { operation: `${result}${suffix}`, isTyped: true });
    invocation.print(printer.print(info.object!));
  }
  if (error) throw error;
}

async function rollBack(invocation: Invocation, info: ResourceInfo): Promise<string> {
  const { kind, group } = info.mapping;
  if (kind !== 'Deployment' || group !== 'apps') {
    throw new CommandError(`no rollbacker has been implemented for "${kind}${group && `.${group}`}"`);
  }
  const deployment = info.object as unknown as Deployment;
  const revision = invocation.flags.getNumber('to-revision');
  const target = await targetOf(invocation, deployment, revision);
  const dryRun = invocation.dryRun();
  if (dryRun === 'client') return templateText(target);
  if (deployment.spec.paused) {
    throw new CommandError(
      "you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again",
    );
  }
  const template = withoutHash(target.spec.template ?? {});
  if (jsonEqual(template, withoutHash(deployment.spec.template))) {
    return `skipped rollback (current template already matches revision ${revision})`;
  }
  const patch = [
    { op: 'replace', path: '/spec/template', value: template },
    { op: 'replace', path: '/metadata/annotations', value: annotationsOf(deployment, target) },
  ];
  const client = await invocation.resource(info.mapping);
  try {
    await client.patch(info.namespace, info.name, 'json', patch, { isDryRun: dryRun === 'server' });
  } catch (error) {
    throw new CommandError(`failed restoring revision ${revision}: ${(error as Error).message}`);
  }
  return 'rolled back';
}

async function targetOf(invocation: Invocation, deployment: Deployment, revision: number): Promise<ReplicaSet> {
  const revisions = revision < 0 ? new Map<number, ReplicaSet>() : await revisionsOf(invocation, deployment);
  if (revision !== 0) {
    const found = revisions.get(revision);
    if (!found) throw new CommandError(`unable to find specified revision ${revision} in history`);
    return found;
  }
  const previous = [...revisions.values()].at(-2);
  if (!previous)
    throw new CommandError(`no rollout history found for deployment ${JSON.stringify(deployment.metadata.name)}`);
  return previous;
}

function withoutHash(template: PodTemplateSpec): PodTemplateSpec {
  const { 'pod-template-hash': _, ...labels } = template.metadata?.labels ?? {};
  return { ...template, metadata: { ...template.metadata, labels } };
}

/** Annotations that belong to the deployment; all others come back with the old revision. */
const ownAnnotations = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  revisionAnnotation,
  'deployment.kubernetes.io/revision-history',
  'deployment.kubernetes.io/desired-replicas',
  'deployment.kubernetes.io/max-replicas',
  'deprecated.deployment.rollback.to',
]);

function annotationsOf(deployment: Deployment, target: ReplicaSet): Record<string, string> {
  const own = Object.entries(deployment.metadata.annotations ?? {}).filter(([key]) => ownAnnotations.has(key));
  const old = Object.entries(target.metadata.annotations ?? {}).filter(([key]) => !ownAnnotations.has(key));
  return Object.fromEntries([...own, ...old]);
}
