/**
 * What changed between two texts, line by line, with three lines around each change. A refused update carries one.
 * Upstream: apimachinery/pkg/util/diff/diff.go, which uses github.com/pmezard/go-difflib
 */
export function unifiedDiff(before: string, after: string): string {
  const a = lines(before);
  const b = lines(after);
  return groupChanges(changesBetween(a, b))
    .map((group) => formatGroup(group, a, b))
    .join('');
}

const context = 3;

function lines(text: string): readonly string[] {
  return text.split('\n').map((line) => `${line}\n`);
}

interface Change {
  readonly isEqual: boolean;
  readonly aFrom: number;
  readonly aTo: number;
  readonly bFrom: number;
  readonly bTo: number;
}

interface Match {
  readonly a: number;
  readonly b: number;
  readonly length: number;
}

function changesBetween(a: readonly string[], b: readonly string[]): readonly Change[] {
  const changes: Change[] = [];
  let aFrom = 0;
  let bFrom = 0;
  for (const match of [...matchesOf(a, b), { a: a.length, b: b.length, length: 0 }]) {
    if (aFrom < match.a || bFrom < match.b) {
      changes.push({ isEqual: false, aFrom, aTo: match.a, bFrom, bTo: match.b });
    }
    aFrom = match.a + match.length;
    bFrom = match.b + match.length;
    if (match.length === 0) continue;
    const last = changes.at(-1);
    if (last?.isEqual) changes[changes.length - 1] = { ...last, aTo: aFrom, bTo: bFrom };
    else changes.push({ isEqual: true, aFrom: match.a, aTo: aFrom, bFrom: match.b, bTo: bFrom });
  }
  return changes;
}

/** The longest run of equal lines, then the longest on either side of it, and so on. */
function matchesOf(a: readonly string[], b: readonly string[]): readonly Match[] {
  const places = placesOf(b);
  const found: Match[] = [];
  const search = (aLow: number, aHigh: number, bLow: number, bHigh: number): void => {
    const match = longestMatch(a, b, places, { aLow, aHigh, bLow, bHigh });
    if (match.length === 0) return;
    if (aLow < match.a && bLow < match.b) search(aLow, match.a, bLow, match.b);
    found.push(match);
    const aNext = match.a + match.length;
    const bNext = match.b + match.length;
    if (aNext < aHigh && bNext < bHigh) search(aNext, aHigh, bNext, bHigh);
  };
  search(0, a.length, 0, b.length);
  return found;
}

const popularFrom = 200;

/** Where each line is; in long texts, lines that are everywhere say nothing about what belongs together. */
function placesOf(b: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  b.forEach((line, at) => {
    const known = places.get(line);
    if (known) known.push(at);
    else places.set(line, [at]);
  });
  if (b.length < popularFrom) return places;
  const most = Math.trunc(b.length / 100) + 1;
  for (const [line, known] of places) if (known.length > most) places.delete(line);
  return places;
}

interface Range {
  readonly aLow: number;
  readonly aHigh: number;
  readonly bLow: number;
  readonly bHigh: number;
}

function longestMatch(
  a: readonly string[],
  b: readonly string[],
  places: ReadonlyMap<string, readonly number[]>,
  { aLow, aHigh, bLow, bHigh }: Range,
): Match {
  let best: Match = { a: aLow, b: bLow, length: 0 };
  let lengths = new Map<number, number>();
  for (let i = aLow; i < aHigh; i++) {
    const next = new Map<number, number>();
    for (const j of places.get(a[i]!) ?? []) {
      if (j < bLow) continue;
      if (j >= bHigh) break;
      const length = (lengths.get(j - 1) ?? 0) + 1;
      next.set(j, length);
      if (length > best.length) best = { a: i - length + 1, b: j - length + 1, length };
    }
    lengths = next;
  }
  let { a: aStart, b: bStart, length } = best;
  while (aStart > aLow && bStart > bLow && a[aStart - 1] === b[bStart - 1]) {
    aStart--;
    bStart--;
    length++;
  }
  while (aStart + length < aHigh && bStart + length < bHigh && a[aStart + length] === b[bStart + length]) length++;
  return { a: aStart, b: bStart, length };
}

/** Changes that are near each other share their surroundings. */
function groupChanges(changes: readonly Change[]): readonly (readonly Change[])[] {
  const trimmed = changes.map((change, at) => {
    if (!change.isEqual) return change;
    if (at === 0) return lastLines(change, context);
    return at === changes.length - 1 ? firstLines(change, context) : change;
  });
  const groups: Change[][] = [];
  let group: Change[] = [];
  for (const change of trimmed) {
    if (change.isEqual && change.aTo - change.aFrom > 2 * context) {
      groups.push([...group, firstLines(change, context)]);
      group = [lastLines(change, context)];
    } else group.push(change);
  }
  groups.push(group);
  return groups.filter((items) => items.some(({ isEqual }) => !isEqual));
}

function firstLines(change: Change, count: number): Change {
  return {
    ...change,
    aTo: Math.min(change.aTo, change.aFrom + count),
    bTo: Math.min(change.bTo, change.bFrom + count),
  };
}

function lastLines(change: Change, count: number): Change {
  return {
    ...change,
    aFrom: Math.max(change.aFrom, change.aTo - count),
    bFrom: Math.max(change.bFrom, change.bTo - count),
  };
}

function formatGroup(group: readonly Change[], a: readonly string[], b: readonly string[]): string {
  const first = group[0]!;
  const last = group.at(-1)!;
  const head = `@@ -${formatRange(first.aFrom, last.aTo)} +${formatRange(first.bFrom, last.bTo)} @@\n`;
  const body = group.flatMap(({ isEqual, aFrom, aTo, bFrom, bTo }) => {
    if (isEqual) return a.slice(aFrom, aTo).map((line) => ` ${line}`);
    return [...a.slice(aFrom, aTo).map((line) => `-${line}`), ...b.slice(bFrom, bTo).map((line) => `+${line}`)];
  });
  return head + body.join('');
}

/** Lines are counted from one; an empty range begins before the line that follows it. */
function formatRange(from: number, to: number): string {
  const length = to - from;
  if (length === 1) return `${from + 1}`;
  return length === 0 ? `${from},0` : `${from + 1},${length}`;
}
