import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FieldSet } from '../meta.ts';
import {
  differenceOfSets,
  excludeFromSet,
  intersectSets,
  isEmptySet,
  pathsOf,
  setHasPath,
  unionSets,
} from './field-set.ts';
import { internedDifference, internSet } from './interned-set.ts';
import { pathText } from './path-element.ts';

/** The set of these paths, `a.b` for short. */
function setOf(...paths: readonly string[]): FieldSet {
  return paths
    .map((path) => path.split('.').reduceRight<FieldSet>((below, step) => ({ [`f:${step}`]: below }), {}))
    .reduce(unionSets, {});
}

const show = (set: FieldSet): readonly string[] =>
  pathsOf(set)
    .map((path) => path.map((step) => step.slice(2)).join('.'))
    .toSorted();

describe('unionSets', () => {
  it('marks what is in the set and has parts too', () =>
    expect(unionSets(setOf('a'), setOf('a.b'))).toEqual({ 'f:a': { '.': {}, 'f:b': {} } }));

  it('hands back the first when the second adds nothing', () => {
    const set = setOf('a', 'a.b', 'c.d');
    expect(unionSets(set, setOf('a.b', 'a'))).toBe(set);
  });
});

describe('differenceOfSets', () => {
  it('leaves what is below', () =>
    expect(show(differenceOfSets(setOf('a', 'a.b', 'c'), setOf('a', 'c')))).toEqual(['a.b']));
  it('hands back the first when nothing goes', () => {
    const set = setOf('a.b');
    expect(differenceOfSets(set, setOf('a', 'a.c'))).toBe(set);
  });
});

it('excludes with everything below', () =>
  expect(
    show(excludeFromSet(setOf('status.x', 'status', 'spec.y', 'spec.z', 'spec'), setOf('status', 'spec.y'))),
  ).toEqual(['spec', 'spec.z']));

const anyPath = fc
  .array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 4 })
  .map((steps) => steps.join('.'));
const anyPaths = fc.uniqueArray(anyPath, { maxLength: 8 });

/** The same operations on plain lists of paths. */
const without = (a: readonly string[], b: readonly string[]): readonly string[] =>
  a.filter((path) => !b.includes(path)).toSorted();

describe('properties', () => {
  it('are those of sets', () =>
    fc.assert(
      fc.property(anyPaths, anyPaths, (a, b) => {
        const [first, second] = [setOf(...a), setOf(...b)];
        expect(show(unionSets(first, second))).toEqual([...new Set([...a, ...b])].toSorted());
        expect(show(differenceOfSets(first, second))).toEqual(without(a, b));
        expect(show(intersectSets(first, second))).toEqual(a.filter((path) => b.includes(path)).toSorted());
        expect(isEmptySet(differenceOfSets(first, first))).toBe(true);
        expect(show(excludeFromSet(first, second))).toEqual(
          a.filter((path) => !b.some((prefix) => `${path}.`.startsWith(`${prefix}.`))).toSorted(),
        );
      }),
    ));

  it('equal sets become one object', () =>
    fc.assert(
      fc.property(anyPaths, (paths) => {
        const set = internSet(setOf(...paths));
        expect(internSet(setOf(...paths))).toBe(set);
        expect(internedDifference(set, internSet(setOf(...paths.slice(1))))).toEqual(
          differenceOfSets(set, setOf(...paths.slice(1))),
        );
        for (const path of paths)
          expect(
            setHasPath(
              set,
              path.split('.').map((step) => `f:${step}`),
            ),
          ).toBe(true);
      }),
    ));
});

it('shows paths as upstream', () =>
  expect(pathText(['f:spec', 'k:{"containerPort":80,"protocol":"TCP"}', 'v:"x"', 'i:3', 'f:a'])).toBe(
    '.spec[containerPort=80,protocol="TCP"][="x"][3].a',
  ));
