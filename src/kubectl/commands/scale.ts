import { ApiError } from '../../api/index.ts';
import type { Command } from '../command/command.ts';
import {
  declareDryRunFlag,
  declareFilenameFlags,
  declareSelectorFlag,
  filenameOptions,
} from '../command/common-flags.ts';
import { Deadline } from '../command/deadline.ts';
import type { DryRun, Invocation } from '../command/invocation.ts';
import { CommandError } from '../errors/command-error.ts';
import { declarePrintFlags, printerOf } from '../printers/print-flags.ts';
import { numberAt, setAt, type JsonObject } from '../resource/json.ts';
import { buildResources } from '../resource/resource-builder.ts';
import type { ResourceInfo } from '../resource/resource-info.ts';
import { resourceVersionOf } from '../resource/unstructured.ts';
import { pathOf } from '../rest/rest-mapper.ts';

/** Upstream: kubectl/pkg/cmd/scale/scale.go */
export const scaleCommand: Command = {
  name: 'scale',
  short: 'Set a new size for a deployment, replica set, or replication controller',
  long: `Set a new size for a deployment, replica set, replication controller, or stateful set.

Preconditions may be given: with --current-replicas or --resource-version the size is only changed if they hold.`,
  examples: `# A replica set to three replicas
kubectl scale --replicas=3 rs/foo

# What a file names
kubectl scale --replicas=3 -f foo.yaml

# Only if it has two now
kubectl scale --current-replicas=2 --replicas=3 deployment/mysql

# Several at once
kubectl scale --replicas=5 rc/example1 rc/example2 rc/example3

# A stateful set
kubectl scale --replicas=3 statefulset/web`,
  usage: 'scale [--resource-version=version] [--current-replicas=count] --replicas=COUNT (-f FILENAME | TYPE NAME)',
  hasOwnFlagsInUsage: true,
  declare: (flags) => {
    declarePrintFlags(flags);
    declareFilenameFlags(flags, 'Files that name what to scale');
    declareDryRunFlag(flags);
    declareSelectorFlag(flags);
    flags.bool('all', 'All objects of the types in the namespace');
    flags.integer('current-replicas', 'Scale only if this is the size now. -1 for any size.', { initial: -1 });
    flags.integer('replicas', 'The new size.', { isRequired: true });
    flags.string('resource-version', 'Scale only if this is the current version.');
    flags.duration(
      'timeout',
      'How long to wait until the size is reached; zero means not to wait. With a unit: 1s, 2m, 3h.',
    );
  },
  run,
};

async function run(invocation: Invocation): Promise<void> {
  const { flags } = invocation;
  const dryRun = invocation.dryRun();
  const suffix = { none: '', client: ' (dry run)', server: ' (server dry run)' }[dryRun];
  const printer = await printerOf(invocation, { operation: `scaled${suffix}` });
  const replicas = flags.getNumber('replicas');
  if (replicas < 0) {
    throw new CommandError('The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0');
  }
  if (flags.getNumber('current-replicas') < -1) {
    throw new CommandError('The --current-replicas must specify an integer of -1 or greater');
  }
  const config = await invocation.config();
  const { infos, error } = await buildResources(invocation, {
    arguments: invocation.arguments,
    filenames: filenameOptions(flags),
    namespace: config.namespace,
    enforcesNamespace: config.isNamespaceExplicit,
    labelSelector: flags.getString('selector'),
    allowsEmptySelector: flags.getBool('all'),
    flattens: true,
    continuesOnError: true,
  });
  if (flags.getString('resource-version') !== '' && infos.length > 1) {
    throw new CommandError('cannot use --resource-version with multiple resources');
  }
  if (infos.length === 0) throw error ?? new CommandError('no objects passed to scale');
  for (const info of infos) {
    if (dryRun !== 'client') await scale(invocation, info, replicas, dryRun);
    invocation.print(printer.print(info.object!));
  }
  if (error) throw error;
}

async function scale(invocation: Invocation, info: ResourceInfo, replicas: number, dryRun: DryRun): Promise<void> {
  const timeoutMs = invocation.flags.getNumber('timeout');
  for (;;) {
    try {
      await scaleOnce(invocation, info, replicas, dryRun);
      break;
    } catch (error) {
      if (!(error instanceof ApiError) || error.reason !== 'Conflict') throw error;
      await invocation.io.clock.sleep(1000, invocation.io.signal);
    }
  }
  if (timeoutMs === 0 || dryRun !== 'none') return;
  const deadline = new Deadline(invocation, timeoutMs);
  try {
    while (!(await isScaled(invocation, info, replicas))) {
      if (!deadline.isExpired) await invocation.io.clock.sleep(1000, invocation.io.signal);
      if (deadline.isExpired) {
        throw new CommandError(`timed out waiting for ${JSON.stringify(info.name)} to be synced`);
      }
    }
  } finally {
    deadline.end();
  }
}

async function scaleOnce(invocation: Invocation, info: ResourceInfo, replicas: number, dryRun: DryRun): Promise<void> {
  const { flags } = invocation;
  const client = await invocation.client();
  const path = pathOf(info.mapping, info.namespace, info.name, 'scale');
  const query = dryRun === 'server' ? { dryRun: 'All' } : {};
  const size = flags.getNumber('current-replicas');
  const version = flags.getString('resource-version');
  if (size === -1 && version === '') {
    const body = { spec: { replicas } };
    await client.json({ method: 'PATCH', path, query, body, contentType: 'application/merge-patch+json' });
    return;
  }
  const current = await client.json({ path });
  const currentSize = numberAt(current, 'spec', 'replicas') ?? 0;
  if (size !== -1 && currentSize !== size) {
    throw new CommandError(`Expected replicas to be ${size}, was ${currentSize}`);
  }
  if (version !== '' && resourceVersionOf(current) !== version) {
    throw new CommandError(`Expected resource version to be ${version}, was ${resourceVersionOf(current)}`);
  }
  const wanted: JsonObject = structuredClone(current);
  setAt(wanted, replicas, 'spec', 'replicas');
  await client.json({ method: 'PUT', path, query, body: wanted });
}

async function isScaled(invocation: Invocation, info: ResourceInfo, replicas: number): Promise<boolean> {
  const client = await invocation.client();
  const scale = await client.json({ path: pathOf(info.mapping, info.namespace, info.name, 'scale') });
  // Somebody else wants another size by now.
  if ((numberAt(scale, 'spec', 'replicas') ?? 0) !== replicas) return true;
  return (numberAt(scale, 'status', 'replicas') ?? 0) === replicas;
}
