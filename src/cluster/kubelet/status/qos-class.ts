/**
 * Guaranteed, Burstable or BestEffort.
 * Upstream: pkg/apis/core/v1/helper/qos/qos.go
 */
import { compareQuantity, parseQuantity, quantityValue, type Quantity } from '../../../api/quantity.ts';
import type { Pod } from '../../../api/generated/types.ts';

const counted = ['cpu', 'memory'];

export function qosClassOf({ spec }: Pod): 'Guaranteed' | 'Burstable' | 'BestEffort' {
  const containers = [...(spec.initContainers ?? []), ...spec.containers];
  const sources = spec.resources ? [spec.resources] : containers.map(({ resources }) => resources ?? {});
  const asksForAnything = sources.some(({ requests, limits }) =>
    counted.some((name) => isSet(amount(requests, name)) || isSet(amount(limits, name))),
  );
  if (!asksForAnything) return 'BestEffort';
  const isGuaranteed = sources.every(({ requests, limits }) =>
    counted.every((name) => {
      const limit = amount(limits, name);
      const request = amount(requests, name) ?? limit;
      return limit !== undefined && isSet(limit) && request !== undefined && compareQuantity(request, limit) === 0;
    }),
  );
  return isGuaranteed ? 'Guaranteed' : 'Burstable';
}

function amount(list: Readonly<Record<string, string>> | undefined, name: string): Quantity | undefined {
  const text = list?.[name];
  return text === undefined ? undefined : parseQuantity(text);
}

function isSet(quantity: Quantity | undefined): boolean {
  return quantity !== undefined && quantityValue(quantity) > 0;
}
