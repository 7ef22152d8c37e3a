/**
 * Which labels an object must have. Selectors come as text (`app=web,tier in (a, b),!canary`) and as LabelSelector objects.
 * Upstream: apimachinery/pkg/labels/selector.go, pkg/apis/meta/v1/helpers.go
 */
import { goQuote } from '../json.ts';
import { checkedRequirement } from './label-requirement.ts';
import type { LabelOperator, LabelRequirement } from './label-requirement.ts';
import { SelectorError } from './selector-error.ts';

export type Labels = Readonly<Record<string, string>>;

/** All requirements must hold, sorted by key; none matches everything; undefined matches nothing. */
export type LabelQuery = readonly LabelRequirement[] | undefined;

/** The object as specs have it. */
export interface LabelSelectorObject {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values?: readonly string[];
  }[];
}

const operatorByName: ReadonlyMap<string, LabelOperator> = new Map([
  ['In', 'in'],
  ['NotIn', 'notin'],
  ['Exists', 'exists'],
  ['DoesNotExist', '!'],
]);

/** A missing selector matches nothing, an empty one everything. Throws SelectorError. */
export function queryFromLabelSelector(selector: LabelSelectorObject | undefined | null): LabelQuery {
  if (!selector) return undefined;
  const fromLabels = Object.entries(selector.matchLabels ?? {}).map(([key, value]) =>
    checkedRequirement(key, '=', [value]),
  );
  const fromExpressions = (selector.matchExpressions ?? []).map(({ key, operator, values }) => {
    const known = operatorByName.get(operator);
    if (!known) throw new SelectorError(`${goQuote(operator)} is not a valid label selector operator`);
    return checkedRequirement(key, known, values ?? []);
  });
  return sortByKey([...fromLabels, ...fromExpressions]);
}

/** Exactly these labels, unchecked: the selectors of Services and ReplicationControllers. */
export function queryFromLabels(labels: Labels | undefined): readonly LabelRequirement[] {
  return sortByKey(
    Object.entries(labels ?? {}).map(([key, value]): LabelRequirement => ({ key, operator: '=', values: [value] })),
  );
}

export function matchesLabels(query: LabelQuery, labels: Labels | undefined): boolean {
  if (!query) return false;
  for (const requirement of query) if (!meetsRequirement(requirement, labels)) return false;
  return true;
}

function meetsRequirement({ key, operator, values }: LabelRequirement, labels: Labels | undefined): boolean {
  const value = labels !== undefined && Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case '=':
    case '==':
    case 'in':
      return value !== undefined && values.includes(value);
    case '!=':
    case 'notin':
      return value === undefined || !values.includes(value);
    case 'exists':
      return value !== undefined;
    case '!':
      return value === undefined;
    case 'gt':
    case 'lt':
      return value !== undefined && comparesAsInteger(value, operator, values[0] ?? '');
  }
}

const integer = /^[+-]?\d+$/;

function comparesAsInteger(value: string, operator: 'gt' | 'lt', bound: string): boolean {
  if (!integer.test(value) || !integer.test(bound)) return false;
  const [a, b] = [BigInt(value.replace('+', '')), BigInt(bound.replace('+', ''))];
  return operator === 'gt' ? a > b : a < b;
}

/** The one value that the query asks the label to have, if it does: what an index can be searched for. */
export function exactLabelValue(query: LabelQuery, key: string): string | undefined {
  const requirement = query?.find((candidate) => candidate.key === key);
  const isExact = requirement && ['=', '==', 'in'].includes(requirement.operator) && requirement.values.length === 1;
  return isExact ? requirement.values[0] : undefined;
}

/** `app=web,tier in (a,b),!canary` */
export function formatLabelQuery(query: LabelQuery): string {
  return (query ?? []).map(formatRequirement).join(',');
}

/** As tables show a selector object: `<none>` when it asks for nothing. Upstream: FormatLabelSelector */
export function formatLabelSelector(selector: LabelSelectorObject | undefined | null): string {
  try {
    return formatLabelQuery(queryFromLabelSelector(selector)) || '<none>';
  } catch (error) {
    if (error instanceof SelectorError) return '<error>';
    throw error;
  }
}

function formatRequirement({ key, operator, values }: LabelRequirement): string {
  const list = values.toSorted().join(',');
  switch (operator) {
    case 'exists':
      return key;
    case '!':
      return `!${key}`;
    case 'in':
    case 'notin':
      return `${key} ${operator} (${list})`;
    case 'gt':
      return `${key}>${list}`;
    case 'lt':
      return `${key}<${list}`;
    default:
      return `${key}${operator}${list}`;
  }
}

export function sortByKey(requirements: readonly LabelRequirement[]): readonly LabelRequirement[] {
  return requirements.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}
