import type { KubeApi } from '../../src/client/index.ts';
import type { Simulation } from '../../src/http/index.ts';
import { ensureOracle } from '../../scripts/oracle.mjs';
import type { Line } from './lines/line.ts';
import { runOurs } from './our-kubectl.ts';
import { startProgram, type ProgramResult } from './run-program.ts';
import { splitCommandLine } from './split-command-line.ts';
import { startCluster, type TestCluster } from './test-cluster.ts';
import { createWorkplace, type Workplace } from './workplace.ts';

/** Virtual seconds per second while a command waits for something. */
const speed = 50;
const hourMs = 3_600_000;

/** Two clusters that go through the same: the real kubectl works on one of them, ours on the other. */
export interface Twins {
  run(line: Line): Promise<{ readonly real: ProgramResult; readonly ours: ProgramResult }>;
  stop(): void;
}

export async function startTwins(files: Readonly<Record<string, string>>): Promise<Twins> {
  const oracle = ensureOracle();
  if (oracle.missing !== undefined) throw new Error(oracle.missing);
  // What a client reckons itself (ages in `describe`) is then in whole hours, and no hour turns over in between.
  const epochMs = Math.floor(Date.now() / 1000) * 1000 - 30.5 * hourMs;
  const options = { seed: 7, epochMs, nodes: 3, isPaused: true };
  const real = await startCluster(options, moveWhileSomebodyWaits);
  const ours = await startCluster(options, (api, simulation) => hideDate(moveWhileSomebodyWaits(api, simulation)));
  const places = { real: createWorkplace(real.url), ours: createWorkplace(real.url) };
  for (const [name, content] of Object.entries(files)) {
    const mode = name.endsWith('.sh') ? 0o755 : 0o644;
    for (const place of Object.values(places)) place.write(name, content, mode);
  }
  await runTogether([real, ours], 60);

  return {
    async run(line) {
      if (line.isStamped) await untilNextSecond();
      const argv = splitCommandLine(line.run);
      const stopWords = line.until === undefined ? undefined : new RegExp(line.until);
      const [theirs, mine] = await Promise.all([
        runReal(oracle.kubectl, argv, line, places.real, stopWords),
        runOursUntil(argv, line, places.ours, { api: ours.api, server: real.url }, stopWords),
      ]);
      for (const { simulation } of [real, ours]) simulation.pacer.set({ isPaused: true });
      await runTogether([real, ours], line.thenSeconds ?? 1);
      const order = line.isInAnyOrder ? inOrder : (result: ProgramResult) => result;
      return { real: order(normalised(theirs, places.real)), ours: order(normalised(mine, places.ours)) };
    },
    stop() {
      for (const cluster of [real, ours]) cluster.stop();
      for (const place of Object.values(places)) place.remove();
    },
  };
}

async function runReal(
  kubectl: string,
  argv: readonly string[],
  line: Line,
  place: Workplace,
  until: RegExp | undefined,
): Promise<ProgramResult> {
  const running = startProgram(kubectl, argv, {
    workingDirectory: place.folder,
    environment: { ...place.environment, ...line.environment },
    ...(line.stdin !== undefined && { stdin: line.stdin }),
  });
  if (!until) return running.result;
  await running.waitForOutput(until);
  running.interrupt();
  return cutAt(await running.result, until);
}

async function runOursUntil(
  argv: readonly string[],
  line: Line,
  place: Workplace,
  to: { readonly api: KubeApi; readonly server: string },
  until: RegExp | undefined,
): Promise<ProgramResult> {
  const controller = new AbortController();
  const result = await runOurs(argv, {
    ...to,
    folder: place.folder,
    environment: { ...place.environment, ...line.environment },
    ...(line.stdin !== undefined && { stdin: line.stdin }),
    signal: controller.signal,
    onOutput: (stdout) => {
      if (until?.test(stdout)) controller.abort(new Error('interrupted'));
    },
  });
  return until ? cutAt(result, until) : result;
}

/** What was printed up to the awaited text: how much came after it, and how it was interrupted, is chance. */
function cutAt(result: ProgramResult, until: RegExp): ProgramResult {
  const match = until.exec(result.stdout);
  return { stdout: match ? result.stdout.slice(0, match.index + match[0].length) : result.stdout, stderr: '', code: 0 };
}

function normalised(result: ProgramResult, { folder }: Workplace): ProgramResult {
  const clean = (text: string) =>
    text
      .replaceAll(folder, '~')
      // `diff` and `edit` work in folders and files with a random part in the name; diff tells when they were written.
      .replace(/~\/(LIVE|MERGED|kubectl-edit)-\d+/g, '~/$1-N')
      // `debug` makes up names.
      .replace(/debugger-([\w-]+-)?[a-z0-9]{5}\b/g, 'debugger-$1NNNNN')
      .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{9} \+0000/g, 'NOW')
      // What client-go logs of its own accord, with time and process id.
      .replace(/^[EIW]\d{4} \d\d:\d\d:\d\d\.\d{6} .*\n/gm, '');
  return { stdout: clean(result.stdout), stderr: clean(result.stderr), code: result.code };
}

function inOrder(result: ProgramResult): ProgramResult {
  return { ...result, stdout: result.stdout.split('\n').toSorted().join('\n') };
}

function untilNextSecond(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1000 - (Date.now() % 1000)));
}

/** Brings both to the same virtual time, the given seconds after the later of the two. */
async function runTogether(clusters: readonly TestCluster[], seconds: number): Promise<void> {
  const nows = clusters.map(({ simulation }) => simulation.session.cluster.clock.nowMs);
  const target = Math.ceil(Math.max(...nows) / 1000) * 1000 + seconds * 1000;
  await Promise.all(clusters.map(({ simulation }) => simulation.pacer.runUntil(target)));
}

/** Time stands still until a command watches, follows, evicts or talks to a container: so both begin at the same moment. */
function moveWhileSomebodyWaits(api: KubeApi, { pacer }: Simulation): KubeApi {
  return {
    async fetch(request) {
      const response = await api.fetch(request);
      if (/[?&](watch|follow)=(true|1)|\/eviction\b/.test(request.url)) pacer.set({ isPaused: false, speed });
      return response;
    },
    async connect(request) {
      const connection = await api.connect(request);
      pacer.set({ isPaused: false, speed });
      return connection;
    },
  };
}

/** Without the server's date our kubectl reckons ages by the wall clock, as the real one does. */
function hideDate(api: KubeApi): KubeApi {
  return {
    ...api,
    async fetch(request) {
      const { body, status, headers } = await api.fetch(request);
      const others = new Headers(headers);
      others.delete('date');
      return new Response(body, { status, headers: others });
    },
  };
}
