import { createSchemaCatalog } from '../../api/schema/schema-catalog.ts';
import type { ObjectSchema } from '../../api/schema/type-schema.ts';
import type { KubeApi } from '../../client/index.ts';
import { acceptProtobuf } from '../../bridge/index.ts';
import { realHost, serve, Simulation } from '../../http/index.ts';
import { RandomStream } from '../../kernel/index.ts';
import { complaintAbout, marker, type FuzzAnswer } from './judge.ts';
import { fuzzedNamespaces, RequestMaker, type FuzzRequest } from './random-request.ts';
import { servedPaths } from './served-paths.ts';

export interface FuzzReport {
  readonly requests: number;
  /** How many answers had which status. */
  readonly statuses: ReadonlyMap<number, number>;
  readonly failures: readonly FuzzFailure[];
  readonly slowestMs: number;
}

export interface FuzzFailure {
  /** Counts from 0; undefined for what was found at the end. */
  readonly index?: number;
  readonly request?: FuzzRequest;
  readonly complaint: string;
}

export interface FuzzOptions {
  readonly requests: number;
  readonly seed: number;
  /** Whether a slow answer is a failure. */
  readonly isTimed: boolean;
}

const untouched = 'untouched';
const requestsPerPause = 25;
/** In a pause time goes on, but no further than the cluster's work reaches in so many events. */
const maxEventsPerPause = 5_000;
const enoughFailures = 20;

/**
 * Sends seeded random requests to a cluster of its own: valid ones, nearly valid ones and hostile ones. Every answer must be
 * a proper Status or object, and nothing may be seen or changed outside of the namespaces that the requests name.
 */
export async function runFuzz({ requests, seed, isTimed }: FuzzOptions): Promise<FuzzReport> {
  let bug: unknown;
  const simulation = new Simulation(
    { seed, epochMs: Date.UTC(2026, 0, 5, 9), nodes: 2, isPaused: true, freeze: true, onBug: (error) => (bug = error) },
    realHost,
  );
  const { clock } = simulation.session.cluster;
  clock.runFor(30_000);
  const api = acceptProtobuf(serve(simulation));
  await prepare(api);
  clock.runFor(10_000);
  const before = await whatIsUntouched(api);
  const random = new RandomStream(`fuzz/${seed}`);
  const maker = new RequestMaker(random, await servedPaths(api), schemaFinder());
  const statuses = new Map<number, number>();
  const failures: FuzzFailure[] = [];
  let slowestMs = 0;
  for (let index = 0; index < requests && failures.length < enoughFailures; index++) {
    const request = maker.next();
    bug = undefined;
    const answer = await ask(api, request);
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    slowestMs = Math.max(slowestMs, answer.cpuMs);
    const complaint = complaintAbout(request, isTimed ? answer : { ...answer, cpuMs: 0 }) ?? pollution();
    const stack = bug instanceof Error ? `\n${bug.stack}` : '';
    if (complaint) failures.push({ index, request, complaint: complaint + stack });
    if (index % requestsPerPause > 0) continue;
    try {
      let events = 0;
      clock.runUntil(clock.nowMs + random.integer(0, 5_000), () => ++events < maxEventsPerPause);
    } catch (error) {
      failures.push({ index, complaint: `a component fails: ${error instanceof Error ? error.stack : String(error)}` });
      break;
    }
  }
  const after = await whatIsUntouched(api);
  if (after !== before) failures.push({ complaint: `what no request named has changed:\n${before}\n${after}` });
  return { requests, statuses, failures, slowestMs };
}

async function prepare(api: KubeApi): Promise<void> {
  const create = async (path: string, object: object) => {
    const headers = { 'content-type': 'application/json' };
    await api.fetch(new Request(`http://fuzz${path}`, { method: 'POST', headers, body: JSON.stringify(object) }));
  };
  for (const name of [...fuzzedNamespaces, untouched]) await create('/api/v1/namespaces', { metadata: { name } });
  const metadata = { name: 'one', labels: { app: 'web' } };
  await create(`/api/v1/namespaces/${untouched}/secrets`, { metadata, stringData: { key: marker }, type: marker });
  await create(`/api/v1/namespaces/${untouched}/configmaps`, { metadata, data: { key: marker } });
  const service = { metadata: { ...metadata, annotations: { marker } }, spec: { ports: [{ port: 80 }] } };
  await create(`/api/v1/namespaces/${untouched}/services`, service);
}

/** What clients see of the namespace that no request names. */
async function whatIsUntouched(api: KubeApi): Promise<string> {
  const lists = ['secrets', 'configmaps', 'services', 'pods', 'serviceaccounts'];
  const texts = lists.map(async (resource) => {
    const response = await api.fetch(new Request(`http://fuzz/api/v1/namespaces/${untouched}/${resource}`));
    const { items } = (await response.json()) as { readonly items: unknown };
    return `${resource}: ${JSON.stringify(items)}`;
  });
  return (await Promise.all(texts)).join('\n');
}

async function ask(api: KubeApi, { method, url, headers, body }: FuzzRequest): Promise<FuzzAnswer> {
  const abort = new AbortController();
  const request = new Request(`http://fuzz${url}`, {
    method,
    headers: headers.map(([name, value]): [string, string] => [name, value]),
    signal: abort.signal,
    ...(body && { body: Buffer.from(body) }),
  });
  const start = process.cpuUsage();
  const response = await api.fetch(request);
  const text = await readToPause(response, url);
  const { user, system } = process.cpuUsage(start);
  abort.abort();
  const contentType = response.headers.get('content-type') ?? '';
  return { status: response.status, contentType, text, cpuMs: (user + system) / 1000 };
}

/** The whole body, or of one that goes on what is there at once. */
async function readToPause(response: Response, url: string): Promise<string> {
  if (!/[?&](?:watch|follow)=/.test(url)) return response.text();
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const pause = new Promise<void>((resolve) => setImmediate(resolve));
    const part = await Promise.race([reader?.read(), pause]);
    if (!part || part.done) break;
    text += decoder.decode(part.value as Uint8Array, { stream: true });
  }
  await reader?.cancel();
  return text;
}

function pollution(): string | undefined {
  const { polluted } = {} as { readonly polluted?: unknown };
  const foreign = Object.keys(Object.prototype);
  return polluted === undefined && foreign.length === 0 ? undefined : 'has changed what all objects inherit';
}

function schemaFinder(): (apiVersion: string, kind: string) => ObjectSchema | undefined {
  const catalog = createSchemaCatalog();
  return (apiVersion, kind) => {
    const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['core', apiVersion];
    const named = catalog.names.filter((name) => name.endsWith(`.${version}.${kind}`));
    const name = named.find((each) => each.includes(group!.split('.')[0]!)) ?? named[0];
    return name === undefined ? undefined : catalog.type(name);
  };
}
