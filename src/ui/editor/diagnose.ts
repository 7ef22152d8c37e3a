import { isMap, isScalar, isSeq, type Document, type Node } from 'yaml';
import { identityOf, type Manifest } from './manifest.ts';
import { fieldOf, isIntOrString, isOpen, typeName, type Schema, type SchemaLibrary, type SchemaSet } from './schema.ts';

/** Something wrong in a manifest, at a place in its text. */
export interface Problem {
  readonly from: number;
  readonly to: number;
  readonly message: string;
  readonly severity: 'error' | 'warning';
}

/** What the cluster would refuse, or drop, as far as its schemas tell. */
export async function diagnose(manifest: Manifest, library: SchemaLibrary): Promise<readonly Problem[]> {
  const found = await Promise.all(manifest.documents.map((document) => diagnoseDocument(document, library)));
  return found.flat();
}

async function diagnoseDocument(document: Document.Parsed, library: SchemaLibrary): Promise<readonly Problem[]> {
  const problems: Problem[] = document.errors.map(({ message, pos }) => ({
    from: pos[0],
    to: Math.max(pos[0] + 1, pos[1]),
    message,
    severity: 'error',
  }));
  const contents = document.contents as Node | null;
  if (!contents || (isScalar(contents) && contents.value === null)) return problems;
  if (!isMap(contents))
    return [...problems, problemAt(contents, 'A manifest is a mapping that begins with apiVersion and kind.')];

  const { apiVersion, kind } = identityOf(document);
  if (!apiVersion) problems.push(problemAt(contents, 'apiVersion is missing.', 'error', 1));
  if (!kind) problems.push(problemAt(contents, 'kind is missing.', 'error', 1));
  if (!apiVersion || !kind) return problems;

  const set = await library.of(apiVersion);
  if (!set) {
    problems.push(problemAt(contents.get('apiVersion', true) as Node, `The cluster serves no ${apiVersion}.`));
    return problems;
  }
  const schema = set.resolve(set.kinds.get(kind));
  if (!schema) {
    problems.push(problemAt(contents.get('kind', true) as Node, `${apiVersion} has no kind ${kind}.`));
    return problems;
  }
  check(contents, schema, set, problems);
  return problems;
}

function check(node: Node | null | undefined, schema: Schema, set: SchemaSet, problems: Problem[]): void {
  if (!node || (isScalar(node) && node.value === null)) return;
  if (isMap(node)) {
    if (schema.type && schema.type !== 'object') problems.push(wrongType(node, schema, 'an object'));
    else checkFields(node, schema, set, problems);
  } else if (isSeq(node)) {
    const items = set.resolve(schema.items);
    if (schema.type && schema.type !== 'array') problems.push(wrongType(node, schema, 'a list'));
    else if (items) for (const item of node.items) check(item as Node, items, set, problems);
  } else if (isScalar(node)) {
    checkScalar(node, node.value, schema, problems);
  }
}

function checkFields(
  node: Node & { items: { key: unknown; value: unknown }[] },
  schema: Schema,
  set: SchemaSet,
  problems: Problem[],
): void {
  const present = new Set<string>();
  for (const { key, value } of node.items) {
    if (!isScalar(key)) continue;
    const name = String(key.value);
    present.add(name);
    const field = set.resolve(fieldOf(schema, name));
    if (field) check(value as Node | null, field, set, problems);
    else if (!isOpen(schema))
      problems.push(problemAt(key, `unknown field "${name}"${didYouMean(name, schema)}`, 'warning'));
  }
  for (const name of schema.required ?? []) {
    if (!present.has(name)) problems.push(problemAt(node, `${name} is missing.`, 'error', 1));
  }
}

function checkScalar(node: Node, value: unknown, schema: Schema, problems: Problem[]): void {
  if (isIntOrString(schema)) {
    if (typeof value !== 'number' && typeof value !== 'string') problems.push(wrongType(node, schema, nameOf(value)));
    return;
  }
  const fits: Readonly<Record<string, boolean>> = {
    string: typeof value === 'string',
    integer: typeof value === 'number' && Number.isInteger(value),
    number: typeof value === 'number',
    boolean: typeof value === 'boolean',
    object: schema.properties === undefined && schema.additionalProperties === undefined,
    array: false,
  };
  if (schema.type && fits[schema.type] === false) {
    const advice = schema.type === 'string' && typeof value !== 'object' ? ' Put it in quotes.' : '';
    problems.push(wrongType(node, schema, nameOf(value), advice));
  } else if (schema.enum && !schema.enum.includes(value)) {
    problems.push(problemAt(node, `must be one of ${schema.enum.map(String).join(', ')}`));
  }
}

const nameOf = (value: unknown) =>
  typeof value === 'number' ? 'a number' : typeof value === 'boolean' ? 'a boolean' : 'text';

const wrongType = (node: Node, schema: Schema, found: string, advice = ''): Problem =>
  problemAt(node, `${typeName(schema)} wanted, this is ${found}.${advice}`);

function problemAt(
  node: Node | undefined,
  message: string,
  severity: Problem['severity'] = 'error',
  length?: number,
): Problem {
  const [from, end] = node?.range ?? [0, 1];
  return { from, to: Math.max(from + 1, length === undefined ? end : from + length), message, severity };
}

/** The field that differs by a letter or by case alone. */
function didYouMean(name: string, { properties }: Schema): string {
  const near = Object.keys(properties ?? {}).find(
    (candidate) => candidate.toLowerCase() === name.toLowerCase() || distance(candidate, name) <= 2,
  );
  return near ? `; did you mean "${near}"?` : '';
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length]!;
}
