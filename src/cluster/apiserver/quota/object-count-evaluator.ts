import type { QuotaEvaluator } from './evaluator.ts';
import { one } from './amounts.ts';

/** Names that counts had before `count/…` came. Upstream: legacyObjectCountAliases in pkg/quota/v1/evaluator/core */
const aliases = new Set(['configmaps', 'resourcequotas', 'replicationcontrollers', 'secrets']);

/** Objects of a kind are counted. Upstream: apiserver/pkg/quota/v1/generic/evaluator.go */
export function objectCountEvaluator({
  group,
  resource,
}: {
  readonly group: string;
  readonly resource: string;
}): QuotaEvaluator {
  const names = [countName({ group, resource }), ...(group === '' && aliases.has(resource) ? [resource] : [])];
  const usage = new Map(names.map((name) => [name, one]));
  return {
    handles: ({ operation, subresource }) => operation === 'CREATE' && subresource === '',
    uses: (name) => names.includes(name),
    matchesScope: () => false,
    usage: () => usage,
  };
}

/** `count/deployments.apps` */
export function countName({ group, resource }: { readonly group: string; readonly resource: string }): string {
  return `count/${group ? `${resource}.${group}` : resource}`;
}
