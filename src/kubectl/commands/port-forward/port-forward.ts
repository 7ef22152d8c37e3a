import type { Pod, Service } from '../../../api/generated/types.ts';
import type { Command } from '../../command/command.ts';
import { declarePodRunningTimeoutFlag } from '../../command/common-flags.ts';
import type { Invocation } from '../../command/invocation.ts';
import { CommandError } from '../../errors/command-error.ts';
import { messageOf } from '../../errors/report.ts';
import type { LocalListener } from '../../kubectl-io.ts';
import { attachablePod, namedResource } from '../../pods/pod-argument.ts';
import { forwardConnection } from './forward-connection.ts';
import { forwardedPorts, type ForwardedPort } from './forwarded-ports.ts';
import { hostAndPort, listenAddresses, type ListenAddress } from './listen-addresses.ts';

/** Upstream: kubectl/pkg/cmd/portforward/portforward.go */
export const portForwardCommand: Command = {
  name: 'port-forward',
  short: 'Forward one or more local ports to a pod',
  long: `Forward one or more local ports to a pod.

A type and a name such as deployment/mydeployment stand for one of its pods; without a type it is a pod. When there are several, one is picked. The forwarding ends with that pod, and has to be started again.`,
  examples: `# Ports 5000 and 6000 here to the same ports of a pod
kubectl port-forward pod/mypod 5000 6000

# The same for a pod of a deployment
kubectl port-forward deployment/mydeployment 5000 6000

# Port 8443 here to the target of the service's port "https"
kubectl port-forward service/myservice 8443:https

# Port 8888 here to port 5000 of the pod
kubectl port-forward pod/mypod 8888:5000

# On all addresses
kubectl port-forward --address 0.0.0.0 pod/mypod 8888:5000

# On localhost and one other address
kubectl port-forward --address localhost,10.19.21.23 pod/mypod 8888:5000

# Any free port here to port 5000 of the pod
kubectl port-forward pod/mypod :5000`,
  usage: 'port-forward TYPE/NAME [options] [LOCAL_PORT:]REMOTE_PORT [...[LOCAL_PORT_N:]REMOTE_PORT_N]',
  hasOwnFlagsInUsage: true,
  endsInOrder: true,
  declare(flags) {
    declarePodRunningTimeoutFlag(flags, 60_000);
    flags.stringSlice('address', 'Addresses to listen on: IP addresses, or localhost for 127.0.0.1 and ::1.', {
      initial: ['localhost'],
    });
  },
  run: portForward,
};

async function portForward(invocation: Invocation): Promise<void> {
  const { flags, io } = invocation;
  const [name, ...words] = invocation.arguments;
  if (name === undefined || words.length === 0) {
    throw invocation.usageError('TYPE/NAME and list of ports are required for port-forward');
  }
  const timeoutMs = flags.getNumber('pod-running-timeout');
  if (timeoutMs <= 0) throw invocation.usageError('--pod-running-timeout must be higher than zero');
  const [info] = await namedResource(invocation, name);
  const chosen = await attachablePod(invocation, info!, timeoutMs);
  const service = info!.mapping.kind === 'Service' ? (info!.object as unknown as Service) : undefined;
  const ports = forwardedPorts(words, chosen, service);
  const pods = await invocation.resource(await invocation.mappingForKind('', 'Pod', 'v1'));
  const namespace = await invocation.namespace();
  const pod = (await pods.get(namespace, chosen.metadata.name)) as unknown as Pod;
  if (pod.status.phase !== 'Running') {
    throw new CommandError(`unable to forward port because pod is not running. Current status=${pod.status.phase}`);
  }
  const addresses = listenAddresses(flags.getStrings('address'));
  const path = `/api/v1/namespaces/${namespace}/pods/${pod.metadata.name}/portforward`;
  const listeners: LocalListener[] = [];
  try {
    await new Promise<void>((resolve, reject) => {
      io.signal.addEventListener('abort', () => resolve());
      const onConnection = (port: ForwardedPort, listener: LocalListener) => {
        listeners.push(listener);
        serve(invocation, path, port, listener, reject).catch(reject);
      };
      listenOnAll(invocation, ports, addresses, onConnection).catch(reject);
    });
  } finally {
    for (const listener of listeners) listener.close();
  }
}

async function listenOnAll(
  invocation: Invocation,
  ports: readonly ForwardedPort[],
  addresses: readonly ListenAddress[],
  onListening: (port: ForwardedPort, listener: LocalListener) => void,
): Promise<void> {
  let isAnyOpen = false;
  for (const port of ports) {
    const errors: string[] = [];
    let isOneOfAllOpen = false;
    for (const address of addresses) {
      try {
        const listener = await listen(invocation, address, port.local);
        port.local = listener.port;
        invocation.print(`Forwarding from ${hostAndPort(address.address, port.local)} -> ${port.remote}\n`);
        isOneOfAllOpen ||= address.failureMode === 'all';
        onListening(port, listener);
      } catch (error) {
        const where = hostAndPort(address.address, port.local);
        errors.push(
          `unable to create listener: Error listen ${address.protocol} ${where}: bind: ${(error as Error).message}`,
        );
      }
    }
    const hasAll = addresses.some(({ failureMode }) => failureMode === 'all');
    const isOpen = hasAll ? isOneOfAllOpen : errors.length === 0;
    if (isOpen) isAnyOpen = true;
    else {
      invocation.complain(
        `Unable to listen on port ${port.local}: Listeners failed to create with the following errors: [${errors.join(' ')}]\n`,
      );
    }
  }
  if (isAnyOpen) return;
  const list = ports.map(({ local, remote }) => `{${local} ${remote}}`).join(' ');
  throw new CommandError(`unable to listen on any of the requested ports: [${list}]`);
}

function listen({ io }: Invocation, { address }: ListenAddress, port: number): Promise<LocalListener> {
  if (!io.listen) throw new Error('operation not supported');
  return io.listen(address, port);
}

async function serve(
  invocation: Invocation,
  path: string,
  port: ForwardedPort,
  listener: LocalListener,
  fail: (error: Error) => void,
): Promise<void> {
  for (let local = await listener.accept(); local; local = await listener.accept()) {
    invocation.print(`Handling connection for ${port.local}\n`);
    forwardConnection(invocation, path, port.remote, local)
      .catch((error: unknown) => messageOf(error as Error))
      .then((problem) => {
        if (problem === '' || invocation.io.signal.aborted) return;
        const text = `an error occurred forwarding ${port.local} -> ${port.remote}: ${problem}`;
        invocation.complain(
          `${logLine(invocation, 'portforward.go:424')} "Unhandled Error" err=${JSON.stringify(text)}\n`,
        );
        fail(new CommandError('lost connection to pod'));
      })
      .catch(fail);
  }
}

/** How klog begins a line: severity, date, time, process, place. */
function logLine({ io }: Invocation, place: string): string {
  const now = new Date(io.clock.nowMs()).toISOString();
  return `E${now.slice(5, 7)}${now.slice(8, 10)} ${now.slice(11, 23)}000       1 ${place}]`;
}
