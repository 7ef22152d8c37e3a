import type { ClockState, Fault } from '../../api/index.ts';
import type { KubeApi } from '../../client/index.ts';
import { encodeUtf8, waitFor, type Routine } from '../../kernel/index.ts';
import type { Program, ProgramContext } from '../../shell/index.ts';
import type { ClusterTime } from '../time/cluster-time.ts';
import { parseDuration } from './duration.ts';

const usage = `Time and accidents of this cluster.

  drydock node off NAME       cut the power of a node
  drydock node on NAME        switch it on again
  drydock network off NAME    pull a node's network cable
  drydock network on NAME     plug it in again
  drydock faults              what is broken on purpose
  drydock wait DURATION       let time pass as fast as it can (30s, 5m, 2h)
  drydock clock               what time it is, and how fast it goes
  drydock clock pause|play    stop time, let it go on
  drydock clock speed N       N seconds of the cluster for each of yours; max for as fast as it can
  drydock step [COUNT]        run the next events while time stands still
`;

/** What the command line asks for, done over `/sim/`. Gives the text to print. */
type Action = (sim: Sim) => Promise<string>;

/** A mistake in the command line, or the simulator's refusal. */
class Complaint extends Error {
  override readonly name = 'Complaint';
}

/** Sends requests to `/sim/`. */
type Sim = <T>(method: string, path: string, body?: object) => Promise<T>;

/** The learner's hand on time and accidents, from the command line: no part of Kubernetes. */
export function drydockProgram(api: KubeApi, time: ClusterTime): Program {
  return function* (context) {
    const action = parse(context.argv.slice(1));
    const result = yield* settle(context, (signal) => action(simOver(api, signal)));
    yield* settle(context, () => time.refresh());
    if (typeof result === 'string') {
      yield* context.stdout.write(encodeUtf8(result));
      return 0;
    }
    yield* context.stderr.write(encodeUtf8(`drydock: ${result.message}\n`));
    return result instanceof Complaint ? 2 : 1;
  };
}

/** Waits for a promise beside the process; its failure is a value. */
function* settle<T>(context: ProgramContext, start: (signal: AbortSignal) => Promise<T>): Routine<T | Error> {
  const controller = new AbortController();
  context.process.handle('SIGINT', () => controller.abort(new Error('interrupted')));
  return yield* waitFor<T | Error>((resume) => {
    start(controller.signal).then(resume, (error: unknown) =>
      resume(error instanceof Error ? error : new Error(String(error))),
    );
    return () => controller.abort(new Error('the process has ended'));
  });
}

function simOver(api: KubeApi, signal: AbortSignal): Sim {
  return async <T>(method: string, path: string, body?: object) => {
    const request = new Request(`http://cluster.local/sim/${path}`, {
      method,
      signal,
      ...(body && { body: JSON.stringify(body) }),
    });
    const response = await api.fetch(request);
    const text = await response.text();
    if (response.ok) return JSON.parse(text) as T;
    throw new Complaint(response.status === 404 ? 'this cluster is not simulated' : messageIn(text));
  };
}

function messageIn(text: string): string {
  try {
    return (JSON.parse(text) as { message?: string }).message ?? text;
  } catch {
    return text.trim();
  }
}

function parse(words: readonly string[]): Action {
  const [topic, verb, value] = words;
  switch (topic) {
    case 'node':
      return faultAction('node-down', verb, value);
    case 'network':
      return faultAction('node-network-down', verb, value);
    case 'faults':
      return async (sim) => faultsText((await sim<{ faults: Fault[] }>('GET', 'faults')).faults);
    case 'wait':
      return waitAction(verb);
    case 'clock':
      return clockAction(verb, value);
    case 'step':
      return stepAction(verb);
    case undefined:
    case 'help':
    case '--help':
    case '-h':
      return async () => usage;
    default:
      return refusal(`unknown command ${JSON.stringify(topic)}; see drydock help`);
  }
}

function refusal(message: string): Action {
  return async () => {
    throw new Complaint(message);
  };
}

function faultAction(type: Fault['type'], verb: string | undefined, node: string | undefined): Action {
  if ((verb !== 'on' && verb !== 'off') || !node) return refusal('say on or off, and the name of a node');
  return async (sim) => {
    await sim(verb === 'off' ? 'POST' : 'DELETE', 'faults', { type, node });
    const what = type === 'node-down' ? 'power' : 'network';
    return `${node}: ${what} ${verb}\n`;
  };
}

function faultsText(faults: readonly Fault[]): string {
  if (faults.length === 0) return 'Nothing is broken on purpose.\n';
  return faults.map(({ type, node }) => `${node}: ${type === 'node-down' ? 'power' : 'network'} off\n`).join('');
}

function waitAction(duration: string | undefined): Action {
  const forMs = duration === undefined ? undefined : parseDuration(duration);
  if (forMs === undefined) return refusal('say how long to wait, such as 30s, 5m or 2h');
  return async (sim) => {
    await sim('POST', 'run', { forMs });
    return '';
  };
}

function clockAction(verb: string | undefined, value: string | undefined): Action {
  const change = clockChange(verb, value);
  if (typeof change === 'string') return refusal(change);
  return async (sim) => {
    const state = change ? await sim<ClockState>('PATCH', 'clock', change) : await sim<ClockState>('GET', 'clock');
    const pace = state.isPaused ? 'paused' : state.speed === 0 ? 'as fast as it can' : `${state.speed}×`;
    return `${new Date(state.nowMs).toISOString()} (${pace})\n`;
  };
}

function clockChange(verb: string | undefined, value: string | undefined): Partial<ClockState> | string | undefined {
  if (verb === undefined) return undefined;
  if (verb === 'pause' || verb === 'play') return { isPaused: verb === 'pause' };
  if (verb !== 'speed') return 'say pause, play or speed N';
  const speed = value === 'max' ? 0 : Number(value);
  return Number.isFinite(speed) && speed >= 0 && value ? { speed } : 'a speed is a number, or max';
}

function stepAction(count: string | undefined): Action {
  const number = Number(count ?? 1);
  if (!Number.isInteger(number) || number < 1) return refusal('the number of events is a whole number above 0');
  return async (sim) => {
    const { events } = await sim<{ events: { label: { component: string; action: string; subject?: string } }[] }>(
      'POST',
      'step',
      {
        count: number,
      },
    );
    return (
      events.map(({ label }) => `${label.component}: ${label.action} ${label.subject ?? ''}`.trimEnd()).join('\n') +
      '\n'
    );
  };
}
