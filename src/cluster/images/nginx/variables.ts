import { formatTime, type HttpExchange, type HttpResponse } from '../../../shell/index.ts';
import type { Server } from './config.ts';

interface Surroundings {
  readonly hostname: string;
  readonly version: string;
  nowMs(): number;
}

/** Fills in `$uri`, `$host`, `$http_user_agent` and the other variables. */
export function expandVariables(
  text: string,
  exchange: HttpExchange,
  server: Server,
  surroundings: Surroundings,
  path: string,
  response?: HttpResponse,
): string {
  if (!text.includes('$')) return text;
  return text.replace(/\$\{(\w+)\}|\$(\w+)/g, (_, braced: string | undefined, plain: string | undefined) =>
    valueOf(braced ?? plain!, exchange, server, surroundings, path, response),
  );
}

function valueOf(
  name: string,
  { request, connection }: HttpExchange,
  server: Server,
  { hostname, version, nowMs }: Surroundings,
  path: string,
  response: HttpResponse | undefined,
): string {
  const { headers, target } = request;
  const query = target.includes('?') ? target.slice(target.indexOf('?') + 1) : '';
  if (name.startsWith('http_')) return headers.get(name.slice(5).replaceAll('_', '-')) ?? '';
  if (name.startsWith('arg_')) return new RegExp(`(?:^|&)${name.slice(4)}=([^&]*)`).exec(query)?.[1] ?? '';
  if (name.startsWith('sent_http_')) return response?.headers.get(name.slice(10).replaceAll('_', '-')) ?? '';
  switch (name) {
    case 'uri':
    case 'document_uri':
      return path;
    case 'request_uri':
      return target;
    case 'args':
    case 'query_string':
      return query;
    case 'is_args':
      return query === '' ? '' : '?';
    case 'host':
      return headers.get('host')?.replace(/:\d+$/, '').toLowerCase() ?? server.names[0] ?? '';
    case 'server_name':
      return server.names[0] ?? '';
    case 'server_addr':
      return connection.localAddress;
    case 'server_port':
      return String(connection.localPort);
    case 'server_protocol':
      return request.version;
    case 'remote_addr':
    case 'binary_remote_addr':
    case 'realip_remote_addr':
      return connection.remoteAddress;
    case 'remote_port':
      return String(connection.remotePort);
    case 'remote_user':
      return '';
    case 'proxy_add_x_forwarded_for': {
      const before = headers.get('x-forwarded-for');
      return before === undefined ? connection.remoteAddress : `${before}, ${connection.remoteAddress}`;
    }
    case 'scheme':
      return 'http';
    case 'hostname':
      return hostname;
    case 'nginx_version':
      return version;
    case 'request':
      return `${request.method} ${target} ${request.version}`;
    case 'request_method':
      return request.method;
    case 'request_body':
      return '';
    case 'request_time':
      return '0.000';
    case 'request_length':
      return String(
        target.length + headers.entries.reduce((sum, [key, value]) => sum + key.length + value.length + 4, 0),
      );
    case 'status':
      return String(response?.status ?? '');
    case 'body_bytes_sent':
    case 'bytes_sent':
      return String(request.method === 'HEAD' ? 0 : (response?.body.length ?? 0));
    case 'time_local':
      return formatTime('%d/%b/%Y:%H:%M:%S %z', nowMs());
    case 'time_iso8601':
      return formatTime('%Y-%m-%dT%H:%M:%S+00:00', nowMs());
    case 'msec':
      return (nowMs() / 1000).toFixed(3);
    case 'content_type':
      return headers.get('content-type') ?? '';
    case 'content_length':
      return headers.get('content-length') ?? '';
    default:
      return '';
  }
}

/** A line of the access log; what is not there is written as `-`. */
export function accessLine(
  format: string,
  exchange: HttpExchange,
  server: Server,
  surroundings: Surroundings,
  response: HttpResponse,
): string {
  return format.replace(/\$\{(\w+)\}|\$(\w+)/g, (_, braced: string | undefined, plain: string | undefined) => {
    const value = valueOf(
      braced ?? plain!,
      exchange,
      server,
      surroundings,
      exchange.request.target.replace(/\?.*$/, ''),
      response,
    );
    return value === ''
      ? '-'
      : value.replace(/["\\]/g, (letter) => `\\x${letter.charCodeAt(0).toString(16).toUpperCase()}`);
  });
}
