import { documentAt, identityOf, parseManifest, type Path } from './manifest.ts';
import { fieldOf, isIntOrString, typeName, type Schema, type SchemaLibrary } from './schema.ts';

export interface Completion {
  readonly label: string;
  readonly insert: string;
  readonly detail: string;
  readonly description: string;
  readonly isField: boolean;
}

/**
 * Where the cursor is, told by indentation alone: the text is seldom whole while it is being typed.
 * `key` is the field before the colon when the cursor is behind one.
 */
export interface Place {
  readonly path: Path;
  readonly key: string | undefined;
  /** How far the line is indented. */
  readonly indent: number;
}

const lineShape = /^(\s*)((?:- +)*)([^\s:#-][^:#]*)?(:(?: .*|$))?/;

export function placeAt(text: string, offset: number): Place {
  const lines = text.slice(0, offset).split('\n');
  const current = lines.pop() ?? '';
  const [, space = '', dashes = '', name, colon] = lineShape.exec(current) ?? [];
  const isDash = /^\s*-\s*$/.test(current);
  let indent = space.length + dashes.length + (isDash ? 2 : 0);
  const here = indent;
  const parts: string[] = [];
  let isInItem = dashes !== '' || isDash;
  for (let at = lines.length - 1; at >= 0; at--) {
    const line = lines[at]!;
    if (line.startsWith('---')) break;
    if (/^\s*(#|$)/.test(line)) continue;
    const [, lead = '', marks = '', field] = lineShape.exec(line) ?? [];
    const column = lead.length + marks.length;
    // A list may stand at the column of the field that holds it.
    const isParent = isInItem ? lead.length <= indent - 2 && column <= indent - 2 : column < indent;
    if (isParent && field !== undefined) {
      if (isInItem) parts.unshift('-');
      parts.unshift(field.trim());
      indent = column;
      isInItem = marks !== '';
    } else if (column === indent && marks !== '' && !isInItem) {
      isInItem = true;
    }
  }
  const path = parts.map((part) => (part === '-' ? 0 : part));
  return { path, key: colon === undefined ? undefined : name?.trim(), indent: here };
}

/** What may be typed at an offset. */
export async function completionsAt(
  text: string,
  offset: number,
  library: SchemaLibrary,
): Promise<readonly Completion[]> {
  const place = placeAt(text, offset);
  const manifest = parseManifest(text);
  const document = documentAt(manifest, offset);
  const { apiVersion, kind } = document ? identityOf(document) : { apiVersion: '', kind: '' };

  if (place.path.length === 0 && place.key === 'apiVersion') return values(await library.versions());
  const set = apiVersion ? await library.of(apiVersion) : undefined;
  if (place.path.length === 0 && place.key === 'kind') return values([...(set?.kinds.keys() ?? [])].sort());
  if (!set || !kind) {
    return place.path.length === 0 && place.key === undefined
      ? ['apiVersion', 'kind', 'metadata', 'spec'].map(plainField)
      : [];
  }
  const schema = set.at(kind, place.path);
  if (!schema) return [];
  if (place.key !== undefined) return valuesOf(set.resolve(fieldOf(schema, place.key)));
  const present = new Set(presentFields(text, offset, place.indent));
  return Object.entries(schema.properties ?? {})
    .filter(([name]) => !present.has(name) && !(place.path.length === 0 && name === 'status'))
    .map(([name, field]) =>
      fieldCompletion(name, set.resolve(field) ?? {}, schema.required?.includes(name) ?? false, place.indent),
    );
}

function fieldCompletion(name: string, field: Schema, isRequired: boolean, indent: number): Completion {
  const deeper = ' '.repeat(indent + 2);
  const tail =
    field.type === 'array' ? `:\n${deeper}- ` : field.properties || field.type === 'object' ? `:\n${deeper}` : ': ';
  return {
    label: name,
    insert: name + tail,
    detail: isRequired ? `${typeName(field)}, required` : typeName(field),
    description: field.description ?? '',
    isField: true,
  };
}

const plainField = (name: string): Completion => ({
  label: name,
  insert: `${name}: `,
  detail: '',
  description: '',
  isField: true,
});

const values = (names: readonly string[]): readonly Completion[] =>
  names.map((name) => ({ label: name, insert: name, detail: '', description: '', isField: false }));

function valuesOf(schema: Schema | undefined): readonly Completion[] {
  if (schema?.enum) return values(schema.enum.map(String));
  return schema?.type === 'boolean' && !isIntOrString(schema) ? values(['true', 'false']) : [];
}

/** Fields that the same mapping already has: the lines around at the same column. */
function presentFields(text: string, offset: number, indent: number): readonly string[] {
  const lines = text.split('\n');
  const at = text.slice(0, offset).split('\n').length - 1;
  const found: string[] = [];
  for (const by of [-1, 1]) {
    for (let index = at + by; index >= 0 && index < lines.length; index += by) {
      const line = lines[index]!;
      if (/^\s*(#|$)/.test(line)) continue;
      const [, lead = '', marks = '', field] = lineShape.exec(line) ?? [];
      const column = lead.length + marks.length;
      if (column < indent || line.startsWith('---')) break;
      if (column === indent && field !== undefined) found.push(field.trim());
      if (marks !== '' && column === indent && by === -1) break;
      if (marks !== '' && lead.length < indent && by === 1) break;
    }
  }
  return found;
}
