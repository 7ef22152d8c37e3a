import type { ApiRequest, ApiResponse } from '../api-request.ts';
import { respondText } from '../response/respond.ts';

const hooks = [
  'start-system-namespaces-controller',
  'scheduling/bootstrap-system-priority-classes',
  'priority-and-fairness-config-producer',
  'bootstrap-controller',
  'start-kubernetes-service-cidr-controller',
].map((hook) => `poststarthook/${hook}`);

/** What each page checks, in its order. */
const checks: Readonly<Record<string, readonly string[]>> = {
  healthz: ['ping', 'log', 'etcd', ...hooks],
  livez: ['ping', 'log', 'etcd', ...hooks],
  readyz: ['ping', 'log', 'etcd', 'etcd-readiness', 'informer-sync', ...hooks, 'shutdown'],
};

/**
 * `/healthz`, `/livez` and `/readyz`, each with its single checks below it.
 * Upstream: apiserver/pkg/server/healthz/healthz.go
 * Differs: has only the checks of what is simulated; each of them is done when the first request can be asked.
 */
export function healthPage({ path, query }: ApiRequest): ApiResponse | undefined {
  const [, page = '', check] = /^\/+(healthz|livez|readyz)(?:\/(.*?))?\/*$/.exec(path) ?? [];
  if (!Object.hasOwn(checks, page)) return undefined;
  const known = checks[page]!;
  if (check) return known.includes(check) ? respondText(200, 'ok') : undefined;
  if (!query.has('verbose')) return respondText(200, 'ok');
  const excluded = new Set(query.get('exclude'));
  const lines = known.map((name) => `[+]${name}${excluded.delete(name) ? ' excluded: ok' : ' ok'}\n`);
  const strange = [...excluded].sort().map((name) => JSON.stringify(name));
  const warning =
    strange.length > 0 ? `warn: some health checks cannot be excluded: no matches for ${strange.join(', ')}\n` : '';
  return respondText(200, `${warning}${lines.join('')}${page} check passed\n`);
}

export function healthPaths(): readonly string[] {
  return Object.entries(checks).flatMap(([page, names]) => [`/${page}`, ...names.map((name) => `/${page}/${name}`)]);
}
