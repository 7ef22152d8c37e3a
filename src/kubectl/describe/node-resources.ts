import type { Node, Pod } from '../../api/generated/types.ts';
import {
  formatQuantity,
  parseQuantity,
  quantityMilliValue,
  quantityValue,
  zeroQuantity,
  type Quantity,
} from '../../api/index.ts';
import type { DescribePage } from './page.ts';
import { podResources, sumResources, type ResourceAmounts } from './pod-resources.ts';
import { ageOf } from './time.ts';

/** Upstream: kubectl/pkg/describe/describe.go describeNodeResource */
export function writeNodeResources(page: DescribePage, { status }: Node, pods: readonly Pod[], nowMs: number): void {
  const allocatable = Object.keys(status.allocatable ?? {}).length > 0 ? status.allocatable! : (status.capacity ?? {});
  const share = (amounts: ResourceAmounts, name: string) => amountAndShare(amounts.get(name), name, allocatable[name]);

  page.field(0, 'Non-terminated Pods', `(${pods.length} in total)`);
  page.write(1, 'Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge\n');
  page.write(1, '---------\t----\t\t------------\t----------\t---------------\t-------------\t---\n');
  for (const pod of pods) {
    const [requests, limits] = [podResources(pod, 'requests'), podResources(pod, 'limits')];
    const cells = ['cpu', 'memory'].flatMap((name) => [share(requests, name), share(limits, name)]);
    const { namespace, name, creationTimestamp } = pod.metadata;
    page.write(1, `${namespace}\t${name}\t\t${cells.join('\t')}\t${ageOf(creationTimestamp, nowMs)}\n`);
  }

  page.write(0, 'Allocated resources:\n  (Total limits may be over 100 percent, i.e., overcommitted.)\n');
  page.write(1, 'Resource\tRequests\tLimits\n');
  page.write(1, '--------\t--------\t------\n');
  const [requests, limits] = [sumResources(pods, 'requests'), sumResources(pods, 'limits')];
  const names = Object.keys(allocatable).sort();
  const shared = ['cpu', 'memory', 'ephemeral-storage', ...names.filter((name) => name.startsWith('hugepages-'))];
  for (const name of shared) page.write(1, `${name}\t${share(requests, name)}\t${share(limits, name)}\n`);
  for (const name of names.filter((other) => !shared.includes(other) && other !== 'pods')) {
    page.write(1, `${name}\t${amountText(requests.get(name))}\t${amountText(limits.get(name))}\n`);
  }
}

const amountText = (quantity: Quantity | undefined) => formatQuantity(quantity ?? zeroQuantity);

/** `250m (6%)` */
function amountAndShare(quantity: Quantity | undefined, name: string, allocatable: string | undefined): string {
  const measure = name === 'cpu' ? quantityMilliValue : quantityValue;
  const whole = allocatable === undefined ? 0 : measure(parseQuantity(allocatable));
  const percent = whole === 0 ? 0 : Math.trunc((measure(quantity ?? zeroQuantity) / whole) * 100);
  return `${amountText(quantity)} (${percent}%)`;
}
