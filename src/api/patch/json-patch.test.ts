import { describe, expect, it } from 'vitest';
import type { Json } from '../json.ts';
import { applyJsonPatch } from './json-patch.ts';
import { applyMergePatch, createMergePatch, createMergeThreeWayPatch } from './merge-patch.ts';

const document = { metadata: { labels: { a: '1', 'x/y': '2' } }, list: [1, 2, 3] };

describe('applyJsonPatch', () => {
  it.each<{ name: string; patch: Json; expected: Json }>([
    {
      name: 'adds a key',
      patch: [{ op: 'add', path: '/metadata/labels/b', value: '2' }],
      expected: { ...document, metadata: { labels: { a: '1', 'x/y': '2', b: '2' } } },
    },
    {
      name: 'reads ~1 as a slash',
      patch: [{ op: 'remove', path: '/metadata/labels/x~1y' }],
      expected: { ...document, metadata: { labels: { a: '1' } } },
    },
    {
      name: 'appends',
      patch: [{ op: 'add', path: '/list/-', value: 4 }],
      expected: { ...document, list: [1, 2, 3, 4] },
    },
    {
      name: 'inserts',
      patch: [{ op: 'add', path: '/list/1', value: 9 }],
      expected: { ...document, list: [1, 9, 2, 3] },
    },
    {
      name: 'replaces',
      patch: [{ op: 'replace', path: '/list/0', value: 9 }],
      expected: { ...document, list: [9, 2, 3] },
    },
    {
      name: 'counts from the end',
      patch: [{ op: 'remove', path: '/list/-1' }],
      expected: { ...document, list: [1, 2] },
    },
    {
      name: 'replaces what an object lacks',
      patch: [{ op: 'replace', path: '/kind', value: 'Pod' }],
      expected: { ...document, kind: 'Pod' },
    },
    {
      name: 'moves',
      patch: [{ op: 'move', from: '/list/0', path: '/list/2' }],
      expected: { ...document, list: [2, 3, 1] },
    },
    {
      name: 'copies',
      patch: [{ op: 'copy', from: '/list', path: '/other' }],
      expected: { ...document, other: [1, 2, 3] },
    },
    {
      name: 'tests',
      patch: [{ op: 'test', path: '/metadata', value: { labels: { 'x/y': '2', a: '1' } } }],
      expected: document,
    },
  ])('$name', ({ patch, expected }) => expect(applyJsonPatch(document, patch)).toEqual(expected));

  it.each<{ patch: Json; message: string }>([
    {
      patch: [{ op: 'remove', path: '/nope' }],
      message: "error in remove for path: '/nope': Unable to remove nonexistent key: nope: missing value",
    },
    {
      patch: [{ op: 'add', path: '/a/b', value: 1 }],
      message: 'add operation does not apply: doc is missing path: "/a/b": missing value',
    },
    {
      patch: [{ op: 'replace', path: '/list/7', value: 1 }],
      message: 'replace operation does not apply: doc is missing key: /list/7: missing value',
    },
    {
      patch: [{ op: 'add', path: '/list/7', value: 1 }],
      message: "error in add for path: '/list/7': Unable to access invalid index: 7: invalid index referenced",
    },
    { patch: [{ op: 'test', path: '/list/0', value: 2 }], message: 'testing value /list/0 failed: test failed' },
    { patch: [{ op: 'grow', path: '/list' }], message: 'Unexpected kind: grow' },
    { patch: { op: 'add' }, message: 'json: cannot unmarshal object into Go value of type jsonpatch.Patch' },
  ])('$message', ({ patch, message }) => expect(() => applyJsonPatch(document, patch)).toThrow(message));

  it('shares what it does not touch', () => {
    const patched = applyJsonPatch(document, [{ op: 'add', path: '/list/-', value: 4 }]) as typeof document;
    expect(patched.metadata).toBe(document.metadata);
  });
});

describe('applyMergePatch', () => {
  it.each<{ name: string; patch: Json; expected: Json }>([
    { name: 'null removes', patch: { list: null }, expected: { metadata: document.metadata } },
    {
      name: 'merges objects',
      patch: { metadata: { labels: { a: null, b: '3' } } },
      expected: { ...document, metadata: { labels: { 'x/y': '2', b: '3' } } },
    },
    { name: 'replaces lists', patch: { list: [9] }, expected: { ...document, list: [9] } },
    {
      name: 'ignores nulls in what is new',
      patch: { spec: { a: null, b: 1 } },
      expected: { ...document, spec: { b: 1 } },
    },
  ])('$name', ({ patch, expected }) => expect(applyMergePatch(document, patch)).toEqual(expected));

  it('hands back the original when nothing changes', () =>
    expect(applyMergePatch(document, { list: [1, 2, 3], metadata: { labels: { a: '1' } }, gone: null })).toBe(
      document,
    ));

  it('refuses what is no object', () => expect(() => applyMergePatch(document, [])).toThrow('Invalid JSON Patch'));
});

it('creates the patch that leads from one object to another', () => {
  const next = { metadata: { labels: { a: '2' } }, spec: { x: 1 } };
  const patch = createMergePatch(document, next);
  expect(patch).toEqual({ metadata: { labels: { a: '2', 'x/y': null } }, list: null, spec: { x: 1 } });
  expect(applyMergePatch(document, patch)).toEqual(next);
});

it('a three-way patch removes what the last manifest had and leaves what others added', () =>
  expect(
    createMergeThreeWayPatch({ spec: { a: 1, b: 2 } }, { spec: { a: 5 } }, { spec: { a: 1, b: 2, c: 3 }, status: {} }),
  ).toEqual({ spec: { a: 5, b: null } }));
