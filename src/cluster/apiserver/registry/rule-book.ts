import { CodePart } from '../../../kernel/index.ts';
import type * as Rules from './rules/index.ts';

/**
 * The rules of the kinds that a cluster may do without. An empty cluster writes namespaces, nodes, leases, services and
 * their like only, whose rules stand with their names; for all others the page fetches this when one is written first.
 */
export const ruleBook = new CodePart<typeof Rules>('the rules of workloads');
