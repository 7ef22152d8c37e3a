import { encodeUtf8, type Routine } from '../../../kernel/index.ts';
import {
  FileError,
  HttpHeaders,
  httpDate,
  reasonOf,
  type FileStat,
  type FileSystem,
  type HttpExchange,
  type HttpResponse,
} from '../../../shell/index.ts';
import type { Location, NginxConfig, Server, Settings } from './config.ts';
import { errorPage, listingPage } from './pages.ts';
import { proxy, type ProxyPeer } from './proxy.ts';
import { expandVariables } from './variables.ts';

/** What answering needs of the process that answers. */
export interface NginxRuntime extends ProxyPeer {
  readonly config: NginxConfig;
  readonly files: FileSystem;
  readonly version: string;
  readonly hostname: string;
  nowMs(): number;
  logError(level: string, message: string): void;
  readonly counters: { accepted: number; requests: number; active: number };
}

export interface Outcome {
  readonly response: HttpResponse;
  readonly settings: Settings;
  readonly server: Server;
}

/** Finds the server and location for a request and answers as they say. */
export function* respond(runtime: NginxRuntime, exchange: HttpExchange): Routine<Outcome> {
  const { request, connection } = exchange;
  const server = serverFor(runtime.config, connection.localPort, request.headers.get('host') ?? '');
  const path = decodePath(request.target);
  if (path === undefined) return finish(runtime, server, server.settings, errorResponse(runtime, server.settings, 400));
  return yield* answerAt(runtime, exchange, server, path, 0);
}

function* answerAt(
  runtime: NginxRuntime,
  exchange: HttpExchange,
  server: Server,
  path: string,
  hops: number,
): Routine<Outcome> {
  const location = locationFor(server, path);
  const settings = location?.settings ?? server.settings;
  const answered = yield* answerWith(runtime, exchange, server, location, settings, path, hops);
  if (!('status' in answered)) return answered;
  const page = settings.errorPages.get(answered.status);
  // An error in an error page is answered plainly.
  if (page === undefined || hops > 5 || answered.status < 300) return finish(runtime, server, settings, answered);
  const named = page.startsWith('/') ? yield* answerAt(runtime, exchange, server, page, 10) : undefined;
  if (!named || named.response.status !== 200) return finish(runtime, server, settings, answered);
  const { status, reason } = answered;
  return { ...named, response: { ...named.response, status, reason } };
}

function* answerWith(
  runtime: NginxRuntime,
  exchange: HttpExchange,
  server: Server,
  location: Location | undefined,
  settings: Settings,
  path: string,
  hops: number,
): Routine<HttpResponse | Outcome> {
  const { request } = exchange;
  const fill = (text: string) => expandVariables(text, exchange, server, runtime, path);
  const serverAnswer = server.settings.answer ?? undefined;
  const answer = settings.answer ?? (location ? undefined : serverAnswer);
  if (serverAnswer && !settings.answer && location)
    return textResponse(runtime, settings, serverAnswer.status, fill(serverAnswer.text));
  if (settings.denies) {
    logRequest(runtime, exchange, server, `access forbidden by rule`);
    return errorResponse(runtime, settings, 403);
  }
  if (answer) return textResponse(runtime, settings, answer.status, fill(answer.text));
  if (settings.showsStatus) return statusPage(runtime);
  if (settings.proxyPass !== undefined) {
    const answered = yield* proxy(runtime, exchange, settings, location, fill, path);
    if (typeof answered !== 'number') return answered;
    logRequest(runtime, exchange, server, `connect() failed (111: Connection refused) while connecting to upstream`);
    return errorResponse(runtime, settings, answered);
  }
  if (settings.tryFiles.length > 0 && hops < 10)
    return yield* tryFiles(runtime, exchange, server, location, settings, path, hops, fill);
  if (request.method !== 'GET' && request.method !== 'HEAD') return errorResponse(runtime, settings, 405);
  return serveFile(runtime, exchange, server, location, settings, path);
}

/** The server block by port and name; the first (or the one marked default_server) takes what no other does. */
function serverFor({ servers }: NginxConfig, port: number, host: string): Server {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  const onPort = servers.filter(({ listens }) => listens.some((listen) => listen.port === port));
  const matches = (pattern: string): boolean => {
    if (pattern.startsWith('~')) return new RegExp(pattern.slice(1)).test(name);
    if (pattern.startsWith('*.')) return name.endsWith(pattern.slice(1));
    return pattern === name;
  };
  const byDefault = onPort.find(({ listens }) => listens.some((listen) => listen.port === port && listen.isDefault));
  return onPort.find(({ names }) => names.some(matches)) ?? byDefault ?? onPort[0] ?? servers[0]!;
}

