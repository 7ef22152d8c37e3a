import type { Status } from '../../api/index.ts';
import type { KubeApi } from '../../client/index.ts';

/** The API's refusal of a request. */
export class RequestFailed extends Error {
  override readonly name = 'RequestFailed';
  readonly code: number;
  readonly status: Partial<Status>;

  constructor(code: number, status: Partial<Status>) {
    super(status.message ?? `the server answered ${code}`);
    this.code = code;
    this.status = status;
  }
}

export interface RequestOptions {
  readonly method?: string;
  readonly body?: unknown;
  readonly contentType?: string;
  readonly accept?: string;
  readonly signal?: AbortSignal;
}

export function apiRequest(path: string, options: RequestOptions = {}): Request {
  const { method = 'GET', body, contentType = 'application/json', accept = 'application/json', signal } = options;
  return new Request(new URL(path, 'http://cluster.local'), {
    method,
    headers: { accept, ...(body !== undefined && { 'content-type': contentType }) },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    ...(signal && { signal }),
  });
}

/** One request and its JSON answer; throws RequestFailed when the server refuses. */
export async function requestJson<T>(api: KubeApi, path: string, options: RequestOptions = {}): Promise<T> {
  const response = await api.fetch(apiRequest(path, options));
  if (!response.ok) throw await failureOf(response);
  return (await response.json()) as T;
}

/** A request whose answer streams; throws RequestFailed when the server refuses. */
export async function requestStream(
  api: KubeApi,
  path: string,
  options: RequestOptions = {},
): Promise<ReadableStream<Uint8Array>> {
  const response = await api.fetch(apiRequest(path, options));
  if (!response.ok || !response.body) throw await failureOf(response);
  return response.body;
}

async function failureOf(response: Response): Promise<RequestFailed> {
  const text = await response.text();
  try {
    return new RequestFailed(response.status, JSON.parse(text) as Partial<Status>);
  } catch {
    return new RequestFailed(response.status, { message: text.trim() || `the server answered ${response.status}` });
  }
}
