import type { FieldError } from '../../../api/index.ts';

/** One thing wrong with a value, with all that its message needs. */
export interface SchemaProblem {
  readonly text: string;
  /** What becomes of it once it is known which field it is about. */
  toFieldError(base: string): FieldError;
}

/**
 * What the check of one value against one schema came to.
 * Upstream: kube-openapi/pkg/validation/validate/result.go
 */
export class SchemaResult {
  readonly problems: SchemaProblem[] = [];
  /** How many checks were made: of alternatives that fail, the one that got furthest is reported. */
  matchCount = 0;

  get isValid(): boolean {
    return this.problems.length === 0;
  }

  add(problem: SchemaProblem): void {
    if (!this.problems.some(({ text }) => text === problem.text)) this.problems.push(problem);
  }

  merge(other: SchemaResult): void {
    for (const problem of other.problems) this.add(problem);
    this.matchCount += other.matchCount;
  }
}

/** The field below `base` that a path names; an empty path is `base` itself, and what has neither is `<nil>` in Go. */
export function fieldBelow(base: string, path: string): string {
  const relative = path.startsWith('.') ? path.slice(1) : path;
  if (relative === '') return base || '<nil>';
  return base ? `${base}.${relative}` : relative;
}
