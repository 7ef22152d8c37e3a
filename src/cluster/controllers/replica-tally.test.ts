import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Pod } from '../../api/generated/types.ts';
import { ReplicaTally } from './replica-tally.ts';
import type { TallyBasis } from './replica-tally.ts';

const basis: TallyBasis = {
  selector: { matchLabels: { app: 'web' } },
  templateLabels: { app: 'web', tier: 'front' },
  minReadySeconds: 10,
};
const epochMs = Date.UTC(2026, 0, 1);

const aPod = fc.record({
  name: fc.integer({ min: 1, max: 6 }).map((n) => `web-${n}`),
  labels: fc.constantFrom({ app: 'web', tier: 'front' }, { app: 'web' }, { app: 'other' }),
  phase: fc.constantFrom('Pending', 'Running', 'Succeeded', 'Failed'),
  isReady: fc.boolean(),
  isDeleting: fc.boolean(),
  readyAtSeconds: fc.integer({ min: 0, max: 60 }),
});

type Described = typeof aPod extends fc.Arbitrary<infer T> ? T : never;

function podFrom({ name, labels, phase, isReady, isDeleting, readyAtSeconds }: Described): Pod {
  const lastTransitionTime = new Date(epochMs + readyAtSeconds * 1000).toISOString();
  return {
    metadata: { name, namespace: 'default', uid: name, labels, ...(isDeleting && { deletionTimestamp: 'now' }) },
    spec: { containers: [] },
    status: { phase, conditions: [{ type: 'Ready', status: isReady ? 'True' : 'False', lastTransitionTime }] },
  } as unknown as Pod;
}

function counts(tally: ReplicaTally, nowMs: number): readonly number[] {
  return [
    tally.active,
    tally.terminating,
    tally.ready,
    tally.fullyLabeled,
    tally.availableAt(nowMs),
    tally.strays().length,
  ];
}

it('equals counting afresh, whatever comes and goes in between', () =>
  fc.assert(
    fc.property(fc.array(fc.tuple(aPod, fc.boolean())), fc.integer({ min: 0, max: 90 }), (changes, atSeconds) => {
      const tally = new ReplicaTally();
      tally.judgeBy(basis);
      const expected = new Map<string, Pod>();
      for (const [described, isRemoved] of changes) {
        const pod = podFrom(described);
        if (isRemoved) tally.remove(pod);
        else tally.set(pod);
        if (isRemoved) expected.delete(described.name);
        else expected.set(described.name, pod);
      }
      const fresh = new ReplicaTally();
      for (const pod of expected.values()) fresh.set(pod);
      fresh.judgeBy(basis);
      const nowMs = epochMs + atSeconds * 1000;
      expect(counts(tally, nowMs)).toEqual(counts(fresh, nowMs));
      const byHand = [...expected.values()].filter(
        ({ metadata, status }) =>
          metadata.labels?.['app'] === 'web' &&
          !metadata.deletionTimestamp &&
          !['Succeeded', 'Failed'].includes(status.phase!),
      );
      expect(tally.active).toBe(byHand.length);
    }),
  ));
