import { goQuote } from '../../../../api/index.ts';

/** Indexes of pods, as text: `1,3-5,7`. Upstream: validateIndexesFormat in pkg/apis/batch/validation/validation.go */
export class IndexesError extends Error {
  override readonly name = 'IndexesError';
}

interface Interval {
  readonly first: number;
  readonly last: number;
}

/** How many indexes the text names. */
export function countIndexes(text: string, completions: number): number {
  if (!text) return 0;
  let previous: number | undefined;
  let total = 0;
  for (const part of text.split(',')) {
    const { first, last } = parseInterval(part, completions);
    if (previous !== undefined && previous >= first) {
      throw new IndexesError(`non-increasing order, previous: ${previous}, current: ${first}`);
    }
    total += last - first + 1;
    previous = last;
  }
  return total;
}

/** The first index in both texts. Parts that make no sense are passed over. */
export function firstShared(completed: string, failed: string, completions: number): number | undefined {
  const ofCompleted = intervalsOf(completed, completions);
  const shared = intervalsOf(failed, completions).flatMap(({ first, last }) =>
    ofCompleted
      .filter((other) => other.first <= last && first <= other.last)
      .map((other) => Math.max(other.first, first)),
  );
  return shared.length > 0 ? Math.min(...shared) : undefined;
}

function intervalsOf(text: string, completions: number): readonly Interval[] {
  if (!text) return [];
  return text.split(',').flatMap((part) => {
    try {
      return [parseInterval(part, completions)];
    } catch (error) {
      if (error instanceof IndexesError) return [];
      throw error;
    }
  });
}

function parseInterval(text: string, completions: number): Interval {
  const parts = text.split('-');
  if (parts.length > 2) {
    const rule = "an index interval can have at most two parts separated by '-'";
    throw new IndexesError(`the fragment ${goQuote(text)} violates the requirement that ${rule}`);
  }
  const [first = 0, last = first] = parts.map((part) => parseIndex(part, completions));
  if (parts.length > 1 && first >= last) {
    throw new IndexesError(`non-increasing order, previous: ${first}, current: ${last}`);
  }
  return { first, last };
}

function parseIndex(text: string, completions: number): number {
  if (!/^[+-]?\d+$/.test(text)) throw new IndexesError(`cannot convert string to integer for index: ${goQuote(text)}`);
  const index = Number(text);
  if (index >= completions) throw new IndexesError(`too large index: ${goQuote(text)}`);
  return index;
}
