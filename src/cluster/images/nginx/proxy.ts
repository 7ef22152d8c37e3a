import type { Routine } from '../../../kernel/index.ts';
import {
  ByteReader,
  HttpHeaders,
  readResponse,
  requestBytes,
  type HttpExchange,
  type HttpResponse,
  type NetworkStack,
} from '../../../shell/index.ts';
import type { Location, NginxConfig, Settings } from './config.ts';

export interface ProxyPeer {
  readonly config: NginxConfig;
  readonly network: NetworkStack;
}

const connectTimeoutMs = 60_000;

/** `proxy_pass`: hands the request to another server. A number is the status of a failure. */
export function* proxy(
  { config, network }: ProxyPeer,
  { request }: HttpExchange,
  settings: Settings,
  location: Location | undefined,
  fill: (text: string) => string,
  path: string,
): Routine<HttpResponse | number> {
  const [, host, uri] = /^https?:\/\/([^/]+)(\/.*)?$/.exec(fill(settings.proxyPass!)) ?? [];
  if (host === undefined) return 500;
  const [, name, port] = /^(.*?)(?::(\d+))?$/.exec(config.upstreams.get(host)?.[0] ?? host)!;
  const addresses = /^\d+\.\d+\.\d+\.\d+$/.test(name!) ? [name!] : yield* network.resolve(name!);
  if (typeof addresses === 'string') return 502;
  const connection = yield* network.connect(addresses[0]!, Number(port ?? 80), { timeoutMs: connectTimeoutMs });
  if (connection === 'ETIMEDOUT') return 504;
  if (typeof connection === 'string') return 502;
  try {
    const query = request.target.includes('?') ? request.target.slice(request.target.indexOf('?')) : '';
    // With a path of its own, proxy_pass puts that in the place of the location's prefix.
    const target = uri === undefined ? request.target : uri + path.slice(location?.path.length ?? 0) + query;
    const headers = new HttpHeaders([['Host', host]]);
    for (const [key, value] of settings.proxyHeaders) headers.set(key, fill(value));
    headers.set('Connection', 'close');
    for (const [key, value] of request.headers.entries) {
      if (!/^(?:host|connection|keep-alive|transfer-encoding|upgrade)$/i.test(key) && !headers.has(key))
        headers.add(key, value);
    }
    yield* connection.write(requestBytes({ ...request, target, version: 'HTTP/1.0', headers }));
    const response = yield* readResponse(new ByteReader(connection), request.method);
    if (typeof response === 'string') return 502;
    return { ...response, version: 'HTTP/1.1', headers: passedOn(response) };
  } finally {
    connection.close();
  }
}

function passedOn({ headers, body }: HttpResponse): HttpHeaders {
  const kept = headers.entries.filter(
    ([name]) => !/^(?:connection|keep-alive|transfer-encoding|content-length)$/i.test(name),
  );
  return new HttpHeaders(kept).add('Content-Length', String(body.length)).add('Connection', 'keep-alive');
}
