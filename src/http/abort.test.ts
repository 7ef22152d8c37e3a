import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { serve } from './serve.ts';
import { realHost, Simulation } from './simulation.ts';

setFlagsFromString('--expose_gc');
const collectGarbage = runInNewContext('gc') as () => void;

const simulation = new Simulation({ seed: 1, epochMs: 0, nodes: 1, isPaused: true }, realHost);

/** A client that keeps nothing of what it asked with. */
async function readToEnd(path: string, signal: AbortSignal): Promise<string> {
  const response = await serve(simulation).fetch(new Request(`http://cluster.local${path}`, { signal }));
  return response.text();
}

it.each(['/api/v1/pods?watch=true', '/sim/clock?watch=true', '/sim/trace?watch=true', '/sim/sleep?untilMs=9e12'])(
  'ends %s when the client aborts, though nobody has the request any more',
  async (path) => {
    const abort = new AbortController();
    const end = readToEnd(path, abort.signal);
    // Node forgets whom to tell once the request is gone. It goes in a later turn than this one.
    for (let turn = 0; turn < 3; turn++) {
      await new Promise((resolve) => setImmediate(resolve));
      collectGarbage();
    }
    abort.abort(new Error('enough'));
    await expect(end).rejects.toThrow('enough');
  },
  5_000,
);
