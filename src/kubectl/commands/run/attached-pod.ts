import type { Pod } from '../../../api/generated/types.ts';
import { notFound } from '../../../api/index.ts';
import { Deadline } from '../../command/deadline.ts';
import type { Invocation } from '../../command/invocation.ts';
import { CommandError, ExitStatus } from '../../errors/command-error.ts';
import { messageOf } from '../../errors/report.ts';
import { attachToContainer } from '../../pods/attach-session.ts';
import { chooseContainer } from '../../pods/containers.ts';
import type { JsonObject } from '../../resource/json.ts';
import type { ResourceInfo } from '../../resource/resource-info.ts';
import { waitForObject } from '../wait/wait-for-object.ts';

/**
 * Waits until the pod runs and attaches to it; prints its log where it has ended already.
 * Upstream: kubectl/pkg/cmd/run/run.go handleAttachPod
 */
export async function joinPod(invocation: Invocation, info: ResourceInfo): Promise<void> {
  const { flags } = invocation;
  const isQuiet = flags.getBool('quiet');
  const pod = await waitForPod(invocation, info, (each) => isCompleted(each) || isRunningAndReady(each));
  if (isCompleted(pod)) return printLog(invocation, pod, isQuiet);
  try {
    await attachToContainer(invocation, {
      pod,
      container: '',
      stdin: flags.getBool('stdin'),
      tty: flags.getBool('tty'),
      isQuiet,
    });
  } catch (error) {
    if (invocation.io.signal.aborted) throw error;
    invocation.complain(
      `warning: couldn't attach to pod/${info.name}, falling back to streaming logs: ${messageOf(error as Error)}\n`,
    );
    await printLog(invocation, pod, isQuiet);
  }
}

/** Ends as the pod ended. */
export async function endAsPod(invocation: Invocation, info: ResourceInfo, restartPolicy: string): Promise<void> {
  const isOver = restartPolicy === 'OnFailure' ? ({ status }: Pod) => status.phase === 'Succeeded' : isCompleted;
  const { metadata, status } = await waitForPod(invocation, info, isOver);
  if (status.phase === 'Succeeded') return;
  const name = `pod ${metadata.namespace}/${metadata.name}`;
  const terminated = status.containerStatuses?.[0]?.state?.terminated;
  if (!terminated?.exitCode) throw new CommandError(`${name} failed with unknown exit code`);
  const text = `${name} terminated (${terminated.reason ?? ''})\n${terminated.message ?? ''}`;
  throw new ExitStatus(terminated.exitCode, text);
}

async function waitForPod(invocation: Invocation, info: ResourceInfo, isDone: (pod: Pod) => boolean): Promise<Pod> {
  const deadline = new Deadline(invocation, invocation.flags.getNumber('pod-running-timeout'));
  try {
    const pod = await waitForObject(invocation, info, deadline, {
      whenMissing: 'fail',
      isDone: (object: JsonObject | undefined) => {
        if (!object) throw notFound({ group: '', resource: 'pods' }, '');
        return isDone(object as unknown as Pod);
      },
    });
    return pod as unknown as Pod;
  } catch (error) {
    throw deadline.isExpired ? new CommandError('timed out waiting for the condition') : error;
  } finally {
    deadline.end();
  }
}

function isCompleted({ status }: Pod): boolean {
  return status.phase === 'Succeeded' || status.phase === 'Failed';
}

function isRunningAndReady({ status }: Pod): boolean {
  const isReady = status.conditions?.some((each) => each.type === 'Ready' && each.status === 'True') ?? false;
  return status.phase === 'Running' && isReady;
}

async function printLog(invocation: Invocation, pod: Pod, isQuiet: boolean): Promise<void> {
  const container = chooseContainer(pod, '', (text) => {
    if (!isQuiet) invocation.complain(text);
  });
  const { namespace, name } = pod.metadata;
  const client = await invocation.client();
  const path = `/api/v1/namespaces/${namespace}/pods/${name}/log`;
  invocation.print(await client.text({ path, query: { container: container.name } }));
}
