import { ApiError, type Status, type StatusReason } from '../../api/index.ts';
import { ConnectError, type KubeApi, type KubeConnection } from '../../client/index.ts';
import { ConnectionError } from '../errors/command-error.ts';
import { isObject, type JsonObject } from '../resource/json.ts';
import type { WarningPrinter } from './warning-printer.ts';

export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

export interface RestRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: Query;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Default: JSON. */
  readonly contentType?: string;
  readonly accept?: string;
  /** The path was typed by the user: nothing is known about what it stands for. */
  readonly isRaw?: boolean;
}

export interface RestClientOptions {
  readonly api: KubeApi;
  /** `127.0.0.1:6443`, for messages about a server that does not answer. */
  readonly host: string;
  /** Who asks: sent with every request. */
  readonly headers: Readonly<Record<string, string>>;
  readonly warnings: WarningPrinter;
  readonly signal: AbortSignal;
  readonly timeoutMs?: number;
}

/** Sends kubectl's requests over the seam and turns refusals into errors. Upstream: client-go/rest/request.go */
export class RestClient {
  readonly #options: RestClientOptions;
  #serverDateMs: number | undefined;

  constructor(options: RestClientOptions) {
    this.#options = options;
  }

  get host(): string {
    return this.#options.host;
  }

  /** What the server's clock last said, in milliseconds since 1970. */
  get serverDateMs(): number | undefined {
    return this.#serverDateMs;
  }

  /** The body of the answer, as JSON. */
  async json(request: RestRequest): Promise<JsonObject> {
    const response = await this.send(request);
    const text = await response.text();
    return parseBody(text);
  }

  async text(request: RestRequest): Promise<string> {
    return (await this.send(request)).text();
  }

  /** An answer that is no refusal; its body is still to be read. */
  async send(request: RestRequest, signal: AbortSignal = this.#options.signal): Promise<Response> {
    const response = await this.#fetch(this.#toRequest(request, signal));
    const date = Date.parse(response.headers.get('date') ?? '');
    if (!Number.isNaN(date)) this.#serverDateMs = date;
    this.#options.warnings.takeFrom(response);
    if (response.status >= 400) throw await refusal(response, request);
    return response;
  }

  /** Opens the connection of exec, attach or port-forward. */
  async connect(request: RestRequest): Promise<KubeConnection> {
    try {
      return await this.#options.api.connect(this.#toRequest(request, this.#options.signal));
    } catch (error) {
      if (error instanceof ConnectError) throw await refusal(error.response, request);
      throw error;
    }
  }

  async #fetch(request: Request): Promise<Response> {
    try {
      return await this.#options.api.fetch(request);
    } catch (error) {
      if (this.#options.signal.aborted) throw error;
      if (!(error instanceof Error)) throw error;
      throw new ConnectionError(this.#options.host, connectionProblem(error));
    }
  }

  #toRequest(request: RestRequest, signal: AbortSignal): Request {
    const { method = 'GET', path, query, headers, body, contentType, accept } = request;
    const hasBody = body !== undefined;
    return new Request(`http://cluster.local${path}${queryText(query)}`, {
      method,
      signal,
      headers: {
        Accept: accept ?? 'application/json',
        'User-Agent': 'kubectl/v1.35.2 (linux/amd64) kubernetes/drydock',
        ...this.#options.headers,
        ...(hasBody && { 'Content-Type': contentType ?? 'application/json' }),
        ...headers,
      },
      ...(hasBody && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  }
}

function connectionProblem(error: Error): string {
  const cause = error.cause instanceof Error ? error.cause.message : error.message;
  return /ECONNREFUSED/.test(cause) ? 'connect: connection refused' : cause;
}

function queryText(query: Query | undefined): string {
  if (!query) return '';
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    if (typeof value === 'object') for (const item of value) parameters.append(name, item);
    else parameters.append(name, String(value));
  }
  const text = parameters.toString();
  return text && `?${text}`;
}

export function parseBody(text: string): JsonObject {
  const value: unknown = text === '' ? {} : JSON.parse(text);
  return isObject(value) ? value : {};
}

/** The error that a refusal stands for: its Status, or what can be told from the code alone. */
async function refusal(response: Response, request: RestRequest): Promise<ApiError> {
  const text = await response.text();
  const status = asStatus(text);
  if (status)
    return new ApiError(status.code ?? response.status, status.reason ?? '', status.message ?? '', status.details);
  const known = genericRefusals[response.status];
  const verb = (request.method ?? 'GET').toLowerCase();
  const reason = known?.reason ?? (response.status >= 500 ? 'InternalError' : '');
  const message =
    known?.message ??
    (response.status >= 500
      ? `an error on the server (${JSON.stringify(text || 'unknown')}) has prevented the request from succeeding`
      : 'the server responded with the status code ' + response.status + ` but did not return more information`);
  return new ApiError(response.status, reason, message + aboutWhat(verb, request), {
    causes: [{ reason: 'UnexpectedServerResponse', message: text || verb }],
  });
}

/** ` (patch deployments.apps web)`, as far as the path tells. */
function aboutWhat(verb: string, { path, isRaw = false }: RestRequest): string {
  const match = /^\/(?:api|apis\/([^/]+))\/[^/]+\/(?:namespaces\/[^/]+\/(?=[^/]))?([^/?]+)(?:\/([^/?]+))?/.exec(path);
  if (!match || isRaw) return '';
  const [, group = '', resource = '', name = ''] = match;
  return ` (${verb} ${resource}${group && `.${group}`}${name && ` ${name}`})`;
}

function asStatus(text: string): Status | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) && value['kind'] === 'Status' ? (value as unknown as Status) : undefined;
  } catch {
    return undefined;
  }
}

/** Upstream: apimachinery/pkg/api/errors/errors.go NewGenericServerResponse */
const genericRefusals: Readonly<Record<number, { readonly reason: StatusReason; readonly message: string }>> = {
  400: { reason: 'BadRequest', message: 'the server rejected our request for an unknown reason' },
  401: { reason: 'Unauthorized', message: 'the server has asked for the client to provide credentials' },
  403: { reason: 'Forbidden', message: 'forbidden' },
  404: { reason: 'NotFound', message: 'the server could not find the requested resource' },
  405: { reason: 'MethodNotAllowed', message: 'the server does not allow this method on the requested resource' },
  406: {
    reason: 'NotAcceptable',
    message: 'the server was unable to respond with a content type that the client supports',
  },
  409: { reason: 'Conflict', message: 'the server reported a conflict' },
  410: { reason: 'Gone', message: 'the requested resource is no longer available' },
  413: {
    reason: 'RequestEntityTooLarge',
    message: 'the server responded with the status code 413 but did not return more information',
  },
  415: { reason: 'UnsupportedMediaType', message: 'the body of the request was in an unknown format' },
  422: { reason: 'Invalid', message: 'the server rejected our request due to an error in our request' },
  429: {
    reason: 'TooManyRequests',
    message: 'the server has received too many requests and has asked us to try again later',
  },
  503: { reason: 'ServiceUnavailable', message: 'the server is currently unable to handle the request' },
  504: {
    reason: 'Timeout',
    message: 'the server was unable to return a response in the time allotted, but may still be processing the request',
  },
};
