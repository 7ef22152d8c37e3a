import { listAt, objectAt, objectsAt, stringAt, type JsonObject, type JsonValue } from '../resource/json.ts';

/** What the server answers when it is asked for a table. Upstream: apimachinery/pkg/apis/meta/v1 Table */
export interface Table {
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRow[];
}

export interface TableColumn {
  readonly name: string;
  readonly type: string;
  readonly format: string;
  /** 0 for columns that are always shown. */
  readonly priority: number;
}

export interface TableRow {
  readonly cells: readonly (JsonValue | undefined)[];
  /** The object, or its metadata alone. */
  readonly object: JsonObject | undefined;
}

export function isTable(object: JsonObject): boolean {
  return object['kind'] === 'Table' && stringAt(object, 'apiVersion').startsWith('meta.k8s.io/');
}

export function tableOf(object: JsonObject): Table {
  return {
    columns: objectsAt(object, 'columnDefinitions').map((column) => ({
      name: stringAt(column, 'name'),
      type: stringAt(column, 'type'),
      format: stringAt(column, 'format'),
      priority: typeof column['priority'] === 'number' ? column['priority'] : 0,
    })),
    rows: objectsAt(object, 'rows').map((row) => ({ cells: listAt(row, 'cells'), object: objectAt(row, 'object') })),
  };
}
