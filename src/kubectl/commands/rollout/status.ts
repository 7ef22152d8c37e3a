import type { DaemonSet, Deployment, StatefulSet } from '../../../api/generated/types.ts';
import type { Command } from '../../command/command.ts';
import { Deadline } from '../../command/deadline.ts';
import type { Invocation } from '../../command/invocation.ts';
import { CommandError } from '../../errors/command-error.ts';
import type { JsonObject } from '../../resource/json.ts';
import type { ResourceInfo } from '../../resource/resource-info.ts';
import { waitForObject } from '../wait/wait-for-object.ts';
import { revisionAnnotation } from './revisions.ts';
import { declareTargetFlags, rolloutTargets } from './rollout-targets.ts';

/** Upstream: kubectl/pkg/cmd/rollout/rollout_status.go */
export const statusCommand: Command = {
  name: 'status',
  short: 'Show the status of the rollout',
  long: `Show the status of the rollout.

It watches the latest rollout until it is done; with --watch=false it says how things are and ends. A rollout that is overtaken by a new one goes on with that one, unless --revision names the one to watch.`,
  examples: `# Watch the rollout of a deployment
kubectl rollout status deployment/nginx`,
  usage: 'status (TYPE NAME | TYPE/NAME) [flags]',
  hasOwnFlagsInUsage: true,
  declare(flags) {
    declareTargetFlags(flags);
    flags.integer('revision', 'The revision to watch; 0 for the latest.', { type: 'int64' });
    flags.duration('timeout', 'How long to watch; zero means without end. With a unit: 1s, 2m, 3h.');
    flags.bool('watch', 'Watch until the rollout is done.', { initial: true, short: 'w' });
  },
  run: status,
};

async function status(invocation: Invocation): Promise<void> {
  const { flags } = invocation;
  const revision = flags.getNumber('revision');
  if (revision < 0) throw new CommandError(`revision must be a positive integer: ${revision}`);
  const { infos, error } = await rolloutTargets(invocation);
  if (error) throw error;
  for (const info of infos) await watchRollout(invocation, info, revision);
  if (infos.length === 0) invocation.complain(`No resources found in ${await invocation.namespace()} namespace.\n`);
}

async function watchRollout(invocation: Invocation, info: ResourceInfo, revision: number): Promise<void> {
  const view = viewFor(info);
  const timeoutMs = invocation.flags.getNumber('timeout');
  const deadline = new Deadline(invocation, timeoutMs === 0 ? undefined : timeoutMs);
  try {
    await waitForObject(invocation, info, deadline, {
      whenMissing: 'fail',
      isDone(object) {
        if (!object) throw new CommandError('object has been deleted');
        const { text, isDone } = view(object, revision);
        invocation.print(text);
        return isDone || !invocation.flags.getBool('watch');
      },
    });
  } catch (error) {
    if (deadline.isExpired) throw new CommandError('timed out waiting for the condition');
    throw error;
  } finally {
    deadline.end();
  }
}

interface RolloutView {
  readonly text: string;
  readonly isDone: boolean;
}

const waiting = (text: string): RolloutView => ({ text: `${text}\n`, isDone: false });
const done = (text: string): RolloutView => ({ text: `${text}\n`, isDone: true });

/** Upstream: kubectl/pkg/polymorphichelpers/rollout_status.go */
function viewFor({ mapping }: ResourceInfo): (object: JsonObject, revision: number) => RolloutView {
  const { kind, group } = mapping;
  if (group === 'apps' && kind === 'Deployment')
    return (object, revision) => deploymentView(object as unknown as Deployment, revision);
  if (group === 'apps' && kind === 'DaemonSet') return (object) => daemonSetView(object as unknown as DaemonSet);
  if (group === 'apps' && kind === 'StatefulSet') return (object) => statefulSetView(object as unknown as StatefulSet);
  throw new CommandError(`no status viewer has been implemented for ${kind}${group && `.${group}`}`);
}

