import { Admission } from '../../cluster/apiserver/admission/admission.ts';
import { pods } from '../../cluster/apiserver/registry/index.ts';
import { rulesOf } from '../../cluster/apiserver/resource-definition.ts';
import { isStream } from '../../cluster/index.ts';
import type { SimulatorSession } from '../../http/index.ts';
import { readyCluster, send } from './sessions.ts';

// What single requests cost. Time stands still meanwhile: nobody but the API server works.

const path = '/api/v1/namespaces/default/pods';
const patch = { type: 'application/strategic-merge-patch+json' };
const few = 1_000;
const many = 10_000;

function podNamed(name: string): object {
  const container = { name: 'app', image: 'nginx:1.27', resources: { requests: { cpu: '10m' } } };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { app: 'web' } },
    spec: { containers: [container] },
  };
}

type Verb = 'create' | 'get' | 'patch' | 'list';

/** Seconds that each verb needs for `count` pods. A list gives all of them in one answer, as text. */
function verbSeconds(session: SimulatorSession, count: number): Readonly<Record<Verb, number>> {
  const names = Array.from({ length: count }, (_, index) => `pod-${index}`);
  const labels = { metadata: { labels: { app: 'other' } } };
  const seconds = (run: (name: string) => void) => secondsOf(() => names.forEach(run));
  return {
    create: seconds((name) => send(session, 'POST', path, podNamed(name))),
    get: seconds((name) => send(session, 'GET', `${path}/${name}`)),
    patch: seconds((name) => send(session, 'PATCH', `${path}/${name}`, labels, patch)),
    list: secondsOf(() => JSON.stringify(send(session, 'GET', path))),
  };
}

/** Seconds until a change of each of `changes` pods has reached `watchers`. */
function watchSeconds(watchers: number, changes: number): number {
  const session = readyCluster(2);
  for (let index = 0; index < changes; index++) send(session, 'POST', path, podNamed(`pod-${index}`));
  let delivered = 0;
  for (let index = 0; index < watchers; index++) {
    const response = session.handle({ method: 'GET', path, query: new Map([['watch', ['true']]]), headers: new Map() });
    if (!isStream(response)) throw new Error('a watch is a stream');
    response.stream({ write: () => void delivered++, end: () => {} });
  }
  delivered = 0;
  const labels = { metadata: { labels: { app: 'other' } } };
  const seconds = secondsOf(() => {
    for (let index = 0; index < changes; index++) send(session, 'PATCH', `${path}/pod-${index}`, labels, patch);
  });
  if (delivered !== watchers * changes) throw new Error(`${delivered} of ${watchers * changes} events arrived`);
  return seconds;
}

/** Microseconds of admission and of validation for each pod that is created. */
function ruleMicroseconds(count: number): { readonly admission: number; readonly validation: number } {
  const { admit, validate } = Admission.prototype;
  let admissionMs = 0;
  const timed = <A extends unknown[], R>(method: (this: Admission, ...args: A) => R) =>
    function (this: Admission, ...args: A): R {
      const startedMs = performance.now();
      const result = method.apply(this, args);
      admissionMs += performance.now() - startedMs;
      return result;
    };
  const session = readyCluster(2);
  Object.assign(Admission.prototype, { admit: timed(admit), validate: timed(validate) });
  try {
    for (let index = 0; index < count; index++) send(session, 'POST', path, podNamed(`pod-${index}`));
  } finally {
    Object.assign(Admission.prototype, { admit, validate });
  }
  const stored = [...session.cluster.apiServer.storeFor(pods).collection.list('default').objects];
  const rules = rulesOf(pods);
  const validationSeconds = secondsOf(() => {
    for (const pod of stored) {
      rules.validate?.(pod);
      rules.validateCreate?.(pod);
    }
  });
  return { admission: (admissionMs * 1000) / count, validation: (validationSeconds * 1e6) / count };
}

function secondsOf(run: () => void): number {
  const startedMs = performance.now();
  run();
  return (performance.now() - startedMs) / 1000;
}

/** Figures per second, and how many times as much one pod (or watcher) costs among ten times as many. */
export function requestFigures(): Readonly<Record<string, number>> {
  const figures: Record<string, number> = {};
  verbSeconds(readyCluster(2), few);
  const [small, large] = [verbSeconds(readyCluster(2), few), verbSeconds(readyCluster(2), many)];
  for (const verb of ['create', 'get', 'patch', 'list'] as const) {
    figures[`${verb}PodsPerSecond`] = Math.round(many / large[verb]);
    figures[`${verb}Growth`] = large[verb] / many / (small[verb] / few);
  }
  const changes = 20;
  watchSeconds(100, changes);
  const [hundred, thousand] = [watchSeconds(100, changes), watchSeconds(1_000, changes)];
  figures['watchEventsPerSecond'] = Math.round((1_000 * changes) / thousand);
  figures['watchGrowth'] = thousand / 1_000 / (hundred / 100);
  const { admission, validation } = ruleMicroseconds(2_000);
  figures['admissionMicroseconds'] = admission;
  figures['validationMicroseconds'] = validation;
  return figures;
}
