import type { Counter, Metrics } from '../../metrics/metrics.ts';
import type { ApiRequest, ApiResponse, ApiSink } from '../api-request.ts';
import { isStream } from '../api-request.ts';
import type { RequestInfo } from './request-info.ts';

const labels = ['component', 'group', 'resource', 'scope', 'subresource', 'verb', 'version'];
const connects = ['exec', 'attach', 'portforward', 'proxy'];

/**
 * Counts requests.
 * Upstream: apiserver/pkg/endpoints/metrics/metrics.go
 */
export class RequestMetrics {
  readonly #total: Counter;
  readonly #longRunning: Counter;

  constructor(metrics: Metrics) {
    this.#total = metrics.counter({
      name: 'apiserver_request_total',
      help: '[STABLE] Counter of apiserver requests broken out for each verb, dry run value, group, version, resource, scope, component, and HTTP response code.',
      labels: ['code', 'dry_run', ...labels],
    });
    this.#longRunning = metrics.upDown({
      name: 'apiserver_longrunning_requests',
      help: '[STABLE] Gauge of all active long-running apiserver requests broken out by verb, group, version, resource, scope and component. Not all requests are tracked this way.',
      labels,
    });
  }

  /** @param isServed whether there is such a resource: what clients make up must not become labels */
  count(request: ApiRequest, info: RequestInfo, isServed: boolean, response: ApiResponse): ApiResponse {
    const values = labelsOf(request, info, isServed);
    const isDryRun = isServed && request.query.get('dryRun')?.[0] === 'All';
    this.#total.add([String(response.status), isDryRun ? 'All' : '', ...values]);
    if (!isStream(response)) return response;
    return { ...response, stream: (sink) => this.#track(values, sink, response.stream) };
  }

  #track(values: readonly string[], sink: ApiSink, start: (sink: ApiSink) => () => void): () => void {
    let isOpen = true;
    this.#longRunning.add(values);
    const over = (): void => {
      if (isOpen) this.#longRunning.add(values, -1);
      isOpen = false;
    };
    const end = (): void => {
      over();
      sink.end();
    };
    const cancel = start({ write: (chunk) => sink.write(chunk), end });
    return () => {
      over();
      cancel();
    };
  }
}

function labelsOf(request: ApiRequest, info: RequestInfo, isServed: boolean): readonly string[] {
  const { group, resource, subresource, version } = info;
  const verb = verbOf(request, info);
  if (!isServed) return ['apiserver', '', '', '', '', verb, ''];
  return ['apiserver', group, resource, scopeOf(info), subresource, verb, version];
}

function scopeOf({ namespace, name }: RequestInfo): string {
  if (name !== '') return 'resource';
  return namespace === '' ? 'cluster' : 'namespace';
}

function verbOf({ method, headers }: ApiRequest, { verb, subresource }: RequestInfo): string {
  if (connects.includes(subresource)) return 'CONNECT';
  if (verb === 'list' || verb === 'watch' || verb === 'deletecollection') return verb.toUpperCase();
  if (method === 'PATCH' && headers.get('content-type')?.startsWith('application/apply-patch')) return 'APPLY';
  return ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'].includes(method) ? method : 'other';
}
