import type { Command } from '../command/command.ts';
import {
  declareDryRunFlag,
  declareFieldManagerFlag,
  declareFilenameFlags,
  declareSaveConfigFlag,
  filenameOptions,
} from '../command/common-flags.ts';
import type { Invocation } from '../command/invocation.ts';
import { CommandError } from '../errors/command-error.ts';
import { parseLabelMap } from './label-map.ts';
import { declarePrintFlags, printerOf } from '../printers/print-flags.ts';
import {
  objectAt,
  objectsAt,
  setAt,
  stringAt,
  stringMapAt,
  type JsonObject,
  type JsonValue,
} from '../resource/json.ts';
import { visitResources } from '../resource/resource-builder.ts';
import type { ResourceInfo } from '../resource/resource-info.ts';

const longestName = 63;

/** Upstream: kubectl/pkg/cmd/expose/expose.go */
export const exposeCommand: Command = {
  name: 'expose',
  short: 'Take a replication controller, service, deployment or pod and expose it as a new Kubernetes service',
  long: `Expose a resource as a new Kubernetes service.

Looks up a deployment, service, replica set, replication controller or pod by name and uses its selector for a new service on the given port. A deployment or replica set can be exposed only if its selector can be that of a service: matchLabels alone. Without --port, and with several ports, all ports of the exposed resource are used. Labels are copied unless others are given.

Possible resources include (case insensitive):

pod (po), service (svc), replicationcontroller (rc), deployment (deploy), replicaset (rs)`,
  examples: `# A service for a deployment, port 80 to the containers' 8000
kubectl expose deployment nginx --port=80 --target-port=8000

# For a pod, with another name
kubectl expose pod valid-pod --port=444 --name=frontend

# For what a file names
kubectl expose -f nginx-controller.yaml --port=80 --target-port=8000`,
  usage:
    'expose (-f FILENAME | TYPE NAME) [--port=port] [--protocol=TCP|UDP|SCTP] [--target-port=number-or-name] [--name=name] [--external-ip=external-ip-of-service] [--type=type]',
  hasOwnFlagsInUsage: true,
  declare(flags) {
    declarePrintFlags(flags);
    declareDryRunFlag(flags);
    declareFilenameFlags(flags, 'Files that name what to expose');
    declareFieldManagerFlag(flags, 'kubectl-expose');
    declareSaveConfigFlag(flags);
    flags.string('cluster-ip', "The service's address. Empty for any, 'None' for a headless service.");
    flags.string('external-ip', 'One more address at which the service can be reached, if it leads to a node.');
    flags.string('labels', 'Labels of the new service.', { short: 'l' });
    flags.string('load-balancer-ip', 'The address of the load balancer, where the cloud takes it.');
    flags.string('name', 'The name of the new service.');
    flags.string('port', 'The port of the service; that of the exposed resource when absent.');
    flags.string('protocol', "The protocol; 'TCP' when absent.");
    flags.string('selector', 'The labels that the service selects; those of the exposed resource when absent.');
    flags.string('session-affinity', "'None' or 'ClientIP'");
    flags.string('target-port', 'Name or number of the port of the containers.');
    flags.string('type', 'ClusterIP, NodePort, LoadBalancer, or ExternalName. ClusterIP when absent.');
  },
  run: expose,
};

async function expose(invocation: Invocation): Promise<void> {
  const { flags } = invocation;
  const dryRun = invocation.dryRun();
  const suffix = { none: '', client: ' (dry run)', server: ' (server dry run)' }[dryRun];
  const printer = await printerOf(invocation, { operation: `exposed${suffix}`, isTyped: true });
  const config = await invocation.config();
  const options = {
    arguments: invocation.arguments,
    filenames: filenameOptions(flags),
    namespace: config.namespace,
    enforcesNamespace: config.isNamespaceExplicit,
    flattens: true,
    continuesOnError: true,
  };
  await visitResources(invocation, options, async (info) => {
    const service = serviceFor(invocation, info);
    if (dryRun === 'client') {
      if (config.isNamespaceExplicit) setAt(service, config.namespace, 'metadata', 'namespace');
      invocation.print(printer.print(service));
      return;
    }
    const client = await invocation.resource(await invocation.mappingForKind('', 'Service', 'v1'));
    const created = await client.create(config.namespace, service, {
      fieldManager: flags.getString('field-manager'),
      isDryRun: dryRun === 'server',
    });
    invocation.print(printer.print(created));
  });
}

const exposable = new Set(['ReplicationController.', 'Service.', 'Pod.', 'Deployment.apps', 'ReplicaSet.apps']);

