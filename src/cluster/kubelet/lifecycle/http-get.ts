/** One HTTP request as the kubelet makes them, for probes and hooks. */
import { concatBytes, decodeUtf8, encodeUtf8, type Routine } from '../../../kernel/index.ts';
import type { Connection, ConnectErrno } from '../../../shell/index.ts';
import { kubernetesVersion } from '../../../api/index.ts';
import type { HTTPGetAction } from '../../../api/generated/types.ts';

export type HttpResult = { readonly status: number; readonly body: string } | { readonly error: string };

/** As much of an answer as a probe reads. */
const bodyLimitBytes = 10 * 1024;

export const connectErrorTexts: Readonly<Record<ConnectErrno, string>> = {
  ECONNREFUSED: 'connect: connection refused',
  EHOSTUNREACH: 'connect: no route to host',
  ENETUNREACH: 'connect: network is unreachable',
  ETIMEDOUT: 'i/o timeout',
  ECONNRESET: 'read: connection reset by peer',
};

export interface HttpTarget {
  readonly host: string;
  readonly port: number;
  readonly action: HTTPGetAction;
  readonly userAgent: string;
}

/** `kube-probe/1.35` */
export const probeUserAgent = `kube-probe/${kubernetesVersion.major}.${kubernetesVersion.minor}`;

export function urlOf({ host, port, action }: HttpTarget): string {
  const scheme = (action.scheme ?? 'HTTP').toLowerCase();
  const path = action.path ?? '/';
  return `${scheme}://${host}:${port}${path.startsWith('/') ? '' : '/'}${path}`;
}

/** @param dial opens the connection */
export function* httpGet(target: HttpTarget, dial: () => Routine<Connection | ConnectErrno>): Routine<HttpResult> {
  const connection = yield* dial();
  const address = `${target.host}:${target.port}`;
  if (typeof connection === 'string') return { error: `dial tcp ${address}: ${connectErrorTexts[connection]}` };
  try {
    yield* connection.write(encodeUtf8(requestText(target)));
    const answer = yield* readAnswer(connection);
    return parseAnswer(answer);
  } catch {
    return { error: `read tcp ${address}: connection reset by peer` };
  } finally {
    connection.close();
  }
}

function requestText({ host, port, action, userAgent }: HttpTarget): string {
  const own = action.httpHeaders ?? [];
  const named = (name: string) => own.some((header) => header.name.toLowerCase() === name);
  const path = action.path ?? '/';
  return [
    `GET ${path.startsWith('/') ? path : `/${path}`} HTTP/1.1`,
    ...(named('host') ? [] : [`Host: ${host}:${port}`]),
    ...(named('user-agent') ? [] : [`User-Agent: ${userAgent}`]),
    ...(named('accept') ? [] : ['Accept: */*']),
    ...own.filter(({ value }) => value !== '').map(({ name, value }) => `${name}: ${value}`),
    'Connection: close',
    '',
    '',
  ].join('\r\n');
}

function* readAnswer(connection: Connection): Routine<string> {
  const chunks: Uint8Array[] = [];
  for (let length = 0; length < bodyLimitBytes;) {
    const chunk = yield* connection.read();
    if (!chunk) break;
    chunks.push(chunk);
    length += chunk.length;
    if (isComplete(decodeUtf8(concatBytes(chunks)))) break;
  }
  return chunks.length > 0 ? decodeUtf8(concatBytes(chunks)) : '';
}

function isComplete(text: string): boolean {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const length = /^content-length:\s*(\d+)/im.exec(text.slice(0, end))?.[1];
  return length !== undefined && text.length - end - 4 >= Number(length);
}

function parseAnswer(text: string): HttpResult {
  if (text === '') return { error: 'EOF' };
  const [, status] = /^HTTP\/\d(?:\.\d)? (\d{3})/.exec(text) ?? [];
  if (status === undefined) {
    const line = text.split(/\r?\n/)[0]!;
    return { error: `net/http: HTTP/1.x transport connection broken: malformed HTTP response ${JSON.stringify(line)}` };
  }
  const end = text.indexOf('\r\n\r\n');
  return { status: Number(status), body: end < 0 ? '' : text.slice(end + 4) };
}