/** Exact match, then the longest prefix, unless a regular expression matches (and the prefix is no `^~`). */
function locationFor({ locations }: Server, path: string): Location | undefined {
  const exact = locations.find((location) => location.modifier === '=' && location.path === path);
  if (exact) return exact;
  const prefix = locations
    .filter((location) => (location.modifier === '' || location.modifier === '^~') && path.startsWith(location.path))
    .sort((a, b) => b.path.length - a.path.length)[0];
  if (prefix?.modifier === '^~') return prefix;
  const expression = locations.find(
    (location) =>
      (location.modifier === '~' || location.modifier === '~*') &&
      new RegExp(location.path, location.modifier === '~*' ? 'i' : '').test(path),
  );
  return expression ?? prefix;
}

/** The path of a target, decoded and without `..`; undefined when it leads above the root. */
function decodePath(target: string): string | undefined {
  const raw = target.replace(/^https?:\/\/[^/]*/, '').replace(/[?#].*$/, '') || '/';
  let path: string;
  try {
    path = decodeURIComponent(raw);
  } catch {
    return undefined;
  }
  const names: string[] = [];
  for (const name of path.split('/')) {
    if (name === '..') {
      if (names.length === 0) return undefined;
      names.pop();
    } else if (name !== '.' && name !== '') names.push(name);
  }
  const isDirectory = /\/(?:\.{0,2})$/.test(path) || path === '/';
  return `/${names.join('/')}${isDirectory && names.length > 0 ? '/' : ''}`;
}

function filePath(location: Location | undefined, settings: Settings, path: string): string {
  if (settings.alias !== undefined && location) return settings.alias + path.slice(location.path.length);
  return settings.root.replace(/\/$/, '') + path;
}

function* tryFiles(
  runtime: NginxRuntime,
  exchange: HttpExchange,
  server: Server,
  location: Location | undefined,
  settings: Settings,
  path: string,
  hops: number,
  fill: (text: string) => string,
): Routine<HttpResponse | Outcome> {
  for (const candidate of settings.tryFiles.slice(0, -1)) {
    const uri = fill(candidate);
    const stat = runtime.files.stat(filePath(location, settings, uri));
    if (uri.endsWith('/') ? stat?.type === 'directory' : stat?.type === 'file') {
      return serveFile(runtime, exchange, server, location, settings, uri);
    }
  }
  const last = settings.tryFiles.at(-1)!;
  if (last.startsWith('=')) return errorResponse(runtime, settings, Number(last.slice(1)));
  if (last.startsWith('@')) {
    const named = server.locations.find((each) => each.modifier === '@' && each.path === last);
    if (!named) return errorResponse(runtime, settings, 500);
    return yield* answerWith(runtime, exchange, server, named, named.settings, path, hops + 1);
  }
  return yield* answerAt(runtime, exchange, server, fill(last).replace(/\?.*$/, ''), hops + 1);
}

function serveFile(
  runtime: NginxRuntime,
  exchange: HttpExchange,
  server: Server,
  location: Location | undefined,
  settings: Settings,
  path: string,
): HttpResponse {
  const { files } = runtime;
  const full = filePath(location, settings, path);
  const stat = files.stat(full);
  if (stat?.type === 'directory') {
    if (!path.endsWith('/')) return redirect(runtime, exchange, settings, `${path}/`);
    const index = settings.index.find((name) => files.stat(`${full}/${name}`)?.type === 'file');
    if (index !== undefined) return serveFile(runtime, exchange, server, location, settings, path + index);
    if (settings.autoindex) return pageResponse(runtime, settings, 200, listingPage(files, full, path));
    logRequest(runtime, exchange, server, `directory index of "${full}" is forbidden`);
    return errorResponse(runtime, settings, 403);
  }
  try {
    const body = files.read(full);
    return fileResponse(runtime, exchange, settings, full, stat!, body);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const [number, status] = error.errno === 'EACCES' ? [13, 403] : [error.errno === 'ENOTDIR' ? 20 : 2, 404];
    logRequest(runtime, exchange, server, `open() "${full}" failed (${number}: ${error.message})`);
    return errorResponse(runtime, settings, status!);
  }
}

function fileResponse(
  runtime: NginxRuntime,
  { request }: HttpExchange,
  settings: Settings,
  path: string,
  stat: FileStat,
  body: Uint8Array,
): HttpResponse {
  const tag = `"${Math.floor(stat.modifiedMs / 1000).toString(16)}-${body.length.toString(16)}"`;
  const modified = httpDate(stat.modifiedMs);
  const isFresh = request.headers.get('if-none-match') === tag || request.headers.get('if-modified-since') === modified;
  const extension = /\.([^./]+)$/.exec(path)?.[1] ?? '';
  const headers = baseHeaders(runtime, settings);
  if (!isFresh) {
    headers.add('Content-Type', runtime.config.types.get(extension) ?? settings.defaultType);
    headers.add('Content-Length', String(body.length));
  }
  headers.add('Last-Modified', modified).add('Connection', 'keep-alive').add('ETag', tag);
  if (!isFresh) headers.add('Accept-Ranges', 'bytes');
  const status = isFresh ? 304 : 200;
  return { version: 'HTTP/1.1', status, reason: reasonOf(status), headers, body: isFresh ? new Uint8Array(0) : body };
}

function baseHeaders({ version, nowMs }: NginxRuntime, settings: Settings): HttpHeaders {
  return new HttpHeaders([
    ['Server', settings.hidesVersion ? 'nginx' : `nginx/${version}`],
    ['Date', httpDate(nowMs())],
  ]);
}

function pageResponse(runtime: NginxRuntime, settings: Settings, status: number, html: string): HttpResponse {
  const body = encodeUtf8(html);
  const headers = baseHeaders(runtime, settings)
    .add('Content-Type', 'text/html')
    .add('Content-Length', String(body.length))
    .add('Connection', 'keep-alive');
  return { version: 'HTTP/1.1', status, reason: reasonOf(status), headers, body };
}

export function errorResponse(runtime: NginxRuntime, settings: Settings, status: number): HttpResponse {
  return pageResponse(
    runtime,
    settings,
    status,
    errorPage(status, settings.hidesVersion ? 'nginx' : `nginx/${runtime.version}`),
  );
}

function textResponse(runtime: NginxRuntime, settings: Settings, status: number, text: string): HttpResponse {
  if ([301, 302, 303, 307, 308].includes(status)) {
    const response = errorResponse(runtime, settings, status);
    response.headers.add('Location', text);
    return response;
  }
  if (text === '' && status >= 300) return errorResponse(runtime, settings, status);
  const body = encodeUtf8(text);
  const headers = baseHeaders(runtime, settings)
    .add('Content-Type', settings.defaultType)
    .add('Content-Length', String(body.length))
    .add('Connection', 'keep-alive');
  return { version: 'HTTP/1.1', status, reason: reasonOf(status), headers, body };
}

function redirect(
  runtime: NginxRuntime,
  { request, connection }: HttpExchange,
  settings: Settings,
  path: string,
): HttpResponse {
  const host = request.headers.get('host')?.replace(/:\d+$/, '') ?? connection.localAddress;
  const port = connection.localPort === 80 ? '' : `:${connection.localPort}`;
  return textResponse(runtime, settings, 301, `http://${host}${port}${path}`);
}

function statusPage(runtime: NginxRuntime): HttpResponse {
  const { accepted, requests, active } = runtime.counters;
  const text = `Active connections: ${active} \nserver accepts handled requests\n ${accepted} ${accepted} ${requests} \nReading: 0 Writing: 1 Waiting: ${Math.max(0, active - 1)} \n`;
  return textResponse(runtime, { ...runtime.config.servers[0]!.settings, defaultType: 'text/plain' }, 200, text);
}

function finish(_runtime: NginxRuntime, server: Server, settings: Settings, response: HttpResponse): Outcome {
  if ([200, 201, 204, 206, 301, 302, 303, 304, 307, 308].includes(response.status)) {
    for (const [name, value] of settings.headers) response.headers.add(name, value);
  }
  return { response, settings, server };
}

function logRequest(
  runtime: NginxRuntime,
  { request, connection }: HttpExchange,
  server: Server,
  message: string,
): void {
  const host = request.headers.get('host');
  const tail = `client: ${connection.remoteAddress}, server: ${server.names[0]}, request: "${request.method} ${request.target} ${request.version}"${host === undefined ? '' : `, host: "${host}"`}`;
  runtime.logError('error', `*${runtime.counters.accepted} ${message}, ${tail}`);
}
