import { parse, type ParseError, type Statement } from 'unbash';
import { SourceUnit } from '../state/source-unit.ts';
import { describeSyntaxError, type SyntaxProblem } from './syntax-problem.ts';

export interface ParsedSource {
  readonly unit: SourceUnit;
  /** What can run: everything, or what stands on the lines before the error. */
  readonly statements: readonly Statement[];
  readonly problem: SyntaxProblem | undefined;
}

/** Parses a whole source. As a shell reads line by line, what comes before a syntax error still runs. */
export function parseSource(text: string, firstLine = 1): ParsedSource {
  const unit = new SourceUnit(text, firstLine);
  const script = parse(text);
  const error = firstError(script.errors);
  if (!error) return { unit, statements: script.commands, problem: undefined };
  const problem = describeSyntaxError(unit, error, script.errors);
  const statements: Statement[] = [];
  for (const statement of script.commands) {
    if (unit.lineAt(statement.end) >= unit.lineAt(error.pos)) break;
    // The tolerant parser also gives pieces of what it could not finish.
    if (parse(text.slice(0, statement.end)).errors) break;
    statements.push(statement);
  }
  return { unit, statements, problem };
}

function firstError(errors: readonly ParseError[] | undefined): ParseError | undefined {
  return errors?.toSorted((a, b) => a.pos - b.pos)[0];
}

/** Whether a shell could run this now; false when it would ask for more lines (PS2). */
export function isCompleteSource(text: string): boolean {
  if (/(?:^|[^\\])(?:\\\\)*\\\n?$/.test(text)) return false;
  const script = parse(text);
  if (isWithinHereDocument(text)) return false;
  const error = firstError(script.errors);
  return !error || !describeSyntaxError(new SourceUnit(text), error).isIncomplete;
}

/** The last here-document's delimiter has not come yet. */
function isWithinHereDocument(text: string): boolean {
  if (!text.includes('<<')) return false;
  return openHereDocument(text) !== undefined;
}

/** The delimiter that a here-document still waits for at the end of the text. */
export function openHereDocument(text: string): string | undefined {
  let open: string | undefined;
  const visit = (value: unknown): void => {
    if (open !== undefined || typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) return value.forEach(visit);
    const node = value as { type?: string; closing?: unknown; delimiter?: { value: string } };
    if (node.type === 'HereDoc') {
      if (!node.closing) open = node.delimiter?.value ?? '';
      return;
    }
    Object.values(value).forEach(visit);
  };
  visit(parse(text).commands);
  return open;
}
