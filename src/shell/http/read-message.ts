import { concatBytes, decodeUtf8, type Routine } from '../../kernel/index.ts';
import type { ByteReader } from '../io/byte-reader.ts';
import { HttpHeaders, type HttpRequest, type HttpResponse } from './message.ts';

const noBody = new Uint8Array(0);
const headerLimit = 200;

/** The next request on a connection; undefined when the client is done, `'malformed'` when it is no HTTP. */
export function* readRequest(reader: ByteReader): Routine<HttpRequest | 'malformed' | undefined> {
  const line = yield* reader.line();
  if (line === undefined) return undefined;
  const [, method, target, version] = /^([A-Z]+) (\S+) (HTTP\/\d\.\d)\r?$/.exec(line) ?? [];
  if (method === undefined) return 'malformed';
  const headers = yield* readHeaders(reader);
  if (!headers) return 'malformed';
  const body = yield* readBody(reader, headers, false);
  return body ? { method, target: target!, version: version!, headers, body } : 'malformed';
}

/** The answer to a request; `'closed'` when there was none at all. */
export function* readResponse(reader: ByteReader, method: string): Routine<HttpResponse | 'closed' | 'malformed'> {
  for (;;) {
    const line = yield* reader.line();
    if (line === undefined) return 'closed';
    const [, version, code, reason] = /^(HTTP\/\d(?:\.\d)?) (\d{3}) ?(.*?)\r?$/.exec(line) ?? [];
    if (version === undefined) return 'malformed';
    const headers = yield* readHeaders(reader);
    if (!headers) return 'malformed';
    const status = Number(code);
    // 100 Continue and its like only announce the answer.
    if (status < 200 && status !== 101) continue;
    const hasBody = method !== 'HEAD' && status !== 204 && status !== 304 && status !== 101;
    const body = hasBody ? yield* readBody(reader, headers, true) : noBody;
    return body ? { version, status, reason: reason!, headers, body } : 'malformed';
  }
}

function* readHeaders(reader: ByteReader): Routine<HttpHeaders | undefined> {
  const headers = new HttpHeaders();
  for (let count = 0; count < headerLimit; count++) {
    const line = (yield* reader.line())?.replace(/\r$/, '');
    if (line === undefined) return undefined;
    if (line === '') return headers;
    const colon = line.indexOf(':');
    if (colon <= 0) return undefined;
    headers.add(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  return undefined;
}

function* readBody(reader: ByteReader, headers: HttpHeaders, untilEnd: boolean): Routine<Uint8Array | undefined> {
  if (/\bchunked\b/i.test(headers.get('transfer-encoding') ?? '')) return yield* readChunks(reader);
  const length = headers.get('content-length');
  if (length !== undefined) return /^\d+$/.test(length) ? yield* reader.exactly(Number(length)) : undefined;
  return untilEnd ? yield* reader.all() : noBody;
}

function* readChunks(reader: ByteReader): Routine<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  for (;;) {
    const size = Number.parseInt((yield* reader.line()) ?? '', 16);
    if (Number.isNaN(size)) return undefined;
    if (size === 0) break;
    const chunk = yield* reader.exactly(size);
    if (!chunk) return undefined;
    chunks.push(chunk);
    yield* reader.line();
  }
  // Trailers, up to the empty line.
  for (let line = yield* reader.line(); line !== undefined && line.trim() !== ''; line = yield* reader.line());
  return concatBytes(chunks);
}

/** A body as text. */
export function bodyText({ body }: { readonly body: Uint8Array }): string {
  return decodeUtf8(body);
}
