import type { PodDisruptionBudget } from '../../../api/generated/types.ts';
import { later, type ResourceDefinition } from '../resource-definition.ts';
import { ruleBook } from './rule-book.ts';

/** How many pods may be taken away at once. Upstream: pkg/registry/policy/poddisruptionbudget */
export const podDisruptionBudgets: ResourceDefinition<PodDisruptionBudget> = {
  group: 'policy',
  version: 'v1',
  resource: 'poddisruptionbudgets',
  kind: 'PodDisruptionBudget',
  singular: 'poddisruptionbudget',
  shortNames: ['pdb'],
  isNamespaced: true,
  schema: 'io.k8s.api.policy.v1.PodDisruptionBudget',
  forbidsUnconditionalUpdate: true,
  status: {},
  rules: later(ruleBook, ({ podDisruptionBudgetRules }) => podDisruptionBudgetRules),
};