function serviceFor(invocation: Invocation, info: ResourceInfo): JsonObject {
  const { flags } = invocation;
  const { kind, group } = info.mapping;
  if (!exposable.has(`${kind}.${group}`)) throw new CommandError(`cannot expose a ${kind}${group && `.${group}`}`);
  const selector = parseLabelMap(flags.getString('selector') || selectorOf(info));
  const labels =
    flags.getString('labels') === ''
      ? stringMapAt(info.object, 'metadata', 'labels')
      : parseLabelMap(flags.getString('labels'));
  const spec: JsonObject = { ports: portsFor(invocation, info), selector };
  setGiven(spec, 'externalIPs', flags.getString('external-ip') && [flags.getString('external-ip')]);
  setGiven(spec, 'type', flags.getString('type'));
  if (flags.getString('type') === 'LoadBalancer') setGiven(spec, 'loadBalancerIP', flags.getString('load-balancer-ip'));
  setGiven(spec, 'sessionAffinity', affinity(flags.getString('session-affinity')));
  setGiven(spec, 'clusterIP', flags.getString('cluster-ip'));
  const name = flags.getString('name') || info.name.slice(0, longestName);
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, ...(Object.keys(labels).length > 0 && { labels }) },
    spec,
    status: { loadBalancer: {} },
  };
}

function setGiven(target: JsonObject, field: string, value: JsonValue): void {
  if (value !== '') target[field] = value;
}

function affinity(text: string): string {
  if (!['', 'None', 'ClientIP'].includes(text)) throw new CommandError(`unknown session affinity: ${text}`);
  return text;
}

/** `a=1,b=2`. Upstream: kubectl/pkg/polymorphichelpers/mapbasedselectorforobject.go */
function selectorOf({ mapping, object }: ResourceInfo): string {
  const fail = (message: string) => {
    throw new CommandError(`couldn't retrieve selectors via --selector flag or introspection: ${message}`);
  };
  const text = (labels: Readonly<Record<string, string>>) =>
    Object.keys(labels)
      .toSorted()
      .map((key) => `${key}=${labels[key]}`)
      .join(',');
  if (mapping.kind === 'Pod') {
    const labels = stringMapAt(object, 'metadata', 'labels');
    if (Object.keys(labels).length === 0) fail('the pod has no labels and cannot be exposed');
    return text(labels);
  }
  if (mapping.kind === 'Service') {
    const labels = stringMapAt(object, 'spec', 'selector');
    if (Object.keys(labels).length === 0) fail('the service has no pod selector set');
    return text(labels);
  }
  if (objectsAt(object, 'spec', 'selector', 'matchExpressions').length > 0) {
    fail(
      `couldn't convert expressions - ${JSON.stringify(objectAt(object, 'spec', 'selector'))} to map-based selector format`,
    );
  }
  return text(stringMapAt(object, 'spec', 'selector', 'matchLabels'));
}

interface ExposedPort {
  readonly port: number;
  readonly protocol: string;
}

function portsFor({ flags }: Invocation, info: ResourceInfo): JsonValue[] {
  const known = exposedPorts(info);
  const given = flags.getString('port');
  const numbers = given === '' ? [...new Set(known.map(({ port }) => String(port)))] : given.split(',');
  if (numbers.length === 0) {
    if (flags.getString('cluster-ip') === 'None') return [];
    throw new CommandError("couldn't find port via --port flag or introspection");
  }
  const ports = numbers.flatMap((text, index) => {
    const port = Number(text);
    if (!/^[+-]?\d+$/.test(text))
      throw new CommandError(`strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`);
    const protocols = known.filter((each) => each.port === port).map(({ protocol }) => protocol);
    const name = numbers.length > 1 ? `port-${index + 1}` : '';
    if (flags.getString('protocol') !== '' || protocols.length < 2) {
      return [{ name, port, protocol: flags.getString('protocol') || (protocols[0] ?? 'TCP') }];
    }
    return protocols.map((protocol) => ({ name: `port-${index + 1}-${protocol.toLowerCase()}`, port, protocol }));
  });
  const target = flags.getString('target-port');
  return ports.map(({ name, port, protocol }) => ({
    ...(name && { name }),
    protocol,
    port,
    targetPort: target === '' ? port : /^\d+$/.test(target) ? Number(target) : target,
  }));
}

/** What the exposed resource says of its ports. Upstream: kubectl/pkg/polymorphichelpers/portsforobject.go */
function exposedPorts({ mapping, object }: ResourceInfo): readonly ExposedPort[] {
  if (mapping.kind === 'Service') {
    return objectsAt(object, 'spec', 'ports').map((port) => ({
      port: Number(port['port']),
      protocol: stringAt(port, 'protocol') || 'TCP',
    }));
  }
  const path = mapping.kind === 'Pod' ? ['spec', 'containers'] : ['spec', 'template', 'spec', 'containers'];
  return objectsAt(object, ...path)
    .flatMap((container) => objectsAt(container, 'ports'))
    .map((port) => ({ port: Number(port['containerPort']), protocol: stringAt(port, 'protocol') || 'TCP' }));
}
