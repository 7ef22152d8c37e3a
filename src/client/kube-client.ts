import { ApiError, type KubeList, type KubeObject, type Status } from '../api/index.ts';
import type { KubeApi } from './kube-api.ts';
import { readLines } from './read-lines.ts';

export interface ListOptions {
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

export interface WatchEvent<T> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: T;
}

/** Where a resource lives: `v1` + `pods`, `apps/v1` + `deployments`. */
export interface ResourcePath {
  readonly apiVersion: string;
  readonly resource: string;
}

/** A small typed client over the seam. Every refusal is a thrown ApiError. */
export class KubeClient {
  readonly api: KubeApi;
  readonly #userAgent: string;

  constructor(api: KubeApi, userAgent: string) {
    this.api = api;
    this.#userAgent = userAgent;
  }

  /** One object; undefined when there is none. */
  async get<T extends KubeObject>(
    path: ResourcePath,
    namespace: string | undefined,
    name: string,
  ): Promise<T | undefined> {
    try {
      return await this.#json<T>('GET', `${collectionUrl(path, namespace)}/${encodeURIComponent(name)}`);
    } catch (error) {
      if (error instanceof ApiError && error.reason === 'NotFound') return undefined;
      throw error;
    }
  }

  list<T>(path: ResourcePath, options: ListOptions = {}): Promise<KubeList<T>> {
    return this.#json('GET', collectionUrl(path, options.namespace) + query({ ...selectors(options) }));
  }

  create<T extends KubeObject>(path: ResourcePath, namespace: string | undefined, object: unknown): Promise<T> {
    return this.#json('POST', collectionUrl(path, namespace), object);
  }

  /** Server-side apply, taking fields over from whoever owned them. */
  apply<T extends KubeObject>(
    path: ResourcePath,
    namespace: string | undefined,
    name: string,
    object: unknown,
  ): Promise<T> {
    const url = `${collectionUrl(path, namespace)}/${encodeURIComponent(name)}${query({ fieldManager: this.#userAgent, force: 'true' })}`;
    return this.#json('PATCH', url, object, 'application/apply-patch+yaml');
  }

  delete(path: ResourcePath, namespace: string | undefined, name: string): Promise<unknown> {
    return this.#json('DELETE', `${collectionUrl(path, namespace)}/${encodeURIComponent(name)}`);
  }

  /** Changes after `resourceVersion`, until the signal aborts or the server ends the watch. */
  async *watch<T extends KubeObject>(
    path: ResourcePath,
    resourceVersion: string,
    signal: AbortSignal,
    options: ListOptions = {},
  ): AsyncGenerator<WatchEvent<T>> {
    const parameters = { ...selectors(options), watch: 'true', allowWatchBookmarks: 'true', resourceVersion };
    const response = await this.#send('GET', collectionUrl(path, options.namespace) + query(parameters), { signal });
    if (!response.body) return;
    for await (const line of readLines(response.body)) yield JSON.parse(line) as WatchEvent<T>;
  }

  /** Any JSON request. `url` begins with a slash. */
  async json<T>(method: string, url: string, body?: unknown): Promise<T> {
    return this.#json(method, url, body);
  }

  /** The text at `url` with its status, whatever it is. */
  async text(url: string, signal?: AbortSignal): Promise<{ readonly status: number; readonly text: string }> {
    const request = new Request(new URL(url, 'http://cluster.local'), {
      headers: { 'user-agent': this.#userAgent },
      ...(signal && { signal }),
    });
    const response = await this.api.fetch(request);
    return { status: response.status, text: await response.text() };
  }

  async #json<T>(method: string, url: string, body?: unknown, contentType = 'application/json'): Promise<T> {
    const response = await this.#send(method, url, {
      ...(body !== undefined && { body: JSON.stringify(body), contentType }),
    });
    return (await response.json()) as T;
  }

  async #send(
    method: string,
    url: string,
    options: { body?: string; contentType?: string; signal?: AbortSignal },
  ): Promise<Response> {
    const request = new Request(new URL(url, 'http://cluster.local'), {
      method,
      headers: {
        accept: 'application/json',
        'user-agent': this.#userAgent,
        ...(options.contentType && { 'content-type': options.contentType }),
      },
      ...(options.body !== undefined && { body: options.body }),
      ...(options.signal && { signal: options.signal }),
    });
    const response = await this.api.fetch(request);
    if (!response.ok) throw await errorOf(response);
    return response;
  }
}

/** The refusal in a response, as the ApiError that the server threw. */
async function errorOf(response: Response): Promise<ApiError> {
  const text = await response.text();
  let status: Partial<Status> = {};
  try {
    status = JSON.parse(text) as Partial<Status>;
  } catch {
    // Not every refusal is a Status: an unknown path is plain text.
    status = { message: text.trim() };
  }
  return new ApiError(response.status, status.reason ?? '', status.message ?? response.statusText, status.details);
}

export function collectionUrl({ apiVersion, resource }: ResourcePath, namespace: string | undefined): string {
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  return namespace ? `${root}/namespaces/${encodeURIComponent(namespace)}/${resource}` : `${root}/${resource}`;
}

function selectors({ labelSelector, fieldSelector }: ListOptions): Record<string, string> {
  return { ...(labelSelector && { labelSelector }), ...(fieldSelector && { fieldSelector }) };
}

function query(parameters: Record<string, string>): string {
  const text = new URLSearchParams(parameters).toString();
  return text && `?${text}`;
}
