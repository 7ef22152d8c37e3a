import type { LimitRange, Namespace, ResourceQuota } from '../../api/generated/types.ts';
import { ApiError, type KubeObject } from '../../api/index.ts';
import type { DescribeContext, Describer } from './describer.ts';
import { writeLimitRanges } from './limit-range.ts';
import { writeAnnotations, writeLabels } from './lists.ts';
import { DescribePage } from './page.ts';
import { writeResourceQuotas } from './resource-quota.ts';
import { rfc1123 } from './time.ts';

/** Upstream: kubectl/pkg/describe/describe.go describeNamespace */
export const describeNamespace: Describer<Namespace> = async ({ metadata, status }, context) => {
  const page = new DescribePage();
  page.field(0, 'Name', metadata.name);
  writeLabels(page, 'Labels', metadata.labels);
  writeAnnotations(page, 'Annotations', metadata.annotations);
  page.field(0, 'Status', status.phase ?? '');
  if (status.conditions?.length) {
    page.write(0, 'Conditions:\n');
    page.write(1, 'Type\tStatus\tLastTransitionTime\tReason\tMessage\n');
    page.write(1, '----\t------\t------------------\t------\t-------\n');
    for (const condition of status.conditions) {
      const { type, reason = '', message = '' } = condition;
      page.write(1, `${type}\t${condition.status}\t${rfc1123(condition.lastTransitionTime)}\t${reason}\t${message}\n`);
    }
  }
  const quotas = await listIfServed<ResourceQuota>(context, `/api/v1/namespaces/${metadata.name}/resourcequotas`);
  if (quotas) {
    page.write(0, '\n');
    writeResourceQuotas(page, quotas);
  }
  const limitRanges = await listIfServed<LimitRange>(context, `/api/v1/namespaces/${metadata.name}/limitranges`);
  if (limitRanges) {
    page.write(0, '\n');
    writeLimitRanges(page, limitRanges);
  }
  return page.end();
};

/** Undefined where the server does not know the resource. */
async function listIfServed<T extends KubeObject>(
  context: DescribeContext,
  path: string,
): Promise<readonly T[] | undefined> {
  try {
    return await context.list<T>(path);
  } catch (error) {
    if (error instanceof ApiError && error.reason === 'NotFound') return undefined;
    throw error;
  }
}
