import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import type { KubeApi } from '../client/index.ts';
import { realHost, serve, Simulation } from '../http/index.ts';
import { createWorkstation, runScript } from '../terminal/index.ts';
import { clusterOptions, fail, parseCommandLine, speedOf, wholeNumber } from './arguments.ts';
import { readJournal, saveJournalAtExit } from './journal-file.ts';
import { serverApi } from './server-api.ts';

// `npm run -s shell -- -c '<script>'` (or a file): the learner's terminal without a browser.

const { values, positionals } = parseCommandLine({
  options: {
    ...clusterOptions,
    command: { type: 'string', short: 'c' },
    server: { type: 'string' },
  },
  allowPositionals: true,
});
if (values.command === undefined && positionals.length === 0)
  fail("give a script: -c 'kubectl get nodes', or the path of a file");

/** How long a new cluster runs before anybody looks: nodes become Ready. */
const bootMs = 30_000;

async function ownCluster(): Promise<KubeApi> {
  const saved = values.journal === undefined ? undefined : readJournal(values.journal);
  const onDemand = values.speed === undefined;
  const simulation = await Simulation.resume(
    {
      seed: wholeNumber('seed', values.seed),
      epochMs: Math.floor(Date.now() / 1000) * 1000,
      nodes: wholeNumber('nodes', values.nodes),
      onDemand,
      ...(values.speed !== undefined && { speed: speedOf(values.speed) }),
    },
    realHost,
    saved,
  );
  if (!saved) await simulation.advance(bootMs);
  if (values.journal !== undefined) saveJournalAtExit(values.journal, simulation);
  return serve(simulation);
}

const api = values.server === undefined ? await ownCluster() : serverApi(values.server);
const workstation = createWorkstation({
  api,
  isTimeOnDemand: values.server === undefined && values.speed === undefined,
});
const [file, ...rest] = positionals;
const argv =
  values.command === undefined
    ? ['-c', readScript(file!), file!, ...rest]
    : ['-c', values.command, ...(file ? [file, ...rest] : [])];
const abort = new AbortController();
process.on('SIGINT', () => abort.abort());

const status = await runScript(workstation, {
  argv,
  stdin: Readable.toWeb(process.stdin) as ReadableStream<Uint8Array>,
  stdout: (bytes) => void process.stdout.write(bytes),
  stderr: (bytes) => void process.stderr.write(bytes),
  signal: abort.signal,
});
workstation.dispose();
// What is left of standard output goes out first.
process.stdout.write('', () => process.exit(status));

/** The file is on this machine, not on the workstation: bash gets its text. */
function readScript(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    return fail(`bash: ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
