import { checkDns1123Subdomain, checkPortName, checkPortNumber } from '../../../api/index.ts';
import type { Command } from '../../command/command.ts';
import type { Invocation } from '../../command/invocation.ts';
import { CommandError } from '../../errors/command-error.ts';
import type { FlagSet } from '../../flags/flag-set.ts';
import { goQuote } from '../../../api/index.ts';
import type { JsonObject } from '../../resource/json.ts';
import { draft, generatorCommand, type Generator } from './generator.ts';

type ServiceType = 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName';

/** Upstream: kubectl/pkg/cmd/create/create_service.go */
function serviceCommand(
  type: ServiceType,
  rest: Pick<Generator, 'name' | 'short' | 'usage' | 'examples' | 'long' | 'declareOwn'>,
): Command {
  return generatorCommand({
    ...rest,
    mapping: { group: '', version: 'v1', resource: 'services', kind: 'Service', isNamespaced: true },
    failure: `failed to create ${type} service:`,
    generate: (invocation, name) => service(invocation, type, name),
  });
}

function service(invocation: Invocation, type: ServiceType, name: string): JsonObject {
  const { flags } = invocation;
  const tcp = flags.getStrings('tcp');
  const clusterIp = type === 'ClusterIP' ? flags.getString('clusterip') : '';
  const externalName = type === 'ExternalName' ? flags.getString('external-name') : '';
  const nodePort = type === 'NodePort' ? flags.getNumber('node-port') : 0;
  if (clusterIp !== 'None' && tcp.length === 0 && type !== 'ExternalName') {
    throw new CommandError('at least one tcp port specifier must be provided');
  }
  if (type === 'ExternalName' && checkDns1123Subdomain(externalName).length > 0) {
    throw new CommandError(`invalid service external name ${externalName}`);
  }
  const ports = tcp.map((text): JsonObject => {
    const { port, targetPort } = parsePorts(text);
    return {
      name: text.replaceAll(':', '-'),
      protocol: 'TCP',
      port,
      targetPort,
      ...(nodePort !== 0 && { nodePort }),
    };
  });
  return draft(
    'v1',
    'Service',
    name,
    {
      spec: {
        ...(ports.length > 0 && { ports }),
        selector: { app: name },
        ...(clusterIp && { clusterIP: clusterIp }),
        type,
        ...(externalName && { externalName }),
      },
      status: { loadBalancer: {} },
    },
    { labels: { app: name } },
  );
}

/** `5678:8080`, `5678:http` or `5678`. */
function parsePorts(text: string): { readonly port: number; readonly targetPort: number | string } {
  const [first, second] = text.split(':') as [string, string?];
  const port = parsePort(first);
  if (second === undefined) return { port, targetPort: port };
  if (!/^[+-]?\d+$/.test(second)) {
    const problems = checkPortName(second);
    if (problems.length > 0) throw new CommandError(problems.join(','));
    return { port, targetPort: second };
  }
  const problems = checkPortNumber(Number(second));
  if (problems.length > 0) throw new CommandError(problems.join(','));
  return { port, targetPort: Number(second) };
}

function parsePort(text: string): number {
  if (!/^\d+$/.test(text)) throw new CommandError(`strconv.ParseUint: parsing ${goQuote(text)}: invalid syntax`);
  if (Number(text) > 65535) throw new CommandError(`strconv.ParseUint: parsing ${goQuote(text)}: value out of range`);
  return Number(text);
}

function declareTcp(flags: FlagSet): void {
  flags.stringSlice('tcp', "Pairs of ports: '<port>:<targetPort>'.");
}

export const createService: Command = {
  name: 'service',
  aliases: ['svc'],
  short: 'Create a service using a specified subcommand',
  long: 'Create a service of one of these types.',
  usage: 'service',
  subcommands: [
    serviceCommand('ClusterIP', {
      name: 'clusterip',
      short: 'Create a ClusterIP service',
      long: 'Create a service that is reached at an address inside the cluster.',
      examples: `# A service named my-cs
kubectl create service clusterip my-cs --tcp=5678:8080

# A headless one
kubectl create service clusterip my-cs --clusterip="None"`,
      usage: 'clusterip NAME [--tcp=<port>:<targetPort>] [--dry-run=server|client|none]',
      declareOwn: (flags) => {
        declareTcp(flags);
        flags.string('clusterip', "An address of your choice, or 'None' for a headless service.");
      },
    }),
    serviceCommand('ExternalName', {
      name: 'externalname',
      short: 'Create an ExternalName service',
      long: `Create a service that is another name for a host outside.

It lets programs use a host elsewhere as if it were a service of the cluster.`,
      examples: `# A service that stands for bar.com
kubectl create service externalname my-ns --external-name bar.com`,
      usage: 'externalname NAME --external-name external.name [--dry-run=server|client|none]',
      declareOwn: (flags) => {
        declareTcp(flags);
        flags.string('external-name', 'The name of the host outside', { isRequired: true });
      },
    }),
    serviceCommand('LoadBalancer', {
      name: 'loadbalancer',
      short: 'Create a LoadBalancer service',
      long: 'Create a service that is reached through a load balancer.',
      examples: `# A service named my-lbs
kubectl create service loadbalancer my-lbs --tcp=5678:8080`,
      usage: 'loadbalancer NAME [--tcp=port:targetPort] [--dry-run=server|client|none]',
      declareOwn: declareTcp,
    }),
    serviceCommand('NodePort', {
      name: 'nodeport',
      short: 'Create a NodePort service',
      long: 'Create a service that is reached at a port of every node.',
      examples: `# A service named my-ns
kubectl create service nodeport my-ns --tcp=5678:8080`,
      usage: 'nodeport NAME [--tcp=port:targetPort] [--dry-run=server|client|none]',
      declareOwn: (flags) => {
        declareTcp(flags);
        flags.integer('node-port', 'The port on each node.');
      },
    }),
  ],
};
