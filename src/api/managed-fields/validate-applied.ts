/**
 * Whether a manifest fits the type, in the words of server-side apply.
 * Upstream: sigs.k8s.io/structured-merge-diff/v6/typed/validate.go, helpers.go
 */
import { goQuote, goText, isJsonObject } from '../json.ts';
import type { ListSchema, ScalarSchema, TypeSchema } from '../schema/type-schema.ts';
import { elementText, listElement } from './path-element.ts';

/** `.spec.foo: field not declared in schema`; several are listed under `errors:`. Undefined when it fits. */
export function appliedProblem(object: unknown, schema: TypeSchema): string | undefined {
  const problems = problemsOf(object, schema, '');
  if (problems.length === 0) return undefined;
  return problems.length === 1 ? problems[0] : ['errors:', ...problems.map((problem) => `  ${problem}`)].join('\n');
}

function problemsOf(value: unknown, schema: TypeSchema, path: string): readonly string[] {
  if (value === null || value === undefined) return [];
  const problem = (text: string): readonly string[] => [path ? `${path}: ${text}` : text];
  switch (schema.type) {
    case 'any':
      return [];
    case 'object':
      if (!isJsonObject(value)) return problem(`expected map, got &{${goText(value)}}`);
      return Object.entries(value).flatMap(([key, item]) => {
        const field = schema.fields.get(key);
        if (field) return problemsOf(item, field.schema, `${path}.${key}`);
        return schema.isOpen ? [] : [`${path}.${key}: field not declared in schema`];
      });
    case 'map':
      if (!isJsonObject(value)) return problem(`expected map, got &{${goText(value)}}`);
      return Object.entries(value).flatMap(([key, item]) => problemsOf(item, schema.values, `${path}.${key}`));
    case 'list':
      if (!Array.isArray(value)) return problem(`expected list, got &{${goText(value)}}`);
      return itemProblems(value, schema, path);
    default:
      return scalarProblem(value, schema).flatMap(problem);
  }
}

function itemProblems(list: readonly unknown[], schema: ListSchema, path: string): readonly string[] {
  const problem = (text: string): readonly string[] => [path ? `${path}: ${text}` : text];
  if (schema.listType === 'atomic') {
    return list.flatMap((item, index) => problemsOf(item, schema.items, `${path}[${index}]`));
  }
  const seen = new Set<string>();
  const problems: string[] = [];
  for (const [index, item] of list.entries()) {
    const element = listElement(item, schema);
    if (element === undefined) return [...problems, ...problem(`element ${index}: ${withoutKey(item, schema)}`)];
    const shown = elementText(element);
    if (seen.has(element)) problems.push(...problem(`duplicate entries for key ${shown}`));
    seen.add(element);
    problems.push(...problemsOf(item, schema.items, `${path}${shown}`));
  }
  return problems;
}

/** Why an element has no key. */
function withoutKey(item: unknown, { listType, mapKeys }: ListSchema): string {
  if (listType === 'set') {
    if (Array.isArray(item)) return 'not supported: associative list with lists as elements';
    return item === null
      ? "associative list without keys has an element that's an explicit null"
      : "associative list without keys has an element that's a map type";
  }
  if (item === null) return 'associative list with keys may not have a null element';
  if (!isJsonObject(item)) return 'associative list with keys may not have non-map elements';
  const keys = `[${mapKeys.map(goQuote).join(' ')}]`;
  return `associative list with keys has an element that omits all key fields ${keys} (and doesn't have default values for any key fields)`;
}

function scalarProblem(value: unknown, schema: ScalarSchema): readonly string[] {
  switch (schema.type) {
    case 'boolean':
      return typeof value === 'boolean' ? [] : [`expected boolean, got &{${goText(value)}}`];
    case 'int32':
    case 'int64':
    case 'double':
      return typeof value === 'number' ? [] : [`expected numeric (int or float), got ${goTypeOf(value)}`];
    case 'quantity':
    case 'int-or-string':
    case 'time':
    case 'micro-time':
      return typeof value === 'object' ? [`expected any scalar, got &{${goText(value)}}`] : [];
    default:
      return typeof value === 'string'
        ? []
        : [`expected string, got &value.valueUnstructured{Value:${goLiteral(value)}}`];
  }
}

function goTypeOf(value: unknown): string {
  if (Array.isArray(value)) return '[]interface {}';
  if (typeof value === 'object') return 'map[string]interface {}';
  return typeof value === 'boolean' ? 'bool' : 'string';
}

/** As Go's `%#v`. */
function goLiteral(value: unknown): string {
  if (Array.isArray(value)) return `[]interface {}{${value.map(goLiteral).join(', ')}}`;
  if (isJsonObject(value)) {
    const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
    return `map[string]interface {}{${entries.map(([key, item]) => `${goQuote(key)}:${goLiteral(item)}`).join(', ')}}`;
  }
  return typeof value === 'string' ? goQuote(value) : value === null ? 'interface {}(nil)' : String(value);
}
