import { equalJson, stringMapAt, valueAt, type JsonObject, type JsonValue } from '../resource/json.ts';
import { humanDuration } from '../../api/index.ts';
import { isList, itemsOf, nameOf, namespaceOf } from '../resource/unstructured.ts';
import { numberText } from '../../api/go/number-text.ts';
import { isTable, tableOf, type Table, type TableColumn, type TableRow } from './table.ts';

export interface TableOptions {
  readonly hasHeaders: boolean;
  readonly isWide: boolean;
  readonly withNamespace: boolean;
  /** Puts `deployment.apps/` before names. */
  readonly kindPrefix?: string;
  readonly labelColumns: readonly string[];
  readonly showsLabels: boolean;
}

/**
 * Prints the tables that the server answers with, as cells with tabs between them.
 * Upstream: cli-runtime/pkg/printers/tableprinter.go
 */
export class TablePrinter {
  readonly #options: TableOptions;
  readonly #nowMs: () => number;
  #columns: readonly TableColumn[] = [];
  #hasPrintedHeaders = false;
  #hasPrintedPlain = false;

  constructor(options: TableOptions, nowMs: () => number) {
    this.#options = options;
    this.#nowMs = nowMs;
  }

  print(object: JsonObject, eventType?: string): string {
    if (!isTable(object)) return this.#plain(object, eventType);
    const table = tableOf(object);
    let { hasHeaders } = this.#options;
    const isSame = table.columns.length === 0 || equalJson(table.columns, this.#columns);
    if (this.#hasPrintedHeaders && isSame) hasHeaders = false;
    if (table.columns.length > 0 && !isSame) {
      this.#columns = table.columns;
      this.#hasPrintedHeaders = false;
    }
    if (table.rows.length > 0) this.#hasPrintedHeaders = true;
    const decorated = this.#decorate({ columns: this.#columns, rows: table.rows }, eventType);
    return this.#text(decorated, hasHeaders);
  }

  /** Adds namespace, kind, labels and the type of the event. */
  #decorate(table: Table, eventType: string | undefined): Table {
    const { withNamespace, labelColumns, showsLabels, kindPrefix } = this.#options;
    const plain = (name: string): TableColumn => ({ name, type: 'string', format: '', priority: 0 });
    const nameColumn = table.columns.findIndex((column) => column.format === 'name' && column.type === 'string');
    const columns = [
      ...(eventType === undefined ? [] : [plain('Event')]),
      ...(withNamespace ? [plain('Namespace')] : []),
      ...table.columns,
      ...labelColumns.map((label) => plain(label.split('/').at(-1)!.toUpperCase())),
      ...(showsLabels ? [plain('Labels')] : []),
    ];
    const rows = table.rows.map((row): TableRow => {
      const labels = stringMapAt(row.object, 'metadata', 'labels');
      const cells = row.cells.map((cell, index) =>
        kindPrefix && index === nameColumn ? `${kindPrefix}/${cellText(cell)}` : cell,
      );
      return {
        object: row.object,
        cells: [
          ...(eventType === undefined ? [] : [eventType.padEnd(8)]),
          ...(withNamespace ? [row.object ? namespaceOf(row.object) : undefined] : []),
          ...cells,
          ...labelColumns.map((label) => (row.object ? (labels[label] ?? '') : undefined)),
          ...(showsLabels ? [row.object ? labelsText(labels) : undefined] : []),
        ],
      };
    });
    return { columns, rows };
  }

  #text({ columns, rows }: Table, hasHeaders: boolean): string {
    if (rows.length === 0) return '';
    const isShown = (column: TableColumn) => this.#options.isWide || column.priority === 0;
    const header = columns.filter(isShown).map((column) => column.name.toUpperCase());
    const lines = rows.map((row) =>
      row.cells
        .filter((_, index) => columns[index] && isShown(columns[index]))
        .map(cellText)
        .join('\t'),
    );
    return [...(hasHeaders ? [header.join('\t')] : []), ...lines].map((line) => `${line}\n`).join('');
  }

  /** For answers that are no tables: name and age. */
  #plain(object: JsonObject, eventType: string | undefined): string {
    const { withNamespace, labelColumns, showsLabels, kindPrefix } = this.#options;
    const objects = isList(object) ? itemsOf(object) : [object];
    const headers = [
      ...(eventType === undefined ? [] : ['EVENT']),
      ...(withNamespace ? ['NAMESPACE'] : []),
      'NAME',
      'AGE',
      ...labelColumns.map((label) => label.split('/').at(-1)!.toUpperCase()),
      ...(showsLabels ? ['LABELS'] : []),
    ];
    const lines = objects.map((each) => {
      const labels = stringMapAt(each, 'metadata', 'labels');
      const created = Date.parse(String(valueAt(each, 'metadata', 'creationTimestamp') ?? ''));
      return [
        ...(eventType === undefined ? [] : [eventType.padEnd(8)]),
        ...(withNamespace ? [namespaceOf(each)] : []),
        kindPrefix ? `${kindPrefix}/${nameOf(each)}` : nameOf(each),
        Number.isNaN(created) ? '<unknown>' : humanDuration(this.#nowMs() - created),
        ...labelColumns.map((label) => labels[label] ?? ''),
        ...(showsLabels ? [labelsText(labels)] : []),
      ].join('\t');
    });
    const head = this.#options.hasHeaders && !this.#hasPrintedPlain ? [headers.join('\t')] : [];
    this.#hasPrintedPlain = true;
    return [...head, ...lines].map((line) => `${line}\n`).join('');
  }
}

/** labels.FormatLabels */
export function labelsText(labels: Readonly<Record<string, string>>): string {
  const text = Object.keys(labels)
    .toSorted()
    .map((key) => `${key}=${labels[key]}`)
    .join(',');
  return text === '' ? '<none>' : text;
}

/** A cell as it is printed; what could confuse a terminal is shown instead of sent. */
function cellText(cell: JsonValue | undefined): string {
  if (cell === undefined || cell === null) return '';
  if (typeof cell === 'number') return numberText(cell);
  if (typeof cell === 'object') return JSON.stringify(cell);
  const text = String(cell);
  const line = /[\f\n\r]/.exec(text);
  return line ? `${text.slice(0, line.index)}...`.replaceAll('\u001b', '^[') : text.replaceAll('\u001b', '^[');
}
