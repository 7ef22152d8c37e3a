import type { ResourceQuota } from '../../api/generated/types.ts';
import type { Describer } from './describer.ts';
import { compareText } from './lists.ts';
import { DescribePage } from './page.ts';

/** What a scope selects, in a sentence. */
const scopeHelp: Readonly<Record<string, string>> = {
  Terminating:
    'Matches all pods that have an active deadline. These pods have a limited lifespan on a node before being actively terminated by the system.',
  NotTerminating:
    'Matches all pods that do not have an active deadline. These pods usually include long running pods whose container command is not expected to terminate.',
  BestEffort:
    'Matches all pods that do not have resource requirements set. These pods have a best effort quality of service.',
  NotBestEffort:
    'Matches all pods that have at least one resource requirement set. These pods have a burstable or guaranteed quality of service.',
};

/** Upstream: kubectl/pkg/describe/describe.go describeQuota */
export const describeResourceQuota: Describer<ResourceQuota> = async (quota) => {
  const page = new DescribePage();
  page.field(0, 'Name', quota.metadata.name);
  page.field(0, 'Namespace', quota.metadata.namespace ?? '');
  writeScopes(page, quota, 0, ' * ');
  page.write(0, 'Resource\tUsed\tHard\n');
  page.write(0, '--------\t----\t----\n');
  writeUsage(page, quota, 0);
  return page.end();
};

/** All quotas of a namespace. */
export function writeResourceQuotas(page: DescribePage, quotas: readonly ResourceQuota[]): void {
  if (quotas.length === 0) {
    page.write(0, 'No resource quota.\n');
    return;
  }
  page.write(0, 'Resource Quotas\n');
  for (const quota of [...quotas].sort((a, b) => compareText(a.metadata.name, b.metadata.name))) {
    page.field(1, 'Name', quota.metadata.name);
    writeScopes(page, quota, 1, '* ');
    page.write(1, 'Resource\tUsed\tHard\n');
    page.write(1, '--------\t---\t---\n');
    writeUsage(page, quota, 1);
  }
}

function writeScopes(page: DescribePage, { spec }: ResourceQuota, level: number, bullet: string): void {
  const scopes = [...(spec.scopes ?? [])].sort();
  if (scopes.length === 0) return;
  page.field(level, 'Scopes', scopes.join(', '));
  for (const scope of scopes) if (scopeHelp[scope]) page.write(level, `${bullet}${scopeHelp[scope]}\n`);
}

function writeUsage(page: DescribePage, { status }: ResourceQuota, level: number): void {
  const { hard = {}, used = {} } = status;
  for (const name of Object.keys(hard).sort()) page.write(level, `${name}\t${used[name] ?? '0'}\t${hard[name]}\n`);
}
