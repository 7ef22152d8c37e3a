import type { KubeList, KubeObject } from '../../api/index.ts';
import { decodeUtf8, encodeUtf8, type Cancel } from '../../kernel/index.ts';
import type { Cluster } from '../cluster.ts';
import { isStream } from './api-request.ts';

/** Sends requests to a cluster's API server as a client would, for tests. */
export interface Answer<T = KubeObject> {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: T;
}

export interface StreamedEvent {
  readonly type: string;
  readonly object: KubeObject;
}

export class TestClient {
  readonly #cluster: Cluster;
  readonly #userAgent: string;

  constructor(cluster: Cluster, userAgent = 'kubectl/v1.35.2') {
    this.#cluster = cluster;
    this.#userAgent = userAgent;
  }

  send<T = KubeObject>(
    method: string,
    url: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Answer<T> {
    const response = this.#handle(method, url, body, headers);
    if (isStream(response)) throw new Error(`${url} answers with a stream`);
    return { status: response.status, headers: Object.fromEntries(response.headers), body: response.body as T };
  }

  get<T = KubeObject>(url: string, headers?: Readonly<Record<string, string>>): Answer<T> {
    return this.send<T>('GET', url, undefined, headers);
  }

  list<T extends KubeObject = KubeObject>(url: string): KubeList<T> {
    return this.get<KubeList<T>>(url).body;
  }

  patch<T = KubeObject>(url: string, type: string, body: unknown): Answer<T> {
    return this.send<T>('PATCH', url, body, { 'content-type': type });
  }

  /** Collects what a watch brings until `stop` is called. */
  watch(
    url: string,
    headers: Readonly<Record<string, string>> = {},
  ): {
    readonly events: readonly StreamedEvent[];
    readonly isEnded: () => boolean;
    readonly stop: Cancel;
  } {
    const response = this.#handle('GET', url, undefined, headers);
    if (!isStream(response)) throw new Error(`${url} does not stream: ${JSON.stringify(response.body)}`);
    const events: StreamedEvent[] = [];
    let isEnded = false;
    const write = (chunk: string | Uint8Array | object): void => {
      events.push((chunk instanceof Uint8Array ? decodeUtf8(chunk) : chunk) as StreamedEvent);
    };
    const stop = response.stream({ write, end: () => void (isEnded = true) });
    return { events, isEnded: () => isEnded, stop };
  }

  #handle(method: string, url: string, body: unknown, headers: Readonly<Record<string, string>>) {
    const [path = '', search = ''] = url.split('?');
    const query = new Map<string, string[]>();
    for (const pair of search.split('&').filter(Boolean)) {
      const [name = '', value = ''] = pair.split(/=(.*)/s).map((text) => decodeURIComponent(text));
      query.set(name, [...(query.get(name) ?? []), value]);
    }
    const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
    return this.#cluster.apiServer.handle({
      method,
      path,
      query,
      headers: new Map(Object.entries({ 'user-agent': this.#userAgent, ...headers })),
      ...(text !== undefined && { body: encodeUtf8(text) }),
    });
  }
}
