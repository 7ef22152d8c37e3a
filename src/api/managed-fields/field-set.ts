/**
 * Sets of field paths, in the very form that managedFields has on the wire: a tree whose keys are path elements
 * (`f:spec`, `k:{"name":"web"}`, `v:"x"`). A node that contains `.`, or nothing at all, is itself in the set; the root
 * is not a path. Sets are immutable; leaves are one shared object.
 * Upstream: sigs.k8s.io/structured-merge-diff/v6/fieldpath/set.go
 */
import type { FieldSet } from '../meta.ts';

export const emptySet: FieldSet = Object.freeze({});
/** A path that is in the set and goes no further. */
export const leaf: FieldSet = emptySet;

export function isEmptySet(set: FieldSet): boolean {
  for (const _ in set) return false;
  return true;
}

/** Whether the path that leads to this node is in the set. Not for the root. */
export function isMember(node: FieldSet): boolean {
  return '.' in node || isEmptySet(node);
}

/** A node of these children; undefined when there is nothing in it. */
export function nodeOf(isInSet: boolean, children: Record<string, FieldSet> | undefined): FieldSet | undefined {
  if (!children) return isInSet ? leaf : undefined;
  return isInSet ? { '.': leaf, ...children } : children;
}

export function unionSets(a: FieldSet, b: FieldSet): FieldSet {
  if (a === b || isEmptySet(b)) return a;
  if (isEmptySet(a)) return b;
  return combineNodes(a, b, false, false);
}

/** Hands back `a` when `b` adds nothing. */
function combineNodes(a: FieldSet, b: FieldSet, aIsMember: boolean, bIsMember: boolean): FieldSet {
  let combined: Record<string, FieldSet> | undefined;
  for (const element in b) {
    if (element === '.') continue;
    const [mine, theirs] = [a[element], b[element]!];
    const next =
      mine === undefined
        ? theirs
        : mine === theirs
          ? mine
          : combineNodes(mine, theirs, isMember(mine), isMember(theirs));
    if (next !== mine) (combined ??= { ...a })[element] = next;
  }
  if ((aIsMember || bIsMember) && !('.' in a)) {
    // A leaf needs no dot, unless children come to it.
    if (aIsMember && !combined) return a;
    combined = combined ? { '.': leaf, ...combined } : { '.': leaf, ...a };
  }
  return combined ?? a;
}

/** What is in `a` and not in `b`. Children of what `b` contains stay. Hands back `a` when nothing goes. */
export function differenceOfSets(a: FieldSet, b: FieldSet): FieldSet {
  return a === b ? emptySet : (subtract(a, b) ?? emptySet);
}

/** Below a node; its own membership is up to the caller. */
function subtract(a: FieldSet, b: FieldSet): FieldSet | undefined {
  let rest: Record<string, FieldSet> | undefined;
  for (const element in b) {
    const mine = a[element];
    if (mine === undefined || element === '.') continue;
    const next = subtractNode(mine, b[element]!);
    if (next === mine) continue;
    rest ??= { ...a };
    if (next === undefined) delete rest[element];
    else rest[element] = next;
  }
  if (rest === undefined) return a;
  return isEmptySet(rest) ? undefined : rest;
}

function subtractNode(a: FieldSet, b: FieldSet): FieldSet | undefined {
  const below = subtract(a, b);
  if (below === undefined) return undefined;
  if (!isMember(b)) return onlySelf(below) ? leaf : below;
  if (isEmptySet(below) || onlySelf(below)) return undefined;
  if (!('.' in below)) return below;
  const { '.': _, ...rest } = below;
  return rest;
}

function onlySelf(node: FieldSet): boolean {
  for (const element in node) if (element !== '.') return false;
  return '.' in node;
}

/** As the difference, but what `b` contains goes with everything below it. */
export function excludeFromSet(a: FieldSet, b: FieldSet): FieldSet {
  let rest: Record<string, FieldSet> | undefined;
  for (const element in b) {
    const mine = a[element];
    if (mine === undefined || element === '.') continue;
    const next = isMember(b[element]!) ? undefined : excludeBelow(mine, b[element]!);
    if (next === mine) continue;
    rest ??= { ...a };
    if (next === undefined) delete rest[element];
    else rest[element] = next;
  }
  return rest ?? a;
}

function excludeBelow(node: FieldSet, excluded: FieldSet): FieldSet | undefined {
  if (isEmptySet(node)) return node;
  const rest = excludeFromSet(node, excluded);
  if (rest === node) return node;
  return onlySelf(rest) ? leaf : isEmptySet(rest) ? undefined : rest;
}

/** What is in both. */
export function intersectSets(a: FieldSet, b: FieldSet): FieldSet {
  return intersectNodes(a, b, false) ?? emptySet;
}

function intersectNodes(a: FieldSet, b: FieldSet, isInSet: boolean): FieldSet | undefined {
  let children: Record<string, FieldSet> | undefined;
  for (const element in a) {
    const [mine, theirs] = [a[element]!, b[element]];
    if (element === '.' || theirs === undefined) continue;
    const both = intersectNodes(mine, theirs, isMember(mine) && isMember(theirs));
    if (both !== undefined) (children ??= {})[element] = both;
  }
  return nodeOf(isInSet, children);
}

/** All paths: those of a node before those below it, each sorted. */
export function pathsOf(set: FieldSet): readonly (readonly string[])[] {
  const elements = Object.keys(set)
    .filter((element) => element !== '.')
    .toSorted();
  return [
    ...elements.filter((element) => isMember(set[element]!)).map((element) => [element]),
    ...elements.flatMap((element) => pathsOf(set[element]!).map((path) => [element, ...path])),
  ];
}

export function setHasPath(set: FieldSet, path: readonly string[]): boolean {
  let node: FieldSet | undefined = set;
  for (const element of path) node = node?.[element];
  return node !== undefined && isMember(node);
}
