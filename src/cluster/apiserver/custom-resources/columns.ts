import type { CustomResourceColumnDefinition } from '../../../api/generated/types.ts';
import { humanDuration, parseRfc3339, type KubeObject } from '../../../api/index.ts';
import { JsonPath } from '../../../api/jsonpath/json-path.ts';
import { nameColumn } from '../registry/table.ts';
import type { TableCell, TableColumn, TableContext } from '../resource-definition.ts';

const age: CustomResourceColumnDefinition = {
  name: 'Age',
  type: 'date',
  description: 'When the object was created.',
  jsonPath: '.metadata.creationTimestamp',
};

export interface CustomTable {
  readonly columns: readonly TableColumn[];
  row(object: KubeObject, context: TableContext): readonly TableCell[];
}

/**
 * The table of a custom resource: its name, and what the definition's printer columns find.
 * Upstream: apiextensions-apiserver/pkg/registry/customresource/tableconvertor
 */
export function customTable(definitions: readonly CustomResourceColumnDefinition[] | undefined): CustomTable {
  const asked = definitions && definitions.length > 0 ? definitions : [age];
  const columns: TableColumn[] = [nameColumn];
  const cells: ((object: KubeObject, context: TableContext) => TableCell)[] = [];
  for (const definition of asked) {
    const path = parse(definition.jsonPath);
    // As upstream: from the first one that cannot be read, columns are left out.
    if (!path) break;
    columns.push(columnOf(definition));
    cells.push((object, context) => cellOf(path, definition.type, object, context));
  }
  return { columns, row: (object, context) => [object.metadata.name, ...cells.map((cell) => cell(object, context))] };
}

function parse(jsonPath: string): JsonPath | undefined {
  try {
    return new JsonPath(`{${jsonPath}}`, { allowsMissingKeys: true });
  } catch {
    return undefined;
  }
}

function columnOf({
  name,
  type,
  format = '',
  description,
  jsonPath,
  priority = 0,
}: CustomResourceColumnDefinition): TableColumn {
  return {
    name,
    type: type as TableColumn['type'],
    format,
    description: description || `Custom resource definition column (in JSONPath format): ${jsonPath}`,
    priority,
  };
}

function cellOf(path: JsonPath, type: string, object: KubeObject, { nowMs }: TableContext): TableCell {
  const [value, isFound] = firstOf(path, object);
  if (!isFound) return null;
  if (type === 'string') return JsonPath.textOf(value);
  switch (type) {
    case 'integer':
      return typeof value === 'number' ? Math.trunc(value) : null;
    case 'number':
      return typeof value === 'number' ? value : null;
    case 'boolean':
      return typeof value === 'boolean' ? value : null;
    case 'date':
      return typeof value === 'string' ? since(value, nowMs) : null;
    default:
      return null;
  }
}

function firstOf(path: JsonPath, object: KubeObject): readonly [value: unknown, isFound: boolean] {
  try {
    const results = path.find(object)[0] ?? [];
    return [results[0], results.length > 0];
  } catch {
    return [undefined, false];
  }
}

function since(text: string, nowMs: number): string {
  if (text === '' || text === 'null') return '<unknown>';
  const atMs = parseRfc3339(text);
  return atMs === undefined ? '<invalid>' : humanDuration(nowMs - atMs);
}
