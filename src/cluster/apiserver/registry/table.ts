import type { Container } from '../../../api/generated/types.ts';
import { formatLabelQuery, humanDuration, queryFromLabels, type KubeObject } from '../../../api/index.ts';
import type { TableCell, TableColumn, TableContext } from '../resource-definition.ts';

/**
 * The columns that nearly every kind has.
 * Upstream: pkg/printers/internalversion/printers.go
 */
export const nameColumn: TableColumn = {
  name: 'Name',
  type: 'string',
  format: 'name',
  description: 'What the object is called; unique among its kind within a namespace.',
  priority: 0,
};

/** What kinds without columns of their own show. */
export const createdAtColumn = column('Created At', 'date', 'When the object was created.');

export const ageColumn = column('Age', 'string', 'How long ago the object was created.');

export function column(
  name: string,
  type: TableColumn['type'],
  description: string,
  options: { readonly wide?: true } = {},
): TableColumn {
  return { name, type, format: '', description, priority: options.wide ? 1 : 0 };
}

export function ageCell(object: KubeObject, context: TableContext): TableCell {
  return sinceCell(object.metadata.creationTimestamp, context);
}

/** The time since `timestamp` the way `kubectl get` shows it. */
export function sinceCell(timestamp: string | undefined | null, context: TableContext): string {
  if (!timestamp) return '<unknown>';
  return humanDuration(context.nowMs - Date.parse(timestamp));
}

/** `app=web,tier=front`, keys in order; `<none>` when there are none. Upstream: labels.FormatLabels */
export function formatLabels(labels: Readonly<Record<string, string>> | undefined): string {
  return formatLabelQuery(queryFromLabels(labels)) || '<none>';
}

/** Names and images of containers, as wide tables list them. */
export function containerCells(containers: readonly Container[] | undefined): readonly [names: string, images: string] {
  const list = containers ?? [];
  return [list.map(({ name }) => name).join(','), list.map(({ image = '' }) => image).join(',')];
}
