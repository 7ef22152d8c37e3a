/** Lines `fromX` to `toX` of the first text became lines `fromY` to `toY` of the second. */
export interface Change {
  readonly fromX: number;
  readonly toX: number;
  readonly fromY: number;
  readonly toY: number;
}

/** The shortest edit script between two lists of lines. Upstream: E. Myers, An O(ND) Difference Algorithm */
export function diffLines(x: readonly string[], y: readonly string[]): readonly Change[] {
  const trace = shortestPath(x, y);
  const edits: { x: number; y: number; isInsertion: boolean }[] = [];
  let [i, j] = [x.length, y.length];
  for (let depth = trace.length - 1; depth > 0; depth--) {
    const best = trace[depth - 1]!;
    const diagonal = i - j;
    const isInsertion =
      diagonal === -depth || (diagonal !== depth && best.get(diagonal - 1)! < best.get(diagonal + 1)!);
    const before = best.get(isInsertion ? diagonal + 1 : diagonal - 1)!;
    const [startX, startY] = [before, before - (isInsertion ? diagonal + 1 : diagonal - 1)];
    edits.push({ x: startX, y: startY, isInsertion });
    [i, j] = [startX, startY];
  }
  return merged(joined(edits.toReversed()), x, y);
}

/** For each number of edits, how far each diagonal gets. */
function shortestPath(x: readonly string[], y: readonly string[]): Map<number, number>[] {
  const trace: Map<number, number>[] = [];
  for (let depth = 0; ; depth++) {
    const reach = new Map<number, number>();
    const before = trace.at(-1);
    for (let diagonal = -depth; diagonal <= depth; diagonal += 2) {
      const isInsertion =
        diagonal === -depth ||
        (diagonal !== depth && (before?.get(diagonal - 1) ?? -1) < (before?.get(diagonal + 1) ?? -1));
      let i = depth === 0 ? 0 : isInsertion ? before!.get(diagonal + 1)! : before!.get(diagonal - 1)! + 1;
      let j = i - diagonal;
      while (i < x.length && j < y.length && x[i] === y[j]) {
        i++;
        j++;
      }
      reach.set(diagonal, i);
      if (i >= x.length && j >= y.length) {
        trace.push(reach);
        return trace;
      }
    }
    trace.push(reach);
  }
}

/** Neighbouring edits become one change. */
function joined(edits: readonly { x: number; y: number; isInsertion: boolean }[]): Change[] {
  const changes: { fromX: number; toX: number; fromY: number; toY: number }[] = [];
  for (const { x, y, isInsertion } of edits) {
    let change = changes.at(-1);
    if (!change || change.toX !== x || change.toY !== y) {
      change = { fromX: x, toX: x, fromY: y, toY: y };
      changes.push(change);
    }
    if (isInsertion) change.toY++;
    else change.toX++;
  }
  return changes;
}

/**
 * Where the same lines repeat, a change may stand in several places: it goes where it meets the change before it, else
 * as far down as it can. This is what people expect, and what GNU diff does.
 */
function merged(changes: readonly Change[], x: readonly string[], y: readonly string[]): Change[] {
  const result: Change[] = [];
  for (const change of changes) {
    const before = result.at(-1);
    const slack = slackUp(change, x, y);
    if (
      before &&
      slack > 0 &&
      change.fromX - before.toX <= slack &&
      change.fromY - before.toY === change.fromX - before.toX
    ) {
      const by = change.fromX - before.toX;
      result[result.length - 1] = { ...before, toX: change.toX - by, toY: change.toY - by };
    } else result.push(slidDown(change, x, y));
  }
  return result;
}

/** By how many lines a pure insertion or deletion may move up and mean the same. */
function slackUp({ fromX, toX, fromY, toY }: Change, x: readonly string[], y: readonly string[]): number {
  let slack = 0;
  if (fromY === toY) while (fromX - slack > 0 && x[fromX - slack - 1] === x[toX - slack - 1]) slack++;
  else if (fromX === toX) while (fromY - slack > 0 && y[fromY - slack - 1] === y[toY - slack - 1]) slack++;
  return slack;
}

function slidDown(change: Change, x: readonly string[], y: readonly string[]): Change {
  const { fromX, toX, fromY, toY } = change;
  let by = 0;
  if (fromY === toY) while (toX + by < x.length && x[fromX + by] === x[toX + by] && x[toX + by] === y[toY + by]) by++;
  else if (fromX === toX)
    while (toY + by < y.length && y[fromY + by] === y[toY + by] && x[toX + by] === y[toY + by]) by++;
  return { fromX: fromX + by, toX: toX + by, fromY: fromY + by, toY: toY + by };
}
