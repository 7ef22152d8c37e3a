import type { ASTNode, Environment, ParseResult } from '@marcbachmann/cel-js';
import { withOwnNames } from './own-names.ts';
import { compileProblem, type CelFault } from './problems.ts';

export type Outcome = { readonly value: unknown } | { readonly error: string };

/** An expression that can be run. */
export class Expression {
  readonly source: string;
  readonly ast: ASTNode;
  /** `bool`, `string`, `dyn`, …: as far as it can be told before it runs. */
  readonly type: string;
  readonly #run: ParseResult;

  constructor(source: string, run: ParseResult, type: string) {
    this.source = source;
    this.ast = run.ast;
    this.type = type;
    this.#run = run;
  }

  /** @param variables what their names stand for; those that are absent are not there */
  evaluate(variables: Readonly<Record<string, unknown>>): Outcome {
    try {
      return { value: this.#run(variables) as unknown };
    } catch (error) {
      return { error: runtimeProblem(error as CelFault) };
    }
  }

  /** Whether it speaks of a variable. */
  mentions(name: string): boolean {
    return mentions(this.ast, name);
  }
}

/** @returns the text of upstream's compiler when it is no such expression */
export function compile(source: string, environment: Environment): Expression | string {
  try {
    const parsed = environment.parse(withOwnNames(source));
    const { valid, type = 'dyn', error } = parsed.check();
    return valid ? new Expression(source, parsed, type) : compileProblem(error as CelFault, source);
  } catch (error) {
    return compileProblem(error as CelFault, source);
  }
}

function mentions(node: unknown, name: string): boolean {
  if (Array.isArray(node)) return node.some((part) => mentions(part, name));
  if (typeof node !== 'object' || node === null || !('op' in node)) return false;
  const { op, args } = node as ASTNode;
  return op === 'id' ? args === name : mentions(args, name);
}

const runtimeTexts: Readonly<Record<string, (summary: string) => string>> = {
  no_such_key: (summary) => `no such key: ${summary.replace(/^No such key: /, '')}`,
  index_out_of_bounds: (summary) => `index out of bounds: ${/index (-?\d+)/.exec(summary)?.[1] ?? ''}`,
  no_such_overload: () => 'no such overload',
  no_matching_overload: () => 'no such overload',
};

/** In the words of cel-go. */
function runtimeProblem({ code = '', summary, message }: CelFault): string {
  const text = summary ?? message;
  return Object.hasOwn(runtimeTexts, code) ? runtimeTexts[code]!(text) : text;
}
