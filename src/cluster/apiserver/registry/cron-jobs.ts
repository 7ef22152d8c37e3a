import type { CronJob } from '../../../api/generated/types.ts';
import { later, type ResourceDefinition } from '../resource-definition.ts';
import { ruleBook } from './rule-book.ts';

/** Jobs at certain times. Upstream: pkg/registry/batch/cronjob */
export const cronJobs: ResourceDefinition<CronJob> = {
  group: 'batch',
  version: 'v1',
  resource: 'cronjobs',
  kind: 'CronJob',
  singular: 'cronjob',
  shortNames: ['cj'],
  categories: ['all'],
  isNamespaced: true,
  schema: 'io.k8s.api.batch.v1.CronJob',
  status: {},
  rules: later(ruleBook, ({ cronJobRules }) => cronJobRules),
};
