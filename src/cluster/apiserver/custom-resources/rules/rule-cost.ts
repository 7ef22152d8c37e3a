import type { ASTNode } from '@marcbachmann/cel-js';
import { escapedName } from '../../cel/escaping.ts';
import { itemsOf, valuesOf, type JsonSchema } from '../json-schema.ts';

/** The largest request, in bytes. */
const maxRequestBytes = 3 * 1024 * 1024;
const loops = new Set(['all', 'exists', 'exists_one', 'existsOne', 'map', 'filter', 'transformList', 'transformMap']);

/** How many such values fit into one request. Upstream: maxCardinality in apiserver/pkg/cel/types.go */
export function unboundedCount(schema: JsonSchema): number {
  return Math.floor(maxRequestBytes / (smallestBytes(schema) + 1));
}

/** How short such a value can be written. */
function smallestBytes(schema: JsonSchema): number {
  switch (schema.type) {
    case 'object': {
      const required = schema.required ?? [];
      const fields = Object.entries(schema.properties ?? {}).filter(([name]) => required.includes(name));
      return 2 + fields.reduce((sum, [name, property]) => sum + name.length + 4 + smallestBytes(property), 0);
    }
    case 'boolean':
      return 4;
    case 'integer':
    case 'number':
      return 1;
    default:
      return 2;
  }
}

/**
 * A bound for what a rule may cost: each step counts one, and what is done for every element counts as often as there
 * may be elements.
 * Upstream: cel-go/checker/cost.go
 * Differs: in the estimated cost of CEL rules the length of strings does not count.
 */
export function costOf(ast: ASTNode, schema: JsonSchema): number {
  return new CostEstimate(schema).of(ast, new Map());
}

type Scope = ReadonlyMap<string, JsonSchema | undefined>;

class CostEstimate {
  readonly #schema: JsonSchema;

  constructor(schema: JsonSchema) {
    this.#schema = schema;
  }

  of(node: unknown, scope: Scope): number {
    if (Array.isArray(node)) return node.reduce((sum: number, part) => sum + this.of(part, scope), 0);
    if (typeof node !== 'object' || node === null || !('op' in node)) return 0;
    const { op, args } = node as ASTNode;
    if (op !== 'rcall') return 1 + this.of(args, scope);
    const [name, receiver, inner] = args as readonly [string, ASTNode, readonly ASTNode[]];
    const base = 1 + this.of(receiver, scope);
    const [variable, ...body] = inner;
    if (!loops.has(name) || variable?.op !== 'id') return base + this.of(inner, scope);
    const over = this.#schemaOf(receiver, scope);
    const element = itemsOf(over);
    const count = over?.maxItems ?? over?.maxProperties ?? unboundedCount(element ?? valuesOf(over) ?? {});
    const within = new Map(scope).set(variable.args as string, element);
    return base + count * (1 + this.of(body, within));
  }

  #schemaOf(node: ASTNode, scope: Scope): JsonSchema | undefined {
    const { op, args } = node;
    if (op === 'id') {
      const name = args as string;
      return scope.has(name) ? scope.get(name) : name === 'self' || name === 'oldSelf' ? this.#schema : undefined;
    }
    if (op === '[]') return itemsOf(this.#schemaOf((args as readonly ASTNode[])[0]!, scope));
    if (op !== '.' && op !== '.?') return undefined;
    const [of, field] = args as readonly [ASTNode, string];
    const properties = this.#schemaOf(of, scope)?.properties ?? {};
    return Object.entries(properties).find(([name]) => escapedName(name) === field)?.[1];
  }
}
