import type { Command } from '../command/command.ts';
import { declareContainerFlag, declarePodRunningTimeoutFlag } from '../command/common-flags.ts';
import type { Invocation } from '../command/invocation.ts';
import { CommandError } from '../errors/command-error.ts';
import { chooseContainer } from '../pods/containers.ts';
import { attachablePod, namedResource } from '../pods/pod-argument.ts';
import { runRemotely } from '../pods/remote-command.ts';
import { terminalStreams } from '../pods/terminal-streams.ts';

/** Upstream: kubectl/pkg/cmd/exec/exec.go */
export const execCommand: Command = {
  name: 'exec',
  short: 'Execute a command in a container',
  examples: `# 'date' in the pod mypod, in its first container
kubectl exec mypod -- date

# In the container ruby-container
kubectl exec mypod -c ruby-container -- date

# A shell with a terminal
kubectl exec mypod -c ruby-container -i -t -- bash -il

# Flags after -- belong to the command
kubectl exec mypod -i -t -- ls -t /usr

# In the first pod of a deployment
kubectl exec deploy/mydeployment -- date

# In the first pod behind a service
kubectl exec svc/myservice -- date`,
  usage: 'exec (POD | TYPE/NAME) [-c CONTAINER] [flags] -- COMMAND [args...]',
  hasOwnFlagsInUsage: true,
  declare(flags) {
    declareContainerFlag(flags);
    flags.stringSlice('filename', 'A file that names what to execute in', { short: 'f' });
    declarePodRunningTimeoutFlag(flags, 60_000);
    flags.bool('quiet', 'Print only what the command prints', { short: 'q' });
    flags.bool('stdin', 'Pass standard input to the container', { short: 'i' });
    flags.bool('tty', 'Standard input is a terminal', { short: 't' });
  },
  run: exec,
};

async function exec(invocation: Invocation): Promise<void> {
  const { flags } = invocation;
  const all = invocation.arguments;
  const dash = flags.argumentsBeforeDash;
  const files = flags.getStrings('filename');
  const resource = all.length > 0 && dash !== 0 ? all[0] : undefined;
  if (dash < 0 && (all.length > 1 || (all.length > 0 && files.length > 0))) {
    throw invocation.usageError('exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead');
  }
  const command = dash < 0 ? [] : all.slice(dash);
  if (resource === undefined && files.length === 0)
    throw new CommandError('pod, type/name or --filename must be specified');
  if (command.length === 0) throw new CommandError('you must specify at least one command for the container');

  const filenames = files.length > 0 ? { filenames: files, kustomize: '', isRecursive: false } : undefined;
  const infos = await namedResource(invocation, resource, filenames);
  if (infos.length !== 1) throw new CommandError('cannot exec into multiple objects at a time');
  const pod = await attachablePod(invocation, infos[0]!, flags.getNumber('pod-running-timeout'));
  const { phase } = pod.status;
  if (phase === 'Succeeded' || phase === 'Failed') {
    throw new CommandError(`cannot exec into a container in a completed pod; current phase is ${phase}`);
  }
  const isQuiet = flags.getBool('quiet');
  const mention = (text: string) => {
    if (!isQuiet) invocation.complain(text);
  };
  // Whether there is a container of that name is for the server to say.
  const container = flags.getString('container') || chooseContainer(pod, '', mention).name;
  const streams = terminalStreams(invocation.io, { stdin: flags.getBool('stdin'), tty: flags.getBool('tty') }, mention);
  const { namespace, name } = pod.metadata;
  const path = `/api/v1/namespaces/${namespace}/pods/${name}/exec`;
  await runRemotely(invocation, path, { container, command }, streams);
}
