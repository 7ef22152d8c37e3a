import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TestCluster } from './testing/test-cluster.ts';

/** Everything that happens to a few pods of all sorts. */
function history(seed: number, slices: readonly number[]): string {
  const cluster = new TestCluster(2, seed);
  cluster.create('web', { readinessProbe: { httpGet: { port: 80 } } });
  cluster.create('crash', { image: 'tool:1', command: ['tool', 'exit', '1'] });
  cluster.create('bad', { image: 'server:nope' }, { nodeName: 'node-2' });
  for (const slice of slices) cluster.run(slice);
  cluster.cluster.clock.runUntil(Date.UTC(2026, 0, 5, 9, 1));
  return JSON.stringify([...cluster.cluster.store.dump()]);
}

it('gives the same cluster for the same seed, however time is sliced', () =>
  fc.assert(
    fc.property(
      fc.integer(),
      fc.array(fc.double({ min: 0, max: 8, noNaN: true }), { maxLength: 5 }),
      (seed, slices) => {
        expect(history(seed, slices)).toBe(history(seed, []));
      },
    ),
    { numRuns: 10, seed: 7 },
  ));