function deploymentView({ metadata, spec, status: seen }: Deployment, revision: number): RolloutView {
  const name = JSON.stringify(metadata.name);
  if (revision > 0) {
    const current = Number(metadata.annotations?.[revisionAnnotation] ?? 0);
    if (current !== revision) {
      throw new CommandError(`desired revision (${revision}) is different from the running revision (${current})`);
    }
  }
  if ((metadata.generation ?? 0) > (seen.observedGeneration ?? 0))
    return waiting('Waiting for deployment spec update to be observed...');
  const progressing = seen.conditions?.find(({ type }) => type === 'Progressing');
  if (progressing?.reason === 'ProgressDeadlineExceeded')
    throw new CommandError(`deployment ${name} exceeded its progress deadline`);
  const { updatedReplicas: updated = 0, replicas = 0, availableReplicas: available = 0 } = seen;
  const prefix = `Waiting for deployment ${name} rollout to finish:`;
  if (spec.replicas !== undefined && updated < spec.replicas) {
    return waiting(`${prefix} ${updated} out of ${spec.replicas} new replicas have been updated...`);
  }
  if (replicas > updated) return waiting(`${prefix} ${replicas - updated} old replicas are pending termination...`);
  if (available < updated) return waiting(`${prefix} ${available} of ${updated} updated replicas are available...`);
  return done(`deployment ${name} successfully rolled out`);
}

function daemonSetView({ metadata, spec, status: seen }: DaemonSet): RolloutView {
  const name = JSON.stringify(metadata.name);
  if (spec.updateStrategy?.type !== 'RollingUpdate') {
    throw new CommandError('rollout status is only available for RollingUpdate strategy type');
  }
  if ((metadata.generation ?? 0) > (seen.observedGeneration ?? 0))
    return waiting('Waiting for daemon set spec update to be observed...');
  const desired = seen.desiredNumberScheduled;
  const { updatedNumberScheduled: updated = 0, numberAvailable: available = 0 } = seen;
  const prefix = `Waiting for daemon set ${name} rollout to finish:`;
  if (updated < desired) return waiting(`${prefix} ${updated} out of ${desired} new pods have been updated...`);
  if (available < desired) return waiting(`${prefix} ${available} of ${desired} updated pods are available...`);
  return done(`daemon set ${name} successfully rolled out`);
}

function statefulSetView({ metadata, spec, status: seen }: StatefulSet): RolloutView {
  if (spec.updateStrategy?.type !== 'RollingUpdate') {
    throw new CommandError('rollout status is only available for RollingUpdate strategy type');
  }
  const observed = seen.observedGeneration ?? 0;
  if (observed === 0 || (metadata.generation ?? 0) > observed)
    return waiting('Waiting for statefulset spec update to be observed...');
  const { readyReplicas: ready = 0, updatedReplicas: updated = 0 } = seen;
  if (spec.replicas !== undefined && ready < spec.replicas)
    return waiting(`Waiting for ${spec.replicas - ready} pods to be ready...`);
  const rolling = spec.updateStrategy.rollingUpdate;
  if (rolling) {
    const wanted = (spec.replicas ?? 0) - (rolling.partition ?? 0);
    if (spec.replicas !== undefined && rolling.partition !== undefined && updated < wanted) {
      return waiting(
        `Waiting for partitioned roll out to finish: ${updated} out of ${wanted} new pods have been updated...`,
      );
    }
    return done(`partitioned roll out complete: ${updated} new pods have been updated...`);
  }
  if (seen.updateRevision !== seen.currentRevision) {
    return waiting(
      `waiting for statefulset rolling update to complete ${updated} pods at revision ${seen.updateRevision}...`,
    );
  }
  return done(
    `statefulset rolling update complete ${seen.currentReplicas ?? 0} pods at revision ${seen.currentRevision}...`,
  );
}
