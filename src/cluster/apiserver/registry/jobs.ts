import type { Job } from '../../../api/generated/types.ts';
import { later, type ResourceDefinition } from '../resource-definition.ts';
import { ruleBook } from './rule-book.ts';

/** Pods that run until enough of them have succeeded. Upstream: pkg/registry/batch/job */
export const jobs: ResourceDefinition<Job> = {
  group: 'batch',
  version: 'v1',
  resource: 'jobs',
  kind: 'Job',
  singular: 'job',
  categories: ['all'],
  isNamespaced: true,
  schema: 'io.k8s.api.batch.v1.Job',
  // Older clients expect it.
  defaultPropagation: 'Orphan',
  status: {},
  selectableFields: { 'status.successful': ({ status }) => String(status?.succeeded ?? 0) },
  rules: later(ruleBook, ({ jobRules }) => jobRules),
};
