import type { Deployment } from '../../../api/generated/types.ts';
import { rfc3339 } from '../../../api/index.ts';
import type { Command } from '../../command/command.ts';
import { declareFieldManagerFlag } from '../../command/common-flags.ts';
import type { Invocation } from '../../command/invocation.ts';
import { throwJoined } from '../../errors/command-error.ts';
import { declarePrintFlags, printerOf } from '../../printers/print-flags.ts';
import type { ResourceInfo } from '../../resource/resource-info.ts';
import { groupResourceOf } from '../../rest/rest-mapper.ts';
import { declareTargetFlags, rolloutTargets } from './rollout-targets.ts';

/** Why a change cannot be made; printed behind the object's name. */
class Refusal extends Error {
  override readonly name = 'Refusal';
}

interface Change {
  readonly done: string;
  /** Throws Refusal. */
  readonly patch: (info: ResourceInfo, invocation: Invocation) => object;
}

function rolloutCommand(texts: Pick<Command, 'name' | 'short' | 'long' | 'examples'>, change: Change): Command {
  return {
    ...texts,
    usage: `${texts.name} RESOURCE`,
    hasOwnFlagsInUsage: true,
    declare(flags) {
      declareTargetFlags(flags);
      declarePrintFlags(flags);
      declareFieldManagerFlag(flags, 'kubectl-rollout');
    },
    run: (invocation) => changeAll(invocation, change),
  };
}

async function changeAll(invocation: Invocation, change: Change): Promise<void> {
  const { infos, error } = await rolloutTargets(invocation);
  const errors = error ? [error] : [];
  if (infos.length === 0 && !error) {
    invocation.complain(`No resources found in ${await invocation.namespace()} namespace.\n`);
    return;
  }
  for (const info of infos) {
    try {
      await changeOne(invocation, info, change);
    } catch (thrown) {
      const failure = thrown as Error;
      const resource = `error: ${groupResourceOf(info.mapping)} ${JSON.stringify(info.name)}`;
      errors.push(
        failure instanceof Refusal
          ? new Error(`${resource} ${failure.message}`)
          : new Error(`failed to patch: ${failure.message}`),
      );
    }
  }
  throwJoined(errors);
}

async function changeOne(invocation: Invocation, info: ResourceInfo, { done, patch }: Change): Promise<void> {
  const client = await invocation.resource(info.mapping);
  const fieldManager = invocation.flags.getString('field-manager');
  const object = await client.patch(info.namespace, info.name, 'strategic', patch(info, invocation), { fieldManager });
  const printer = await printerOf(invocation, { operation: done, isTyped: true });
  invocation.print(printer.print(object));
}

const asDeployment = ({ mapping, object }: ResourceInfo) =>
  mapping.group === 'apps' && mapping.kind === 'Deployment' ? (object as unknown as Deployment) : undefined;

/** Upstream: kubectl/pkg/cmd/rollout/rollout_pause.go */
export const pauseCommand = rolloutCommand(
  {
    name: 'pause',
    short: 'Mark the provided resource as paused',
    long: `Mark the provided resource as paused.

The controller does not roll out changes of a paused resource. "kubectl rollout resume" ends the pause. Only deployments can be paused.`,
    examples: `# Changes of this deployment wait from now on
kubectl rollout pause deployment/nginx`,
  },
  {
    done: 'paused',
    patch(info) {
      const deployment = asDeployment(info);
      if (!deployment) throw new Refusal('pausing is not supported');
      if (deployment.spec.paused) throw new Refusal('is already paused');
      return { spec: { paused: true } };
    },
  },
);

/** Upstream: kubectl/pkg/cmd/rollout/rollout_resume.go */
export const resumeCommand = rolloutCommand(
  {
    name: 'resume',
    short: 'Resume a paused resource',
    long: `Resume a paused resource.

The controller rolls out what has changed meanwhile. Only deployments can be resumed.`,
    examples: `# Roll out what has waited
kubectl rollout resume deployment/nginx`,
  },
  {
    done: 'resumed',
    patch(info) {
      const deployment = asDeployment(info);
      if (!deployment) throw new Refusal('resuming is not supported');
      if (!deployment.spec.paused) throw new Refusal('is not paused');
      return { spec: { paused: null } };
    },
  },
);

const restartable = new Set(['Deployment', 'DaemonSet', 'StatefulSet']);

/** Upstream: kubectl/pkg/cmd/rollout/rollout_restart.go */
export const restartCommand = rolloutCommand(
  {
    name: 'restart',
    short: 'Restart a resource',
    long: `Restart a resource.

Its pods are replaced as in a rollout.`,
    examples: `# Restart all deployments of a namespace
kubectl rollout restart deployment -n test-namespace

# Restart one
kubectl rollout restart deployment/nginx

# Those with a label
kubectl rollout restart deployment --selector=app=nginx`,
  },
  {
    done: 'restarted',
    patch(info, invocation) {
      if (info.mapping.group !== 'apps' || !restartable.has(info.mapping.kind))
        throw new Refusal('restarting is not supported');
      if (asDeployment(info)?.spec.paused)
        throw new Refusal("can't restart paused deployment (run rollout resume first)");
      const annotations = { 'kubectl.kubernetes.io/restartedAt': rfc3339(invocation.nowMs()) };
      return { spec: { template: { metadata: { annotations } } } };
    },
  },
);
