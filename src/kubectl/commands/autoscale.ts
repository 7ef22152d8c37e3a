import { ApiError, canonicalQuantity } from '../../api/index.ts';
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
import type { FlagSet } from '../flags/flag-set.ts';
import { declarePrintFlags, printerOf } from '../printers/print-flags.ts';
import { cloneJson, type JsonObject } from '../resource/json.ts';
import { ResourceClient } from '../resource/resource-client.ts';
import { visitResources } from '../resource/resource-builder.ts';
import type { ResourceInfo } from '../resource/resource-info.ts';
import { apiVersionOf } from '../rest/rest-mapper.ts';
import { saveConfig } from './create/generator.ts';

/** Upstream: kubectl/pkg/cmd/autoscale/autoscale.go */
export const autoscaleCommand: Command = {
  name: 'autoscale',
  short: 'Auto-scale a deployment, replica set, stateful set, or replication controller',
  long: `Creates an autoscaler that chooses how many pods run. autoscaling/v2 is tried first, and autoscaling/v1 when the server refuses.

Looks up a deployment, replica set, stateful set, or replication controller by name and creates an autoscaler for it.`,
  examples: `# Between 2 and 10 pods
kubectl autoscale deployment foo --min=2 --max=10

# Up to 5 pods, so that they use 80% of the CPU that they request
kubectl autoscale rc foo --max=5 --cpu=80%

# With amounts
kubectl autoscale deployment bar --min=3 --max=6 --cpu=500m --memory=200Mi

# With shares of both
kubectl autoscale deployment bar --min=3 --max=6 --cpu=60% --memory=70%`,
  usage: 'autoscale (-f FILENAME | TYPE NAME | TYPE/NAME) [--min=MINPODS] --max=MAXPODS [--cpu=CPU] [--memory=MEMORY]',
  hasOwnFlagsInUsage: true,
  declare(flags) {
    declarePrintFlags(flags);
    flags.integer('min', 'The fewest pods; the server decides when it is not given.', { initial: -1, type: 'int32' });
    flags.integer('max', 'The most pods.', { initial: -1, type: 'int32', isRequired: true });
    flags.integer('cpu-percent', 'The share of the requested CPU to aim at.', {
      initial: -1,
      type: 'int32',
      deprecated:
        "Use --cpu with percentage or resource quantity format (e.g., '70%' for utilization or '500m' for milliCPU).",
    });
    flags.string('cpu', 'CPU to aim at: a share of what is requested (70%) or an amount (500m; 500 means 500m).');
    flags.string('memory', 'Memory to aim at: a share of what is requested (60%) or an amount (1Gi; 200 means 200Mi).');
    flags.string('name', 'The name of the autoscaler; that of what it scales when absent.');
    declareDryRunFlag(flags);
    declareFilenameFlags(flags, 'Files that name what to scale.');
    declareSaveConfigFlag(flags);
    declareFieldManagerFlag(flags, 'kubectl-autoscale');
  },
  run: autoscale,
};

async function autoscale(invocation: Invocation): Promise<void> {
  const { flags } = invocation;
  invocation.dryRun();
  const metrics = checkedMetrics(flags);
  const config = await invocation.config();
  const { resources } = await invocation.discovery();
  let count = 0;
  const options = {
    arguments: invocation.arguments,
    filenames: filenameOptions(flags),
    namespace: config.namespace,
    enforcesNamespace: config.isNamespaceExplicit,
    flattens: true,
    continuesOnError: true,
  };
  await visitResources(invocation, options, async (info) => {
    const { group, version, resource, kind } = info.mapping;
    const isScalable = resources.some(
      (each) => each.group === group && each.version === version && each.name === `${resource}/scale`,
    );
    if (!isScalable) {
      throw new CommandError(
        `cannot autoscale a ${kind}: could not find scale subresource for ${group}/${version}, Resource=${resource} in discovery information`,
      );
    }
    const frame = {
      name: flags.getString('name') || info.name,
      ...(config.isNamespaceExplicit && { namespace: config.namespace }),
    };
    await createAutoscaler(invocation, frame, info, metrics);
    count++;
  });
  if (count === 0) throw new CommandError('no objects passed to autoscale');
}

interface Target {
  readonly resource: 'cpu' | 'memory';
  readonly target: JsonObject;
}

