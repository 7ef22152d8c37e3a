import type { ContainerStatus, Pod } from '../../../api/generated/types.ts';
import { notFound } from '../../../api/index.ts';
import { Deadline } from '../../command/deadline.ts';
import type { Invocation } from '../../command/invocation.ts';
import { messageOf } from '../../errors/report.ts';
import { attachToContainer } from '../../pods/attach-session.ts';
import type { JsonObject } from '../../resource/json.ts';
import { waitForObject } from '../wait/wait-for-object.ts';

/** Waits until a container runs and attaches to it; prints its log where it has ended already. */
export async function joinContainer(invocation: Invocation, created: Pod, container: string): Promise<void> {
  const { flags } = invocation;
  const isQuiet = flags.getBool('quiet');
  const pod = await waitForContainer(invocation, created, container);
  if (statusOf(pod, container)?.state?.terminated) return printLog(invocation, pod, container);
  try {
    const [stdin, tty] = [flags.getBool('stdin'), flags.getBool('tty')];
    await attachToContainer(invocation, { pod, container, stdin, tty, isQuiet });
  } catch (error) {
    if (invocation.io.signal.aborted) throw error;
    const { name } = pod.metadata;
    invocation.complain(
      `warning: couldn't attach to pod/${name}, falling back to streaming logs: ${messageOf(error as Error)}\n`,
    );
    await printLog(invocation, pod, container);
  }
}

async function waitForContainer(invocation: Invocation, { metadata }: Pod, container: string): Promise<Pod> {
  const mapping = await invocation.mappingFor('pods');
  const info = { mapping, namespace: metadata.namespace ?? '', name: metadata.name, source: '' };
  const deadline = new Deadline(invocation, undefined);
  try {
    const pod = await waitForObject(invocation, info, deadline, {
      whenMissing: 'fail',
      isDone: (object: JsonObject | undefined) => {
        if (!object) throw notFound({ group: '', resource: 'pods' }, '');
        const state = statusOf(object as unknown as Pod, container)?.state;
        if (state?.running || state?.terminated) return true;
        const why = state?.waiting?.message;
        if (why && !invocation.flags.getBool('quiet')) invocation.warn(`container ${container}: ${why}`);
        return false;
      },
    });
    return pod as unknown as Pod;
  } finally {
    deadline.end();
  }
}

function statusOf({ status }: Pod, container: string): ContainerStatus | undefined {
  const all = [status.initContainerStatuses, status.containerStatuses, status.ephemeralContainerStatuses];
  return all.flatMap((list) => list ?? []).find(({ name }) => name === container);
}

async function printLog(invocation: Invocation, { metadata }: Pod, container: string): Promise<void> {
  const client = await invocation.client();
  const path = `/api/v1/namespaces/${metadata.namespace}/pods/${metadata.name}/log`;
  invocation.print(await client.text({ path, query: { container } }));
}
