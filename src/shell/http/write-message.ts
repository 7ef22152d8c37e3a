import { concatBytes, encodeUtf8 } from '../../kernel/index.ts';
import { reasonPhrases, type HttpHeaders, type HttpRequest, type HttpResponse } from './message.ts';

/** A request as bytes. The caller has set Content-Length where there is a body. */
export function requestBytes({ method, target, version, headers, body }: HttpRequest): Uint8Array {
  return concatBytes([encodeUtf8(`${method} ${target} ${version}\r\n${fields(headers)}\r\n`), body]);
}

/** A response as bytes; to HEAD it goes without its body. */
export function responseBytes({ version, status, reason, headers, body }: HttpResponse, method = 'GET'): Uint8Array {
  const head = encodeUtf8(`${version} ${status} ${reason}\r\n${fields(headers)}\r\n`);
  return method === 'HEAD' ? head : concatBytes([head, body]);
}

export function fields(headers: HttpHeaders): string {
  return headers.entries.map(([name, value]) => `${name}: ${value}\r\n`).join('');
}

export function reasonOf(status: number): string {
  return reasonPhrases[status] ?? 'Unknown';
}