function checkedMetrics(flags: FlagSet): readonly Target[] {
  const [max, min] = [flags.getNumber('max'), flags.getNumber('min')];
  if (max < 1) throw new CommandError(`--max=MAXPODS is required and must be at least 1, max: ${max}`);
  if (max < min) {
    throw new CommandError(`--max=MAXPODS must be larger or equal to --min=MINPODS, max: ${max}, min: ${min}`);
  }
  const percent = flags.getNumber('cpu-percent');
  const [cpu, memory] = [flags.getString('cpu'), flags.getString('memory')];
  if (percent > 0 && cpu !== '') throw new CommandError('--cpu-percent and --cpu are mutually exclusive');
  return [
    ...(percent > 0 ? [{ resource: 'cpu' as const, target: utilization(percent) }] : []),
    ...(cpu !== '' ? [{ resource: 'cpu' as const, target: parseTarget('cpu', cpu) }] : []),
    ...(memory !== '' ? [{ resource: 'memory' as const, target: parseTarget('memory', memory) }] : []),
  ];
}

function utilization(percent: number): JsonObject {
  return { type: 'Utilization', averageUtilization: percent };
}

/** A share, or an amount, with a unit or in the usual one. Upstream: parseResourceInput */
function parseTarget(resource: 'cpu' | 'memory', input: string): JsonObject {
  const text = input.trim();
  if (text === '') throw new CommandError('empty input');
  if (text.endsWith('%')) {
    const digits = text.slice(0, -1);
    const percent = /^[+-]?\d+$/.test(digits) ? Number(digits) : -1;
    if (percent < 0 || percent > 0x7fffffff) throw new CommandError(`invalid percentage value: ${digits}`);
    return utilization(percent);
  }
  const isNumber = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text);
  try {
    const amount = isNumber ? `${Number(text)}${resource === 'cpu' ? 'm' : 'Mi'}` : text;
    return { type: 'AverageValue', averageValue: canonicalQuantity(amount) };
  } catch (error) {
    throw isNumber ? error : new CommandError(`invalid resource ${resource} value: ${text}`);
  }
}

async function createAutoscaler(
  invocation: Invocation,
  metadata: JsonObject,
  info: ResourceInfo,
  metrics: readonly Target[],
): Promise<void> {
  const { flags } = invocation;
  const minimum = flags.getNumber('min');
  const spec = {
    scaleTargetRef: { kind: info.mapping.kind, name: info.name, apiVersion: apiVersionOf(info.mapping) },
    ...(minimum > 0 && { minReplicas: minimum }),
    maxReplicas: flags.getNumber('max'),
  };
  const newer = {
    ...spec,
    ...(metrics.length > 0 && {
      metrics: metrics.map(({ resource, target }) => ({ type: 'Resource', resource: { name: resource, target } })),
    }),
  };
  try {
    await createVersion(invocation, 'v2', metadata, newer, { desiredReplicas: 0, currentMetrics: null });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    refuseOlderVersion(flags);
    const percent = flags.getNumber('cpu-percent');
    const older = { ...spec, ...(percent >= 0 && { targetCPUUtilizationPercentage: percent }) };
    await createVersion(invocation, 'v1', metadata, older, { currentReplicas: 0, desiredReplicas: 0 });
  }
}

/** autoscaling/v1 can only say a share of the CPU. */
function refuseOlderVersion(flags: FlagSet): void {
  const refuse = (why: string) => {
    const message = 'failed to create autoscaling/v2 HPA and the configuration is incompatible with autoscaling/v1';
    throw new CommandError(`${message}: ${why}`);
  };
  const cpu = flags.getString('cpu');
  if (cpu === '') refuse('empty input');
  const isShare = flags.getNumber('cpu-percent') >= 0 || parseTarget('cpu', cpu)['type'] === 'Utilization';
  // Upstream wraps an error that is not there.
  if (flags.getString('memory') !== '' || !isShare) refuse('%!w(<nil>)');
}

async function createVersion(
  invocation: Invocation,
  version: string,
  metadata: JsonObject,
  spec: JsonObject,
  status: JsonObject,
): Promise<void> {
  const { flags } = invocation;
  const kind = 'HorizontalPodAutoscaler';
  const object = cloneJson<JsonObject>({ apiVersion: `autoscaling/${version}`, kind, metadata, spec, status });
  const dryRun = invocation.dryRun();
  if (dryRun === 'client') {
    const printer = await printerOf(invocation, { operation: 'created (dry run)', isTyped: true });
    invocation.print(printer.print(object));
    return;
  }
  if (flags.getBool('save-config')) saveConfig(object);
  const mapping = { group: 'autoscaling', version, resource: 'horizontalpodautoscalers', kind, isNamespaced: true };
  const client = new ResourceClient(await invocation.client(), mapping);
  const created = await client.create(await invocation.namespace(), object, {
    fieldManager: flags.getString('field-manager'),
    isDryRun: dryRun === 'server',
  });
  const suffix = dryRun === 'server' ? ' (server dry run)' : '';
  const printer = await printerOf(invocation, { operation: `autoscaled${suffix}`, isTyped: true });
  invocation.print(printer.print(created));
}
