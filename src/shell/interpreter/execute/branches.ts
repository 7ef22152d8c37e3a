import type { ArithmeticCommand, Case, CompoundList, If, TestCommand, TestExpression, Word } from 'unbash';
import { ShellError } from '../control-flow.ts';
import { arithmetic } from '../expand/shell-arithmetic.ts';
import { escapeRegExp, matchesPattern } from '../expand/pattern.ts';
import { quoteIfNeeded } from '../expand/quote.ts';
import { expandPattern, expandQuotedText, expandWord } from '../expand/words.ts';
import { posixClasses } from '../../posix-classes.ts';
import { binaryTest, isUnaryTest, unaryTest } from '../builtins/test-operators.ts';
import type { Shell } from '../state/shell.ts';
import type { Steps } from '../steps.ts';
import { traceLine } from './simple-command.ts';

export function* runIf(shell: Shell, node: If): Steps<number> {
  if (yield* holds(shell, node.clause)) return yield* shell.engine.runStatements(shell, node.then.commands);
  for (const branch of node.elif) {
    if (yield* holds(shell, branch.clause)) return yield* shell.engine.runStatements(shell, branch.then.commands);
  }
  return node.else ? yield* shell.engine.runStatements(shell, node.else.commands) : 0;
}

function* holds(shell: Shell, clause: CompoundList): Steps<boolean> {
  shell.unchecked++;
  try {
    return (yield* shell.engine.runStatements(shell, clause.commands)) === 0;
  } finally {
    shell.unchecked--;
  }
}

export function* runCase(shell: Shell, { word, items }: Case): Steps<number> {
  const subject = yield* expandWord(shell, word);
  if (shell.options.xtrace) yield* traceLine(shell, `case ${quoteIfNeeded(subject)} in`);
  const flags = shell.options.shopt.has('nocasematch') ? 'i' : '';
  let status = 0;
  let fallsThrough = false;
  for (const item of items) {
    let isMatch = fallsThrough;
    for (const pattern of item.pattern) {
      if (isMatch) break;
      isMatch = matchesPattern(subject, yield* expandPattern(shell, pattern), flags);
    }
    if (!isMatch) continue;
    status = yield* shell.engine.runStatements(shell, item.body.commands);
    if (item.terminator === ';;' || item.terminator === undefined) return status;
    fallsThrough = item.terminator === ';&';
  }
  return status;
}

export function* runArithmeticCommand(shell: Shell, { body }: ArithmeticCommand): Steps<number> {
  try {
    if (shell.options.xtrace) yield* traceLine(shell, `(( ${body.trim()} ))`);
    return Number(arithmetic(shell, yield* expandQuotedText(shell, body)) === 0n);
  } catch (error) {
    if (!(error instanceof ShellError) || error.isFatal) throw error;
    yield* shell.complain(error.message, '((');
    return 1;
  }
}

/** `[[ … ]]` */
export function* runConditional(shell: Shell, { expression }: TestCommand): Steps<number> {
  try {
    return Number(!(yield* isTrue(shell, expression)));
  } catch (error) {
    if (!(error instanceof ShellError) || error.isFatal) throw error;
    yield* shell.complain(error.message, '[[');
    return error.status;
  }
}

function* isTrue(shell: Shell, expression: TestExpression): Steps<boolean> {
  switch (expression.type) {
    case 'TestGroup':
      return yield* isTrue(shell, expression.expression);
    case 'TestNot': {
      const isNegated = expression.negations.length % 2 === 1;
      return (yield* isTrue(shell, expression.operand)) !== isNegated;
    }
    case 'TestLogical':
      for (const operand of expression.operands) {
        const value = yield* isTrue(shell, operand);
        if (value === (expression.operator === '||')) return value;
      }
      return expression.operator === '&&';
    case 'TestUnary': {
      const operand = yield* expandWord(shell, expression.operand);
      if (!isUnaryTest(expression.operator)) {
        throw new ShellError(`${expression.operator}: unary operator expected`, { status: 2, isFatal: false });
      }
      if (shell.options.xtrace) yield* traceLine(shell, `[[ ${expression.operator} ${operand} ]]`);
      return unaryTest(shell, expression.operator, operand);
    }
    case 'TestBinary':
      return yield* compares(shell, expression.operator, expression.left, expression.right);
  }
}

function* compares(shell: Shell, operator: string, left: Word, right: Word): Steps<boolean> {
  const subject = yield* expandWord(shell, left);
  const flags = shell.options.shopt.has('nocasematch') ? 'i' : '';
  const note = function* (other: string): Steps<void> {
    if (shell.options.xtrace) yield* traceLine(shell, `[[ ${subject === '' ? "''" : subject} ${operator} ${other} ]]`);
  };
  if (operator === '=' || operator === '==' || operator === '!=') {
    const pattern = yield* expandPattern(shell, right);
    yield* note(pattern === '' ? "''" : pattern);
    return matchesPattern(subject, pattern, flags) === (operator !== '!=');
  }
  if (operator === '=~') return matchesExpression(shell, subject, yield* regularExpression(shell, right), flags);
  const other = yield* expandWord(shell, right);
  yield* note(other);
  if (/^-(?:eq|ne|lt|le|gt|ge)$/.test(operator)) {
    const [a, b] = [arithmetic(shell, subject), arithmetic(shell, other)];
    return binaryTest(shell, String(a), operator, String(b));
  }
  return binaryTest(shell, subject, operator, other);
}

/** The right side of `=~`: a regular expression in which what is quoted stands for itself. */
function* regularExpression(shell: Shell, word: Word): Steps<string> {
  let source = '';
  for (const part of word.parts ?? []) {
    if (part.type === 'SingleQuoted' || part.type === 'AnsiCQuoted') source += escapeRegExp(part.value);
    else if (part.type === 'DoubleQuoted') {
      source += escapeRegExp(yield* expandWord(shell, { ...word, text: part.text, parts: [part] }));
    } else if (
      part.type === 'Literal' ||
      part.type === 'Glob' ||
      part.type === 'ExtendedGlob' ||
      part.type === 'BraceExpansion'
    ) {
      source += part.text;
    } else source += yield* expandWord(shell, { ...word, text: part.text, parts: [part] });
  }
  return word.parts ? source : word.text;
}

function matchesExpression(shell: Shell, subject: string, source: string, flags: string): boolean {
  let expression: RegExp;
  try {
    expression = new RegExp(posixExpression(source), `s${flags}`);
  } catch {
    throw new ShellError('', { status: 2, isFatal: false });
  }
  const match = expression.exec(subject);
  const groups = match ? [...match].map((group, index) => [index, group ?? ''] as const) : [];
  shell.variables.force('BASH_REMATCH', { kind: 'indexed', items: new Map(groups) });
  return match !== null;
}

/** A POSIX extended regular expression in the host's notation. */
export function posixExpression(source: string): string {
  return source
    .replace(/\[(\^?)(\]?)((?:\[:\w+:\]|[^\]])*)\]/g, (_, caret: string, bracket: string, body: string) => {
      const inner = body
        .replace(/\\/g, '\\\\')
        .replace(/\[:(\w+):\]|\[/g, (whole, name: string | undefined) =>
          name ? (posixClasses[name] ?? whole) : '\\[',
        );
      return `[${caret}${bracket ? '\\]' : ''}${inner}]`;
    })
    .replace(/\\</g, '\\b(?=\\w)')
    .replace(/\\>/g, '\\b(?<=\\w)');
}
