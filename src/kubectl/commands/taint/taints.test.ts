import { describe, expect, it } from 'vitest';
import { changeTaints } from './change-taints.ts';
import { parseTaints } from './parse-taints.ts';

describe('parseTaints', () => {
  it.each([
    { spec: 'a=b:NoSchedule', added: [{ key: 'a', value: 'b', effect: 'NoSchedule' }], removed: [] },
    { spec: 'a:NoExecute', added: [{ key: 'a', effect: 'NoExecute' }], removed: [] },
    { spec: 'a=:NoExecute', added: [{ key: 'a', effect: 'NoExecute' }], removed: [] },
    { spec: 'a-', added: [], removed: [{ key: 'a' }] },
    { spec: 'a:NoSchedule-', added: [], removed: [{ key: 'a', effect: 'NoSchedule' }] },
    { spec: 'a=b:NoSchedule-', added: [], removed: [{ key: 'a', effect: 'NoSchedule' }] },
  ])('reads $spec', ({ spec, added, removed }) => expect(parseTaints([spec])).toEqual({ added, removed }));

  it.each([
    { spec: 'a', problem: 'invalid taint spec: a' },
    { spec: 'a=b', problem: /^invalid taint spec: a=b, name part must consist of/ },
    { spec: 'a:b:NoSchedule', problem: 'invalid taint spec: a:b:NoSchedule' },
    { spec: 'a=b=c:NoSchedule', problem: 'invalid taint spec: a=b=c:NoSchedule' },
    { spec: 'a:Never', problem: 'invalid taint effect: Never, unsupported taint effect' },
    { spec: 'a=b!:NoSchedule', problem: /^invalid taint spec: a=b!:NoSchedule, a valid label must/ },
  ])('refuses $spec', ({ spec, problem }) => expect(() => parseTaints([spec])).toThrow(problem));

  it('refuses the same key and effect twice', () =>
    expect(() => parseTaints(['a=b:NoSchedule', 'a=c:NoSchedule'])).toThrow(
      'duplicated taints with the same key and effect: {a c NoSchedule <nil>}',
    ));
});

describe('changeTaints', () => {
  const a = { key: 'a', value: '1', effect: 'NoSchedule' };
  const b = { key: 'b', effect: 'NoExecute' };

  it.each([
    { name: 'adds', current: [a], specs: ['b:NoExecute'], taints: [b, a], operation: 'tainted' },
    { name: 'removes by key', current: [a, b], specs: ['a-'], taints: [b], operation: 'untainted' },
    { name: 'removes by effect', current: [a, b], specs: ['b:NoExecute-'], taints: [a], operation: 'untainted' },
    { name: 'does both', current: [a], specs: ['b:NoExecute', 'a-'], taints: [b], operation: 'modified' },
  ])('$name', ({ current, specs, taints, operation }) =>
    expect(changeTaints('n', current, parseTaints(specs), false)).toEqual({ taints, operation }),
  );

  it('replaces a value only when it may', () => {
    const changes = parseTaints(['a=2:NoSchedule']);
    expect(() => changeTaints('n', [a], changes, false)).toThrow(
      'node n already has a taint(s) with same effect(s) and --overwrite is false',
    );
    expect(changeTaints('n', [a], changes, true)).toEqual({ taints: [{ ...a, value: '2' }], operation: 'modified' });
  });

  it('says which taints are not there', () =>
    expect(() => changeTaints('n', [a], parseTaints(['a:NoExecute-', 'c-']), false)).toThrow(
      '[taint "a:NoExecute" not found, taint "c" not found]',
    ));
});
