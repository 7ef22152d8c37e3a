import type { Command } from '../command/command.ts';
import { declareContainerFlag, declarePodRunningTimeoutFlag } from '../command/common-flags.ts';
import type { Invocation } from '../command/invocation.ts';
import { CommandError } from '../errors/command-error.ts';
import { attachToContainer } from '../pods/attach-session.ts';
import { attachablePod, namedResource } from '../pods/pod-argument.ts';

/** Upstream: kubectl/pkg/cmd/attach/attach.go */
export const attachCommand: Command = {
  name: 'attach',
  short: 'Attach to a running container',
  long: 'Attach to a process that is already running inside an existing container.',
  examples: `# The output of the pod mypod: of the container that its annotation
# kubectl.kubernetes.io/default-container names, or of the first one
kubectl attach mypod

# Of the container ruby-container
kubectl attach mypod -c ruby-container

# With a terminal, and with standard input
kubectl attach mypod -c ruby-container -i -t

# The first pod of a replica set
kubectl attach rs/nginx`,
  usage: 'attach (POD | TYPE/NAME) -c CONTAINER',
  hasOwnFlagsInUsage: true,
  declare(flags) {
    declarePodRunningTimeoutFlag(flags, 60_000);
    declareContainerFlag(flags);
    flags.bool('stdin', 'Pass standard input to the container', { short: 'i' });
    flags.bool('tty', 'Standard input is a terminal', { short: 't' });
    flags.bool('quiet', 'Print only what the container prints', { short: 'q' });
  },
  run: attach,
};

async function attach(invocation: Invocation): Promise<void> {
  const { flags } = invocation;
  const words = invocation.arguments;
  const timeoutMs = flags.getNumber('pod-running-timeout');
  if (timeoutMs <= 0) throw invocation.usageError('--pod-running-timeout must be higher than zero');
  if (words.length === 0) throw new CommandError('at least 1 argument is required for attach');
  if (words.length > 2) {
    throw new CommandError(
      `expected POD, TYPE/NAME, or TYPE NAME, (at most 2 arguments) saw ${words.length}: [${words.join(' ')}]`,
    );
  }
  const [info] = await namedResource(invocation, words.join('/'));
  const pod = await attachablePod(invocation, info!, timeoutMs);
  const { phase } = pod.status;
  if (phase === 'Succeeded' || phase === 'Failed') {
    throw new CommandError(`cannot attach a container in a completed pod; current phase is ${phase}`);
  }
  await attachToContainer(invocation, {
    pod,
    container: flags.getString('container'),
    stdin: flags.getBool('stdin'),
    tty: flags.getBool('tty'),
    isQuiet: flags.getBool('quiet'),
  });
}
