/**
 * One object for all equal sets of field paths. Thousands of pods have the same fields; without this each would carry
 * trees of its own, and working them out would cost as much for the last pod as for the first.
 */
import type { FieldSet } from '../meta.ts';
import { differenceOfSets, excludeFromSet, isEmptySet, leaf, unionSets } from './field-set.ts';

/**
 * How far a set has come while it is put together: sets that begin with the same elements share their steps, so that
 * adding an element is one look into a map, and nothing is made where an equal set was made before.
 */
class Step {
  readonly #before: Step | undefined;
  readonly #element: string;
  readonly #child: FieldSet;
  /** What was added first; most steps are followed by the same one always. */
  #next: Step | undefined;
  #others: Map<string, Map<FieldSet, Step>> | undefined;
  #set: FieldSet | undefined;

  constructor(before: Step | undefined, element: string, child: FieldSet) {
    this.#before = before;
    this.#element = element;
    this.#child = child;
    steps++;
  }

  /** @param child interned */
  with(element: string, child: FieldSet): Step {
    const next = this.#next;
    if (!next) return (this.#next = new Step(this, element, child));
    if (next.#element === element && next.#child === child) return next;
    const others = (this.#others ??= new Map<string, Map<FieldSet, Step>>());
    let byChild = others.get(element);
    if (!byChild) others.set(element, (byChild = new Map()));
    let step = byChild.get(child);
    if (!step) byChild.set(child, (step = new Step(this, element, child)));
    return step;
  }

  get set(): FieldSet {
    return (this.#set ??= this.#before ? Step.#setOf(this) : leaf);
  }

  static #setOf(last: Step): FieldSet {
    const set: Record<string, FieldSet> = {};
    const trail: Step[] = [];
    for (let step = last; step.#before; step = step.#before) trail.push(step);
    for (const step of trail.reverse()) set[step.#element] = step.#child;
    return Object.defineProperty(set, isInterned, { value: true });
  }
}

const isInterned = Symbol('interned');
/** Sets of fields that learners make up may be without number. */
const stepLimit = 50_000;
let steps = 0;
let start = new Step(undefined, '', leaf);

/** Puts an interned set together, element by element. */
export class SetBuilder {
  readonly #isMember: boolean;
  #step: Step | undefined;

  /** @param isMember whether the path that leads to the set's node is in the set, too */
  constructor(isMember: boolean) {
    this.#isMember = isMember;
  }

  /** @param child interned */
  add(element: string, child: FieldSet): void {
    this.#step ??= this.#isMember ? firstStep().with('.', leaf) : firstStep();
    this.#step = this.#step.with(element, child);
  }

  /** Undefined when there is nothing in it. */
  build(): FieldSet | undefined {
    return this.#step ? this.#step.set : this.#isMember ? leaf : undefined;
  }
}

function firstStep(): Step {
  if (steps > stepLimit) {
    // What is interned already stays so; it only is not found again.
    start = new Step(undefined, '', leaf);
    steps = 0;
  }
  return start;
}

/** The one object for this set. */
export function internSet(set: FieldSet): FieldSet {
  if (isInterned in set) return set;
  if (isEmptySet(set)) return leaf;
  let step = firstStep();
  for (const element in set) step = step.with(element, internSet(set[element]!));
  return step.set;
}

type SetOperation = (a: FieldSet, b: FieldSet) => FieldSet;

/**
 * Remembers what came out, for interned sets: what the write to one pod does to its owners, the same write to thousands
 * of others does again.
 */
function remembering(operation: SetOperation): SetOperation {
  const results = new WeakMap<FieldSet, WeakMap<FieldSet, FieldSet>>();
  return (a, b) => {
    let withA = results.get(a);
    if (!withA) results.set(a, (withA = new WeakMap()));
    let result = withA.get(b);
    if (!result) withA.set(b, (result = internSet(operation(a, b))));
    return result;
  };
}

/** The operations on sets, for interned ones; what comes out is interned, too. */
export const internedUnion = remembering(unionSets);
export const internedDifference = remembering(differenceOfSets);
export const internedExclusion = remembering(excludeFromSet);
