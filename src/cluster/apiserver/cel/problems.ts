import { withPublicNames } from './own-names.ts';

/** What the library says of an expression that is none, or that fails. */
export interface CelFault {
  readonly code?: string;
  readonly summary?: string;
  readonly message: string;
  readonly range?: { readonly start: number; readonly end: number };
}

/**
 * What is wrong with an expression as cel-go shows it.
 * Upstream: cel-go/common/error.go
 * Differs: syntax errors of CEL expressions do not list everything that could have stood there.
 */
export function compileProblem({ code = '', summary, message, range }: CelFault, source: string): string {
  const text = withPublicNames(summary ?? message);
  const start = range?.start ?? 0;
  const name = /^Unknown variable: (.*)$/.exec(text)?.[1];
  if (name !== undefined) return located(`undeclared reference to '${name}' (in container '')`, source, start);
  const operands = /^no such overload: (\S+) (\S+) (\S+)$/.exec(text);
  if (operands) {
    const [, left, operator, right] = operands;
    const detail = `found no matching overload for '_${operator}_' applied to '(${typeName(left!)}, ${typeName(right!)})'`;
    return located(detail, source, operatorAt(source, operator!, start));
  }
  const call = /^found no matching overload for '(?:(.*)\.)?(\w+)\((.*)\)'$/.exec(text);
  if (call) {
    const [, receiver, called = '', args = ''] = call;
    const at = source.indexOf('(', source.indexOf(called, start));
    const types = [...(receiver ? [receiver] : []), ...(args ? args.split(', ') : [])].map(typeName).join(', ');
    const method = receiver ? `.(${types.split(', ').slice(1).join(', ')})` : `(${types})`;
    const shown = receiver ? `${typeName(receiver)}${method}` : method;
    return located(`found no matching overload for '${called}' applied to '${shown}'`, source, Math.max(at, 0));
  }
  const isSyntax = code.startsWith('expected') || code.startsWith('unexpected') || code.includes('token');
  return located(isSyntax ? `Syntax error: ${syntaxText(text)}` : text, source, start);
}

function syntaxText(text: string): string {
  if (/EOF/.test(text)) {
    return "mismatched input '<EOF>' expecting {'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}";
  }
  return text;
}

function typeName(type: string): string {
  return type.replace(/^dyn<(.*)>$/, '$1');
}

function operatorAt(source: string, operator: string, start: number): number {
  const at = source.indexOf(operator, start);
  return at < 0 ? start : at;
}

/** The problem, the line that it is in, and a mark below the place. @param at where, counted in characters from 0 */
export function located(problem: string, source: string, at: number): string {
  const before = source.slice(0, at).split('\n');
  const column = before.at(-1)!.length;
  const line = source.split('\n')[before.length - 1] ?? '';
  return `ERROR: <input>:${before.length}:${column + 1}: ${problem}\n | ${line}\n | ${'.'.repeat(column)}^`;
}
