import { expect, it } from 'vitest';
import { fetchAllCode } from '../../http/index.ts';
import { runFuzz } from './run-fuzz.ts';

it.each([1, 2])(
  'answers whatever comes with an object or a proper Status (seed %i)',
  async (seed) => {
    await fetchAllCode();
    const { statuses, failures } = await runFuzz({ requests: 1000, seed, isTimed: false });
    expect(failures).toEqual([]);
    // The requests are neither all good nor all bad.
    for (const status of [200, 201, 400, 404, 405, 409, 415, 422])
      expect(statuses.get(status), String(status)).toBeGreaterThan(1);
  },
  60_000,
);
