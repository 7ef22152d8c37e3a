import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureOracle } from '../../scripts/oracle.mjs';
import { knownDifferences } from './known-differences.ts';
import { lineGroups } from './lines/index.ts';
import { titleOf } from './lines/line.ts';
import { endPrograms } from './run-program.ts';
import { startTwins, type Twins } from './twins.ts';

const { missing } = ensureOracle();
const reasons = new Map(knownDifferences.map(({ title, reason }) => [title, reason]));
const allLines = lineGroups.flatMap(({ lines }) => lines.map(titleOf));

describe('the table of command lines', () => {
  it('holds two hundred at least', () => expect(new Set(allLines).size).toBeGreaterThanOrEqual(200));

  it('holds every line of which a difference is known', () => {
    expect([...reasons.keys()].filter((title) => !allLines.includes(title))).toEqual([]);
  });
});

describe.skipIf(missing !== undefined)(
  `our kubectl prints what the real one prints${missing ? ` (skipped: ${missing})` : ''}`,
  () => {
    describe.each(lineGroups)('$name', ({ files, lines }) => {
      let twins: Twins;
      beforeAll(async () => {
        twins = await startTwins(files ?? {});
      });
      afterAll(() => {
        endPrograms();
        twins.stop();
      });

      for (const entry of lines) {
        const line = typeof entry === 'string' ? { run: entry } : entry;
        const reason = reasons.get(titleOf(line));
        it(`${titleOf(line)}${reason === undefined ? '' : ` (differs: ${reason})`}`, async () => {
          const { real, ours } = await twins.run(line);
          const isKnown = reason !== undefined;
          expect(ours, isKnown ? 'is the same by now: take it off the list' : '').toEqual(
            isKnown ? expect.not.objectContaining(real) : real,
          );
        });
      }
    });
  },
);
