import type { Pod } from '../../../api/generated/types.ts';
import { formatGoDuration, parseFieldSelector, parseLabelQuery, parseRfc3339 } from '../../../api/index.ts';
import type { Command } from '../../command/command.ts';
import { declareAllNamespacesFlag, declareFieldSelectorFlag, declareSelectorFlag } from '../../command/common-flags.ts';
import type { Invocation } from '../../command/invocation.ts';
import { CommandError } from '../../errors/command-error.ts';
import { goSort } from '../../go/sort.ts';
import { TabWriter } from '../../go/tab-writer.ts';
import { objectsAt, stringAt, type JsonObject } from '../../resource/json.ts';
import { nameOf, namespaceOf } from '../../resource/unstructured.ts';
import {
  checkSortBy,
  fetchMetrics,
  isMoreUsed,
  measuredResources,
  sumOf,
  usageOf,
  usageText,
  writeRow,
  type MetricsQuery,
  type Usage,
} from './metrics.ts';

const settlingMs = 2 * 60 * 1000;

/** Upstream: kubectl/pkg/cmd/top/top_pod.go */
export const topPodCommand: Command = {
  name: 'pod',
  aliases: ['pods', 'po'],
  short: 'Display resource (CPU/memory) usage of pods',
  long: `Display resource (CPU/memory) usage of pods.

It may take a few minutes until there are figures for a new pod.`,
  examples: `# All pods of the namespace
kubectl top pod

# Of another namespace
kubectl top pod --namespace=NAMESPACE

# One pod and its containers
kubectl top pod POD_NAME --containers

# Those with a label
kubectl top pod -l name=myLabel`,
  usage: 'pod [NAME | -l label]',
  hasOwnFlagsInUsage: true,
  declare(flags) {
    declareSelectorFlag(flags);
    declareFieldSelectorFlag(flags);
    flags.string('sort-by', "Sort by 'cpu' or 'memory'.");
    flags.bool('containers', 'A line for each container.');
    declareAllNamespacesFlag(flags);
    flags.bool('no-headers', 'Leave out the headers.');
    flags.bool('use-protocol-buffers', 'Ask the metrics API for protocol buffers.', { initial: true });
    flags.bool('sum', 'Print the sum of all, too');
    flags.bool('show-swap', 'Show swap, too.');
  },
  run: topPod,
};

async function topPod(invocation: Invocation): Promise<void> {
  const { flags } = invocation;
  const words = invocation.arguments;
  if (words.length > 1) throw invocation.usageError(topPodCommand.usage!);
  const ownNamespace = await invocation.namespace();
  checkSortBy(flags);
  const [name = ''] = words;
  const [labelSelector, fieldSelector] = [flags.getString('selector'), flags.getString('field-selector')];
  if (name !== '' && (labelSelector !== '' || fieldSelector !== '')) {
    throw new CommandError('only one of NAME or selector can be provided');
  }
  parseLabelQuery(labelSelector);
  parseFieldSelector(fieldSelector);
  const isEverywhere = flags.getBool('all-namespaces');
  const query = { namespace: isEverywhere ? '' : ownNamespace, name, labelSelector, fieldSelector };
  const metrics = await fetchMetrics(invocation, 'pods', query);
  if (metrics.length > 0) {
    print(invocation, metrics);
    return;
  }
  await explainMissing(invocation, { ...query, namespace: ownNamespace });
  invocation.complain(isEverywhere ? 'No resources found\n' : `No resources found in ${ownNamespace} namespace.\n`);
}

/** Pods without figures are too young, or something is wrong. */
async function explainMissing(invocation: Invocation, query: MetricsQuery): Promise<void> {
  const client = await invocation.resource(await invocation.mappingForKind('', 'Pod', 'v1'));
  const { namespace, name, labelSelector, fieldSelector } = query;
  const selectors = { ...(labelSelector && { labelSelector }), ...(fieldSelector && { fieldSelector }) };
  const pods = name === '' ? await client.listAll(namespace, selectors) : [await client.get(namespace, name)];
  if (pods.length === 0) return;
  for (const pod of pods) {
    const { metadata } = pod as unknown as Pod;
    const ageMs = invocation.nowMs() - (parseRfc3339(metadata.creationTimestamp) ?? 0);
    if (ageMs <= settlingMs) continue;
    throw new CommandError(
      `Metrics not available for pod ${metadata.namespace}/${metadata.name}, age: ${formatGoDuration(ageMs)}`,
    );
  }
  throw new CommandError('metrics not available yet');
}

interface Line {
  readonly name: string;
  readonly usage: Usage;
}

function print(invocation: Invocation, pods: readonly JsonObject[]): void {
  const { flags } = invocation;
  const resources = measuredResources(flags);
  const isEverywhere = flags.getBool('all-namespaces');
  const hasContainers = flags.getBool('containers');
  const sortBy = flags.getString('sort-by');
  const table = new TabWriter((text) => invocation.print(text));
  const hasHeaders = !flags.getBool('no-headers');
  const titles: Readonly<Record<string, string>> = { cpu: 'CPU(cores)', memory: 'MEMORY(bytes)', swap: 'SWAP(bytes)' };
  const lead = [...(isEverywhere ? ['NAMESPACE'] : []), ...(hasContainers ? ['POD'] : [])];
  const columns = [...lead, 'NAME', ...resources.map((each) => titles[each]!)];
  if (hasHeaders) writeRow(table, columns);
  const lines = pods.map((pod) => ({
    name: nameOf(pod),
    namespace: namespaceOf(pod),
    usage: sumOf(objectsAt(pod, 'containers').map(usageOf)),
    containers: objectsAt(pod, 'containers').map((each) => ({ name: stringAt(each, 'name'), usage: usageOf(each) })),
  }));
  const isLess = (a: Line, b: Line) => (sortBy ? isMoreUsed(a.usage, b.usage, sortBy) : a.name < b.name);
  const sorted = goSort(lines, (a, b) =>
    !sortBy && isEverywhere && a.namespace !== b.namespace ? a.namespace < b.namespace : isLess(a, b),
  );
  const cells = (usage: Usage) => resources.map((resource) => usageText(resource, usage));
  for (const { name, namespace, usage, containers } of sorted) {
    const place = isEverywhere ? [namespace] : [];
    if (!hasContainers) writeRow(table, [...place, name, ...cells(usage)]);
    else {
      for (const each of goSort(containers, isLess)) writeRow(table, [...place, name, each.name, ...cells(each.usage)]);
    }
  }
  if (flags.getBool('sum')) {
    // Upstream counts the columns before the first three only where there are headers.
    const width = hasHeaders ? lead.length + 1 + resources.length : 1 + resources.length;
    const blank = (count: number) => Array.from({ length: Math.max(0, count) }, () => '');
    writeRow(table, [...blank(width - 2), '________', '________']);
    writeRow(table, [...blank(width - 3), '', ...cells(sumOf(sorted.map(({ usage }) => usage)))]);
  }
  table.flush();
}
