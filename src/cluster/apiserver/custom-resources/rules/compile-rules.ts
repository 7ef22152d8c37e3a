import type { ASTNode } from '@marcbachmann/cel-js';
import type { ValidationRule } from '../../../../api/generated/types.ts';
import { environmentWith } from '../../cel/environment.ts';
import { escapedName } from '../../cel/escaping.ts';
import { compile, type Expression } from '../../cel/expression.ts';
import { located } from '../../cel/problems.ts';
import {
  embeddedResource,
  hasAdditionalProperties,
  intOrString,
  itemsOf,
  preserveUnknownFields,
  validations,
  valuesOf,
  type JsonSchema,
} from '../json-schema.ts';

export interface CompiledRule {
  readonly rule: ValidationRule;
  readonly expression?: Expression;
  readonly message?: Expression;
  readonly usesOldSelf: boolean;
  /** What is wrong with the rule itself. */
  readonly problem?: string;
  /** What is wrong with its messageExpression. */
  readonly messageProblem?: string;
}

const compiledRules = new WeakMap<JsonSchema, readonly CompiledRule[]>();

/** Upstream: apiextensions-apiserver/pkg/apiserver/schema/cel/compilation.go */
export function compileRules(schema: JsonSchema, isResource: boolean): readonly CompiledRule[] {
  const known = compiledRules.get(schema);
  if (known) return known;
  const compiled = (schema[validations] ?? []).map((rule) => compileRule(rule, schema, isResource));
  compiledRules.set(schema, compiled);
  return compiled;
}

function compileRule(rule: ValidationRule, schema: JsonSchema, isResource: boolean): CompiledRule {
  if (rule.rule.trim() === '') return { rule, usesOldSelf: false };
  const expression = compileChecked(rule.rule, schema, isResource);
  if (typeof expression === 'string') {
    return { rule, usesOldSelf: false, problem: `compilation failed: ${expression}` };
  }
  if (expression.type !== 'bool' && expression.type !== 'dyn') {
    return { rule, usesOldSelf: false, problem: 'cel expression must evaluate to a bool' };
  }
  const compiled = { rule, expression, usesOldSelf: expression.mentions('oldSelf') };
  if (!rule.messageExpression) return compiled;
  const message = compileChecked(rule.messageExpression, schema, isResource);
  if (typeof message === 'string') {
    return { ...compiled, messageProblem: `messageExpression compilation failed: ${message}` };
  }
  if (message.type !== 'string' && message.type !== 'dyn') {
    return { ...compiled, messageProblem: 'messageExpression must evaluate to a string' };
  }
  return { ...compiled, message };
}

function compileChecked(source: string, schema: JsonSchema, isResource: boolean): Expression | string {
  const expression = compile(source, environmentWith(['self', 'oldSelf']));
  if (typeof expression === 'string') return expression;
  return undefinedField(expression.ast, schema, isResource, source) ?? expression;
}

/** The first field that an expression takes from `self` and that the schema does not have. */
function undefinedField(ast: ASTNode, schema: JsonSchema, isResource: boolean, source: string): string | undefined {
  const roots: Readonly<Record<string, TypedNode>> = { self: { schema, isResource }, oldSelf: { schema, isResource } };
  const check = new FieldCheck(roots, source);
  check.typeOf(ast);
  return check.problem;
}

interface TypedNode {
  readonly schema: JsonSchema;
  readonly isResource: boolean;
}

/** Follows what is selected through the schema as far as it is plain. */
class FieldCheck {
  readonly #roots: Readonly<Record<string, TypedNode>>;
  readonly #source: string;
  problem: string | undefined;

  constructor(roots: Readonly<Record<string, TypedNode>>, source: string) {
    this.#roots = roots;
    this.#source = source;
  }

  typeOf(node: unknown): TypedNode | undefined {
    if (Array.isArray(node)) {
      for (const part of node) this.typeOf(part);
      return undefined;
    }
    if (typeof node !== 'object' || node === null || !('op' in node)) return undefined;
    const { op, args } = node as ASTNode;
    if (op === 'id') return Object.hasOwn(this.#roots, args as string) ? this.#roots[args as string] : undefined;
    if (op === '.' || op === '.?') return this.#select(node as ASTNode, args as readonly [ASTNode, string]);
    if (op === '[]') {
      const [of, index] = args as readonly [ASTNode, ASTNode];
      this.typeOf(index);
      const typed = this.typeOf(of);
      const below = itemsOf(typed?.schema) ?? valuesOf(typed?.schema);
      return below && { schema: below, isResource: below[embeddedResource] === true };
    }
    this.typeOf(args);
    return undefined;
  }

  #select(node: ASTNode, [of, field]: readonly [ASTNode, string]): TypedNode | undefined {
    const typed = this.typeOf(of);
    if (!typed) return undefined;
    const { schema, isResource } = typed;
    if (schema.type !== 'object' || schema[intOrString] || schema[preserveUnknownFields]) return undefined;
    if (!schema.properties && hasAdditionalProperties(schema)) {
      const values = valuesOf(schema);
      return values && { schema: values, isResource: values[embeddedResource] === true };
    }
    const isMeta = (isResource || schema[embeddedResource]) && ['apiVersion', 'kind', 'metadata'].includes(field);
    if (isMeta) return undefined;
    const found = Object.entries(schema.properties ?? {}).find(([name]) => escapedName(name) === field);
    if (found) return { schema: found[1], isResource: found[1][embeddedResource] === true };
    const at = this.#source.indexOf('.', of.range.end);
    this.problem ??= located(`undefined field '${field}'`, this.#source, at < 0 ? node.range.start : at);
    return undefined;
  }
}
