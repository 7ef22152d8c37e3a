import type { Node } from '../../../api/generated/types.ts';
import { parseLabelQuery, quantityOf } from '../../../api/index.ts';
import type { Command } from '../../command/command.ts';
import { declareSelectorFlag } from '../../command/common-flags.ts';
import type { Invocation } from '../../command/invocation.ts';
import { CommandError } from '../../errors/command-error.ts';
import { goSort } from '../../go/sort.ts';
import { TabWriter } from '../../go/tab-writer.ts';
import { nameOf } from '../../resource/unstructured.ts';
import {
  checkSortBy,
  fetchMetrics,
  isMoreUsed,
  measuredResources,
  quantitiesOf,
  shareText,
  usageOf,
  usageText,
  writeRow,
  type Usage,
} from './metrics.ts';

/** Upstream: kubectl/pkg/cmd/top/top_node.go */
export const topNodeCommand: Command = {
  name: 'node',
  aliases: ['nodes', 'no'],
  short: 'Display resource (CPU/memory) usage of nodes',
  examples: `# All nodes
kubectl top node

# One node
kubectl top node NODE_NAME`,
  usage: 'node [NAME | -l label]',
  hasOwnFlagsInUsage: true,
  declare(flags) {
    declareSelectorFlag(flags);
    flags.string('sort-by', "Sort by 'cpu' or 'memory'.");
    flags.bool('no-headers', 'Leave out the headers');
    flags.bool('use-protocol-buffers', 'Ask the metrics API for protocol buffers.', { initial: true });
    flags.bool('show-capacity', 'Shares of the capacity instead of what pods may use.');
    flags.bool('show-swap', 'Show swap, too.');
  },
  run: topNode,
};

async function topNode(invocation: Invocation): Promise<void> {
  const { flags } = invocation;
  const words = invocation.arguments;
  if (words.length > 1) throw invocation.usageError(topNodeCommand.usage!);
  checkSortBy(flags);
  const [name = ''] = words;
  const labelSelector = flags.getString('selector');
  if (name !== '' && labelSelector !== '') throw new CommandError('only one of NAME or --selector can be provided');
  parseLabelQuery(labelSelector);
  const metrics = await fetchMetrics(invocation, 'nodes', { namespace: '', name, labelSelector });
  if (metrics.length === 0) throw new CommandError('metrics not available yet');
  const available = await availableOf(invocation, name, labelSelector);
  print(
    invocation,
    metrics.map((each) => ({ name: nameOf(each), usage: usageOf(each) })),
    available,
  );
}

/** What each node has for pods, or has at all. */
async function availableOf(invocation: Invocation, name: string, labelSelector: string): Promise<Map<string, Usage>> {
  const client = await invocation.resource(await invocation.mappingForKind('', 'Node', 'v1'));
  const found =
    name === ''
      ? await client.listAll('', labelSelector === '' ? {} : { labelSelector })
      : [await client.get('', name)];
  return new Map(
    found.map((object) => {
      const { metadata, status } = object as unknown as Node;
      const amounts = invocation.flags.getBool('show-capacity') ? status.capacity : status.allocatable;
      const swap = status.nodeInfo?.swap?.capacity;
      const usage = quantitiesOf(amounts ?? {});
      return [metadata.name, swap === undefined ? usage : { ...usage, swap: quantityOf(swap, 'BinarySI') }];
    }),
  );
}

interface NodeUsage {
  readonly name: string;
  readonly usage: Usage;
}

function print(invocation: Invocation, nodes: readonly NodeUsage[], available: Map<string, Usage>): void {
  const { flags } = invocation;
  const resources = measuredResources(flags);
  const sortBy = flags.getString('sort-by');
  const table = new TabWriter((text) => invocation.print(text));
  const titles: Readonly<Record<string, string>> = { cpu: 'CPU(cores)', memory: 'MEMORY(bytes)', swap: 'SWAP(bytes)' };
  if (!flags.getBool('no-headers')) {
    writeRow(table, ['NAME', ...resources.flatMap((each) => [titles[each]!, `${each.toUpperCase()}(%)`])]);
  }
  const sorted = goSort(nodes, (a, b) => (sortBy ? isMoreUsed(a.usage, b.usage, sortBy) : a.name < b.name));
  for (const { name, usage } of sorted) {
    const own = available.get(name);
    available.delete(name);
    const cells = resources.flatMap((resource) => {
      const amount = own?.[resource];
      if (resource === 'swap' && own && !amount) return ['<unknown>', '<unknown>'];
      return [usageText(resource, usage), ...(amount ? [shareText(resource, usage, amount)] : [])];
    });
    writeRow(table, [name, ...cells]);
  }
  for (const name of available.keys()) {
    writeRow(table, [name, ...resources.flatMap(() => ['<unknown>', '<unknown>'])]);
  }
  table.flush();
}
