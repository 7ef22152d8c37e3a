import { realHost, serve, Simulation, type SavedSession } from '../http/index.ts';
import { exposeApi } from '../transport/index.ts';
import { keepSaved, SessionStore } from './session-store.ts';
import type { BootReport, BootRequest, BugReport } from './protocol.ts';

/** The worker's entry: the cluster, its pacer, and the seam on a port. */
interface WorkerScope {
  addEventListener(type: 'message', listener: (event: MessageEvent<BootRequest>) => void): void;
  addEventListener(type: 'error', listener: (event: ErrorEvent) => void): void;
  postMessage(message: BootReport | BugReport): void;
}

/** How long a new cluster runs before anybody looks: nodes become Ready. */
const bootMs = 30_000;

const scope = self as unknown as WorkerScope;
let running: Simulation | undefined;

scope.addEventListener('message', (event) => void boot(event.data));
scope.addEventListener('error', (event) => reportBug(event.message));

function reportBug(message: string): void {
  if (running) scope.postMessage({ type: 'bug', message, session: running.session.save() });
}

async function boot(request: BootRequest): Promise<void> {
  const startedMs = performance.now();
  const sessions = request.saveAs === undefined ? undefined : await SessionStore.open().catch(() => undefined);
  if (request.fresh && sessions && request.saveAs !== undefined) await sessions.remove(request.saveAs);
  const { simulation, from, problem } = await start(request, sessions);
  running = simulation;
  if (from === 'fresh') await simulation.advance(bootMs);
  exposeApi(request.port, serve(simulation));
  if (sessions && request.saveAs !== undefined) keepSaved(sessions, request.saveAs, () => simulation.session);
  scope.postMessage({
    type: 'booted',
    from,
    tookMs: performance.now() - startedMs,
    ...(problem !== undefined && { problem }),
  });
}

type Start = Pick<BootReport, 'from' | 'problem'> & { readonly simulation: Simulation };

const onBug = (error: unknown) => reportBug(error instanceof Error ? error.message : String(error));

async function start(given: BootRequest, sessions: SessionStore | undefined): Promise<Start> {
  const request = { ...given, onBug };
  const fresh = () => new Simulation(request, realHost);
  const resume = (session: SavedSession) => Simulation.resume(request, realHost, session);
  if (request.session) return { from: 'given', simulation: await resume(request.session) };
  const saved = request.saveAs === undefined ? undefined : await sessions?.load(request.saveAs);
  if (!saved) return { from: 'fresh', simulation: fresh() };
  try {
    return { from: 'saved', simulation: await resume(saved) };
  } catch (error) {
    await sessions!.setAside(request.saveAs!);
    return { from: 'fresh', simulation: fresh(), problem: error instanceof Error ? error.message : String(error) };
  }
}
