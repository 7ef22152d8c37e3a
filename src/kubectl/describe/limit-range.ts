import type { LimitRange, LimitRangeItem } from '../../api/generated/types.ts';
import type { Describer } from './describer.ts';
import { DescribePage } from './page.ts';

/** Upstream: kubectl/pkg/describe/describe.go describeLimitRange */
export const describeLimitRange: Describer<LimitRange> = async ({ metadata, spec }) => {
  const page = new DescribePage();
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Namespace', metadata.namespace ?? '');
  page.write(0, 'Type\tResource\tMin\tMax\tDefault Request\tDefault Limit\tMax Limit/Request Ratio\n');
  page.write(0, '----\t--------\t---\t---\t---------------\t-------------\t-----------------------\n');
  for (const item of spec.limits) writeItem(page, item, '');
  return page.end();
};

/** All limit ranges of a namespace in one table. */
export function writeLimitRanges(page: DescribePage, limitRanges: readonly LimitRange[]): void {
  if (limitRanges.length === 0) {
    page.write(0, 'No LimitRange resource.\n');
    return;
  }
  page.write(
    0,
    'Resource Limits\n Type\tResource\tMin\tMax\tDefault Request\tDefault Limit\tMax Limit/Request Ratio\n',
  );
  page.write(0, ' ----\t--------\t---\t---\t---------------\t-------------\t-----------------------\n');
  for (const { spec } of limitRanges) for (const item of spec.limits) writeItem(page, item, ' ');
}

/** Differs: the resources of an item come sorted by name; upstream takes them in Go's random order. */
function writeItem(page: DescribePage, item: LimitRangeItem, indent: string): void {
  const lists = [item.min, item.max, item.defaultRequest, item.default, item.maxLimitRequestRatio];
  const names = [...new Set(lists.flatMap((list) => Object.keys(list ?? {})))].sort();
  for (const name of names) {
    const values = lists.map((list) => list?.[name] ?? '-').join('\t');
    page.write(0, `${indent}${item.type}\t${name}\t${values}\n`);
  }
}
