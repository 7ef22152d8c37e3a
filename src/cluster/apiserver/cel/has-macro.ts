import type { Environment } from '@marcbachmann/cel-js';

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

/** Has as many letters as `has`, so that places in the source stay where they are. */
const ownName = 'hzs';

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
  environment.registerFunction(`${ownName}(ast): bool`, expand as unknown as () => boolean);
}

/** The source with our macro in place of the library's. Texts in quotation marks stay. */
export function withOwnHas(source: string): string {
  const token = /"""[^]*?"""|'''[^]*?'''|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|(?<![\w.])has(?=\s*\()/g;
  return source.replace(token, (found) => (found === 'has' ? ownName : found));
}
