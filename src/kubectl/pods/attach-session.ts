import type { Pod } from '../../api/generated/types.ts';
import type { Invocation } from '../command/invocation.ts';
import { CommandError } from '../errors/command-error.ts';
import { chooseContainer, findContainer } from './containers.ts';
import { runRemotely } from './remote-command.ts';
import { terminalStreams } from './terminal-streams.ts';

export interface AttachOptions {
  readonly pod: Pod;
  /** Empty for the default one. */
  readonly container: string;
  readonly stdin: boolean;
  readonly tty: boolean;
  readonly isQuiet: boolean;
}

/** Joins the terminal to the main process of a container. Upstream: kubectl/pkg/cmd/attach/attach.go Run */
export async function attachToContainer(invocation: Invocation, options: AttachOptions): Promise<void> {
  const { pod, isQuiet } = options;
  const mention = (text: string) => {
    if (!isQuiet) invocation.complain(text);
  };
  const container = attachedContainer(pod, options.container, mention);
  let tty = options.tty;
  if (tty && !container.tty) {
    tty = false;
    mention(`error: Unable to use a TTY - container ${container.name} did not allocate one\n`);
  } else if (container.tty) tty = true;

  const streams = terminalStreams(invocation.io, { stdin: options.stdin, tty }, mention);
  mention(
    'All commands and output from this session will be recorded in container logs, including credentials and sensitive information passed through the command prompt.\n' +
      "If you don't see a command prompt, try pressing enter.\n",
  );
  const { namespace, name } = pod.metadata;
  const path = `/api/v1/namespaces/${namespace}/pods/${name}/attach`;
  await runRemotely(invocation, path, { container: container.name }, streams);
  if (isQuiet || !streams.tty || pod.spec.restartPolicy !== 'Always') return;
  invocation.print(`${reattachMessage(pod, container.name)}\n`);
}

function attachedContainer(pod: Pod, name: string, mention: (text: string) => void) {
  try {
    return chooseContainer(pod, name, mention);
  } catch (error) {
    throw new CommandError(`cannot attach to the container: ${(error as Error).message}`);
  }
}

function reattachMessage(pod: Pod, container: string): string {
  const command = `kubectl attach ${pod.metadata.name} -c ${container} -i -t`;
  const isEphemeral = pod.spec.ephemeralContainers?.some(({ name }) => name === container) ?? false;
  return isEphemeral && findContainer(pod, container)
    ? `Session ended, the ephemeral container will not be restarted but may be reattached using '${command}' if it is still running`
    : `Session ended, resume using '${command}' command when the pod is running`;
}
