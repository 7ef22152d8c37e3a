import { encodeUtf8 } from '../../kernel/index.ts';
import { HttpHeaders, httpDate, reasonOf, type HttpResponse } from '../../shell/index.ts';

/** A small answer with a length, a type and, where a server sends it, a date. */
export function plainResponse(
  status: number,
  text: string,
  options: {
    readonly type?: string;
    readonly nowMs?: number;
    readonly headers?: readonly (readonly [string, string])[];
  } = {},
): HttpResponse {
  const body = encodeUtf8(text);
  const headers = new HttpHeaders(options.headers ?? []);
  if (options.nowMs !== undefined) headers.add('Date', httpDate(options.nowMs));
  headers.add('Content-Length', String(body.length));
  if (text !== '') headers.add('Content-Type', options.type ?? 'text/plain; charset=utf-8');
  return { version: 'HTTP/1.1', status, reason: reasonOf(status), headers, body };
}
