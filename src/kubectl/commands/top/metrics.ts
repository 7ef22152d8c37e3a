import { addQuantity, parseQuantity, quantityMilliValue, quantityValue, type Quantity } from '../../../api/index.ts';
import type { Invocation } from '../../command/invocation.ts';
import { CommandError } from '../../errors/command-error.ts';
import type { FlagSet } from '../../flags/flag-set.ts';
import type { TabWriter } from '../../go/tab-writer.ts';
import { objectsAt, stringMapAt, type JsonObject } from '../../resource/json.ts';
import { ResourceClient } from '../../resource/resource-client.ts';

/** What is used of each resource. */
export type Usage = Readonly<Record<string, Quantity>>;

export interface MetricsQuery {
  readonly namespace: string;
  /** Empty for all. */
  readonly name: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

/** Asks the metrics server. Upstream: kubectl/pkg/cmd/top */
export async function fetchMetrics(
  invocation: Invocation,
  resource: 'pods' | 'nodes',
  { namespace, name, labelSelector, fieldSelector }: MetricsQuery,
): Promise<readonly JsonObject[]> {
  const { groups } = await invocation.discovery();
  const isServed = groups.some((group) => group.versions.includes('metrics.k8s.io/v1beta1'));
  if (!isServed) throw new CommandError('Metrics API not available');
  const kind = resource === 'pods' ? 'PodMetrics' : 'NodeMetrics';
  const mapping = { group: 'metrics.k8s.io', version: 'v1beta1', resource, kind, isNamespaced: resource === 'pods' };
  const client = new ResourceClient(await invocation.client(), mapping);
  if (name !== '') return [await client.get(namespace, name)];
  const list = await client.list(namespace, {
    ...(labelSelector && { labelSelector }),
    ...(fieldSelector && { fieldSelector }),
  });
  return objectsAt(list, 'items');
}

export function checkSortBy(flags: FlagSet): void {
  if (!['', 'cpu', 'memory'].includes(flags.getString('sort-by'))) {
    throw new CommandError('--sort-by accepts only cpu or memory');
  }
}

export function measuredResources(flags: FlagSet): readonly string[] {
  return ['cpu', 'memory', ...(flags.getBool('show-swap') ? ['swap'] : [])];
}

export function usageOf(object: JsonObject): Usage {
  return quantitiesOf(stringMapAt(object, 'usage'));
}

export function quantitiesOf(texts: Readonly<Record<string, string>>): Usage {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, parseQuantity(text)]));
}

export function sumOf(usages: readonly Usage[]): Usage {
  const total: Record<string, Quantity> = {};
  for (const usage of usages) {
    for (const [name, quantity] of Object.entries(usage)) {
      const before = total[name];
      total[name] = before ? addQuantity(before, quantity) : quantity;
    }
  }
  return total;
}

const zero = parseQuantity('0');

export function isMoreUsed(a: Usage, b: Usage, resource: string): boolean {
  return (a[resource] ?? zero).nano > (b[resource] ?? zero).nano;
}

/** `250m`, `64Mi`. */
export function usageText(resource: string, usage: Usage): string {
  const quantity = usage[resource] ?? zero;
  return resource === 'cpu' ? `${quantityMilliValue(quantity)}m` : `${Math.trunc(quantityValue(quantity) / 2 ** 20)}Mi`;
}

/** `12%` of what there is. */
export function shareText(resource: string, usage: Usage, available: Quantity): string {
  const share = available.nano === 0n ? 0 : quantityMilliValue(usage[resource] ?? zero) / quantityMilliValue(available);
  return `${Math.trunc(share * 100)}%`;
}

/** Each cell ends in a tab, the last one too. */
export function writeRow(table: TabWriter, cells: readonly string[]): void {
  table.write(`${cells.map((cell) => `${cell}\t`).join('')}\n`);
}
