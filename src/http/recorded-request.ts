import type { ApiRequest } from '../cluster/index.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { relevant, type RecordedRequest } from './session-input.ts';

const marker = 'base64:';

/** A request as the journal keeps it. */
export function record(request: ApiRequest): RecordedRequest {
  const query = new URLSearchParams(
    [...request.query].flatMap(([name, values]) => values.map((value) => [name, value])),
  );
  const search = query.toString();
  return {
    method: request.method,
    url: request.path + (search && `?${search}`),
    headers: relevant(request.headers),
    ...(request.body && { body: textOf(request.body) }),
  };
}

/** The request that a journal entry stands for. */
export function restore(recorded: RecordedRequest): ApiRequest {
  const { path, query } = splitUrl(recorded.url);
  return {
    method: recorded.method,
    path,
    query,
    headers: new Map(Object.entries(recorded.headers)),
    ...(recorded.body !== undefined && { body: bytesOf(recorded.body) }),
  };
}

/** Path and query of a URL that begins with a slash. */
export function splitUrl(url: string): {
  readonly path: string;
  readonly query: ReadonlyMap<string, readonly string[]>;
} {
  const [path = '/', search = ''] = url.split(/\?(.*)/s);
  const parameters = new URLSearchParams(search);
  return { path, query: new Map([...new Set(parameters.keys())].map((name) => [name, parameters.getAll(name)])) };
}

function textOf(bytes: Uint8Array): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.startsWith(marker) ? marker + toBase64(bytes) : text;
  } catch {
    return marker + toBase64(bytes);
  }
}

function bytesOf(body: string): Uint8Array {
  return body.startsWith(marker) ? fromBase64(body.slice(marker.length)) : new TextEncoder().encode(body);
}
