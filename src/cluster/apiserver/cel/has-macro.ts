import type { Environment } from '@marcbachmann/cel-js';
import { ownNames } from './own-names.ts';

/** What of the library's insides a macro uses; it does not publish their types. */
interface Node {
  readonly op: string;
  readonly args: readonly [Node, string];
}

interface Macro {
  readonly args: readonly [Node];
}

interface Evaluator {
  run(node: Node, context: unknown): unknown;
  debugType(value: unknown): { fieldLazy(of: unknown, field: string, node: Node, evaluator: Evaluator): unknown };
}

interface Checker {
  check(node: Node, context: unknown): unknown;
  createError(code: string, message: string, node: Node): Error;
  getType(name: string): unknown;
}

/**
 * `has(a[0].b)`: the library's own `has` takes plain paths only, so expressions use this one in its stead.
 * Upstream: cel-go/parser/macro.go
 */
export function registerHas(environment: Environment): void {
  const evaluate = (evaluator: Evaluator, { args: [node] }: Macro, context: unknown): boolean => {
    const [of, field] = node.args;
    const object = evaluator.run(of, context);
    return evaluator.debugType(object).fieldLazy(object, field, node, evaluator) !== undefined;
  };
  const typeCheck = (checker: Checker, { args: [node] }: Macro, context: unknown): unknown => {
    if (node.op !== '.') throw checker.createError('invalid_macro_argument', 'invalid argument to has() macro', node);
    checker.check(node.args[0], context);
    return checker.getType('bool');
  };
  const expand = ({ args }: Macro) => ({ args, evaluate, typeCheck });
  environment.registerFunction(`${ownNames.has}(ast): bool`, expand as unknown as () => boolean);
}
