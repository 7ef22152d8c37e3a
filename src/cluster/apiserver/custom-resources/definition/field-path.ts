import { hasAdditionalProperties, propertyOf, valuesOf, type JsonSchema } from '../json-schema.ts';

export interface FoundField {
  /** The first part of the path. */
  readonly root: string;
  readonly schema: JsonSchema | undefined;
}

/**
 * Follows a path such as `.spec.size` or `.spec['my-key']` through a schema.
 * Upstream: ValidFieldPath in apiextensions-apiserver/pkg/apiserver/schema/cel/validation.go
 * @returns what it leads to, or why it leads nowhere
 */
export function followPath(path: string, schema: JsonSchema, allowsBrackets = true): FoundField | string {
  const tokens = tokensOf(path);
  let at: JsonSchema | undefined = schema;
  let root = '';
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index]!;
    let name = tokens[++index];
    if (token === '[') {
      if (!allowsBrackets) return 'array notation is not allowed';
      if (name === undefined) return 'unexpected end of JSON path';
      if (!/^'[^]*'$/.test(name) || name.length < 2) return `expected single quoted string but got ${name}`;
      name = name.slice(1, -1).replaceAll(/\\(['\\])/g, '$1');
      const close = tokens[++index];
      if (close === undefined) return 'unexpected end of JSON path';
      if (close !== ']') return `expected ] but got ${close}`;
    } else if (token !== '.') return `expected [ or . but got: ${token}`;
    if (name === undefined) return 'unexpected end of JSON path';
    const isNamed: boolean = at?.properties !== undefined;
    if (!isNamed && !(at && hasAdditionalProperties(at))) return 'does not refer to a valid field';
    at = isNamed ? propertyOf(at, name) : valuesOf(at);
    if (!at && isNamed) return 'does not refer to a valid field';
    root ||= name;
  }
  return { root, schema: at };
}

function tokensOf(path: string): readonly string[] {
  return path.match(/'(?:\\.|[^'\\])*'|[.[\]]|[^.[\]']+/g) ?? [];
}
