import type { ParseError } from 'unbash';
import type { Personality } from '../state/personality.ts';
import type { SourceUnit } from '../state/source-unit.ts';

/** A syntax error, before it is put into a shell's words. */
export interface SyntaxProblem {
  readonly kind: 'token' | 'end' | 'unmatched';
  /** The token that does not belong here, or the quote or bracket that has no partner. */
  readonly token: string;
  readonly line: number;
  /** The whole line in which the token stands. */
  readonly source: string;
  /** More text could mend it. */
  readonly isIncomplete: boolean;
  /** What would have to come. */
  readonly expected: string | undefined;
}

const partners: Readonly<Record<string, string>> = {
  'double quote': '"',
  'single quote': "'",
  backtick: '`',
  'parameter expansion': '}',
  'command substitution': ')',
  'arithmetic expansion': ')',
  'arithmetic command': ')',
  'process substitution': ')',
  'extended glob': ')',
};

const tokenPattern = /(?:;;&|;;|;&|&&|\|\||\|&|<<<|<<-|<<|>>|[;&|()<>]|[^\s;&|()<>]+)/y;

/** Says what is wrong in the terms that shells use, from what the parser found and where. */
export function describeSyntaxError(
  unit: SourceUnit,
  error: ParseError,
  others: readonly ParseError[] = [],
): SyntaxProblem {
  const { text } = unit;
  const expected = /^expected '([^']+)'/.exec(error.message)?.[1];
  const unterminated = /^unterminated (?:ANSI-C |locale )?(.+)$/.exec(error.message)?.[1];
  if (unterminated !== undefined) {
    const isSubstitution = unterminated === 'command substitution';
    return {
      kind: 'unmatched',
      token: partners[unterminated] ?? unterminated,
      line: isSubstitution ? lastLine(unit) + 1 : unit.lineAt(error.pos),
      source: isSubstitution ? '' : lineOf(text, error.pos),
      isIncomplete: true,
      expected: undefined,
    };
  }
  let at = error.pos;
  if (
    error.message.startsWith('expected') &&
    !error.message.startsWith("expected '") &&
    !/redirect|body/.test(error.message)
  ) {
    at = behindToken(text, at, error.message);
  }
  if (error.message === 'expected redirect target') {
    const rest = /^[ \t]*/.exec(text.slice(at))![0].length + at;
    if (rest >= text.length || text[rest] === '\n') {
      return tokenProblem(unit, 'newline', Math.max(0, rest - 1));
    }
  }
  if (expected === 'do') {
    // Of `for`, the parser stops behind the word that stands where `do` should; the list of `while` may go on.
    const before = text.slice(0, at);
    const loop = [...before.matchAll(/\b(?:for|select|while|until)\b/g)].at(-1)?.[0];
    const stray = loop === 'for' || loop === 'select' ? /[;\n]\s*([^\s;]+)$/.exec(before) : undefined;
    if (stray) return tokenProblem(unit, stray[1]!, at - stray[1]!.length, expected);
  }
  while (at < text.length && /\s/.test(text[at]!)) at++;
  tokenPattern.lastIndex = at;
  const token = tokenPattern.exec(text)?.[0];
  if (token !== undefined && token[0] !== '#') return tokenProblem(unit, token, at, expected);
  return {
    kind: 'end',
    token: '',
    line: lastLine(unit) + 1,
    source: '',
    isIncomplete: true,
    expected: missingAtEnd(text, expected, others),
  };
}

/** The word that would end what the end of the file cut off. */
function missingAtEnd(text: string, expected: string | undefined, others: readonly ParseError[]): string | undefined {
  const closing =
    expected ?? others.map(({ message }) => /^expected '([^']+)' to close/.exec(message)?.[1]).find(Boolean);
  // A case without a pattern waits for the parenthesis behind one.
  return closing === 'esac' && /\bin\s*$/.test(text) ? ')' : closing;
}

function tokenProblem(unit: SourceUnit, token: string, at: number, expected?: string): SyntaxProblem {
  const source = lineOf(unit.text, at);
  return { kind: 'token', token, line: unit.lineAt(at), source, isIncomplete: false, expected };
}

/** "expected command after 'then'" points at what it comes after, or behind it. */
function behindToken(text: string, at: number, message: string): number {
  const after = /after '([^']+)'$/.exec(message)?.[1];
  if (after !== undefined && text.startsWith(after, at)) return at + after.length;
  // "expected command in subshell" points at the bracket that opens it.
  return /in (?:subshell|brace group)$/.test(message) ? at + 1 : at;
}

function lastLine(unit: SourceUnit): number {
  return unit.lineAt(unit.text.endsWith('\n') ? unit.text.length - 1 : unit.text.length);
}

function lineOf(text: string, at: number): string {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const end = text.indexOf('\n', at);
  return text.slice(start, end < 0 ? undefined : end);
}

/** The lines that a shell prints about it. `introduction` names the shell, `origin` where the text came from (`-c`, `eval`). */
export function wordSyntaxProblem(
  problem: SyntaxProblem,
  personality: Personality,
  name: string,
  origin: string | undefined,
  isInteractive: boolean,
): readonly string[] {
  if (personality.id === 'dash') {
    // dash counts the lines that it has read, without one for the end.
    const isPastEnd = problem.kind === 'end' || (problem.kind === 'unmatched' && problem.source === '');
    const line = isPastEnd ? Math.max(1, problem.line - 1) : problem.line;
    return [`${name}: ${line}: Syntax error: ${posixWords(problem, true)}`];
  }
  if (personality.id === 'ash')
    return [
      `${name}: ${isInteractive ? '' : origin === '-c' ? '' : `line ${problem.line}: `}syntax error: ${posixWords(problem, false)}`,
    ];
  const from = `${name}: ${origin === undefined ? '' : `${origin}: `}${isInteractive && origin === undefined ? '' : `line ${problem.line}: `}`;
  if (problem.kind === 'end') return [`${from}syntax error: unexpected end of file`];
  if (problem.kind === 'unmatched') return [`${from}unexpected EOF while looking for matching \`${problem.token}'`];
  const line = `${from}syntax error near unexpected token \`${problem.token}'`;
  return isInteractive ? [line] : [line, `${from}\`${problem.source}'`];
}

function posixWords({ kind, token, expected }: SyntaxProblem, isDash: boolean): string {
  const wanted = expected === undefined ? '' : ` (expecting "${expected}")`;
  if (kind === 'unmatched') {
    if (token === '"' || token === "'") return isDash ? 'Unterminated quoted string' : 'unterminated quoted string';
    if (token === '`') return isDash ? 'EOF in backquote substitution' : 'EOF in backquote substitution';
    return isDash ? `end of file unexpected (expecting "${token}")` : `unexpected end of file (expecting "${token}")`;
  }
  if (kind === 'end') return isDash ? `end of file unexpected${wanted}` : `unexpected end of file${wanted}`;
  const isReserved = /^(?:if|then|else|elif|fi|do|done|case|esac|while|until|for|\{|\}|[^\w]+)$/.test(token);
  if (token === 'newline' && isDash) return 'end of file unexpected';
  const what = token === 'newline' ? 'newline' : isReserved ? `"${token}"` : 'word';
  return isDash ? `${what} unexpected${wanted}` : `unexpected ${what}${wanted}`;
}
