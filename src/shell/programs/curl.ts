import { encodeUtf8, type Routine } from '../../kernel/index.ts';
import { encodeBase64 } from '../codec/base64.ts';
import { dial, exchange } from '../http/exchange.ts';
import { HttpHeaders, type HttpRequest, type HttpResponse } from '../http/message.ts';
import { parseUrl, resolveUrl, type Url } from '../http/url.ts';
import { fields } from '../http/write-message.ts';
import { parseOptions, UsageError, type ParsedOptions } from './options.ts';
import type { Tool } from './tool.ts';

const version = '8.14.1';

/** A failure as curl numbers and words it. */
class CurlError extends Error {
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

const flags = 'sSikvILfOGnNjJkgZ#0464';

/** Differs: there is no TLS, so https fails in the handshake. */
export function* curl(tool: Tool): Routine<number> {
  if (tool.args.includes('-V') || tool.args.includes('--version')) {
    yield* tool.print(`curl ${version} (x86_64-pc-linux-gnu)\nProtocols: http\n`);
    return 0;
  }
  let options: ParsedOptions;
  try {
    options = readOptions(tool.args);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    yield* tool.printError(
      `curl: option ${error.message.replace(/^.*'(.*)'$/, '$1').replace(/^(\w)$/, '-$1')}: is unknown\ncurl: try 'curl --help' or 'curl --manual' for more information\n`,
    );
    return 2;
  }
  const urls = [...options.operands, ...options.values('url')];
  if (urls.length === 0) {
    yield* tool.printError("curl: (2) no URL specified\ncurl: try 'curl --help' for more information\n");
    return 2;
  }
  let status = 0;
  for (const url of urls) status = yield* transfer(tool, options, url);
  return status;
}

function readOptions(args: readonly string[]): ParsedOptions {
  return parseOptions(args, {
    flags,
    valued: 'oXHdmwAuebFTxDcryCYK',
    long: {
      silent: 's',
      'show-error': 'S',
      include: 'i',
      insecure: 'k',
      verbose: 'v',
      head: 'I',
      location: 'L',
      fail: 'f',
      'fail-with-body': 'failbody',
      'remote-name': 'O',
      get: 'G',
      compressed: 'compressed',
      'no-buffer': 'N',
      'no-progress-meter': 'meter',
      'progress-bar': '#',
      'http1.1': '0',
      'http1.0': '0',
      ipv4: '4',
      'retry-connrefused': 'retryall',
      'retry-all-errors': 'retryall',
      'create-dirs': 'dirs',
      'output:': 'o',
      'request:': 'X',
      'header:': 'H',
      'data:': 'd',
      'data-raw:': 'raw',
      'data-binary:': 'binary',
      'data-urlencode:': 'urlencode',
      'json:': 'json',
      'max-time:': 'm',
      'connect-timeout:': 'connect',
      'write-out:': 'w',
      'user-agent:': 'A',
      'user:': 'u',
      'referer:': 'e',
      'cookie:': 'b',
      'upload-file:': 'T',
      'dump-header:': 'D',
      'max-redirs:': 'redirs',
      'resolve:': 'resolve',
      'retry:': 'retry',
      'retry-delay:': 'delay',
      'cacert:': 'cacert',
      'cert:': 'cert',
      'key:': 'key',
      'url:': 'url',
      'noproxy:': 'noproxy',
      'proxy:': 'x',
      'connect-to:': 'connectto',
    },
    errorStatus: 2,
  });
}

interface Report {
  url: string;
  response: HttpResponse | undefined;
  address: string;
  port: number;
  redirects: number;
  startMs: number;
  connectMs: number;
}

function* transfer(tool: Tool, options: ParsedOptions, text: string): Routine<number> {
  const report: Report = {
    url: text,
    response: undefined,
    address: '',
    port: 0,
    redirects: 0,
    startMs: tool.nowMs,
    connectMs: 0,
  };
  let code = 0;
  try {
    const attempts = 1 + (options.number('retry') ?? 0);
    for (let attempt = 1; ; attempt++) {
      try {
        yield* follow(tool, options, text, report);
        break;
      } catch (error) {
        const mayRetry = error instanceof CurlError && (error.code === 28 || options.has('retryall'));
        if (!mayRetry || attempt >= attempts) throw error;
        const seconds = options.number('delay') ?? 2 ** (attempt - 1);
        yield* warn(
          tool,
          options,
          `Problem: ${error.code === 28 ? 'timeout' : 'connection refused'}. Will retry in ${seconds} second${seconds === 1 ? '' : 's'}. ${attempts - attempt} ${attempts - attempt === 1 ? 'retry' : 'retries'} left.`,
        );
        yield* pause(tool, seconds * 1000);
      }
    }
    yield* output(tool, options, text, report);
    const status = report.response!.status;
    if (status >= 400 && (options.has('f') || options.has('failbody')))
      throw new CurlError(22, `The requested URL returned error: ${status}`);
  } catch (error) {
    if (!(error instanceof CurlError)) throw error;
    ({ code } = error);
    if (!options.has('s') || options.has('S')) yield* tool.printError(`curl: (${code}) ${error.message}\n`);
  }
  const format = options.value('w');
  if (format !== undefined) yield* tool.print(writeOut(tool, format, report, code));
  return code;
}

function* warn(tool: Tool, options: ParsedOptions, message: string): Routine<void> {
  if (!options.has('s')) yield* tool.printError(`Warning: ${message}\n`);
}

function* pause(tool: Tool, ms: number): Routine<void> {
  yield { kind: 'wait', start: (resume) => tool.machine.processes.turns.after(ms, () => resume(undefined)) };
}

function* follow(tool: Tool, options: ParsedOptions, text: string, report: Report): Routine<void> {
  const limit = options.number('redirs') ?? 50;
  let address = text;
  for (;;) {
    const url = parseUrl(address);
    if (!url)
      throw new CurlError(
        3,
        /^[a-z]+:\/\/$/i.test(address) || address === ''
          ? 'URL rejected: No host part in the URL'
          : 'URL rejected: Malformed input to a URL function',
      );
    if (url.scheme !== 'http' && url.scheme !== 'https')
      throw new CurlError(1, `Protocol "${url.scheme}" not supported`);
    report.url = `${url.scheme}://${url.authority}${url.target}`;
    const response = yield* fetch(tool, options, url, report);
    report.response = response;
    const location = response.headers.get('location');
    if (!options.has('L') || location === undefined || response.status < 300 || response.status >= 400) return;
    if (report.redirects >= limit) throw new CurlError(47, `Maximum (${limit}) redirects followed`);
    report.redirects++;
    if (options.has('i') || options.has('I')) yield* tool.print(headText(response));
    address = resolveUrl(url, location);
    yield* note(tool, options, `* Issue another request to this URL: '${address}'`);
  }
}

function* note(tool: Tool, options: ParsedOptions, line: string): Routine<void> {
  if (options.has('v')) yield* tool.printError(`${line}\n`);
}

function* fetch(tool: Tool, options: ParsedOptions, url: Url, report: Report): Routine<HttpResponse> {
  const { network, processes } = tool.machine;
  const startMs = tool.nowMs;
  const seconds = options.number('m');
  const connectSeconds = Math.min(options.number('connect') ?? 300, seconds ?? 300);
  const pinned = options
    .values('resolve')
    .map((entry) => entry.split(':'))
    .find(([host, port]) => host === url.host && Number(port) === url.port);
  const dialled = yield* dial(network, pinned?.slice(2).join(':') ?? url.host, url.port, connectSeconds * 1000);
  if (dialled.kind === 'unresolved') {
    yield* note(tool, options, `* Could not resolve host: ${url.host}`);
    if (dialled.error === 'TIMEOUT')
      throw new CurlError(28, `Resolving timed out after ${tool.nowMs - startMs} milliseconds`);
    throw new CurlError(6, `Could not resolve host: ${url.host}`);
  }
  report.address = dialled.address;
  report.port = url.port;
  yield* note(tool, options, `*   Trying ${dialled.address}:${url.port}...`);
  const elapsedMs = Math.round(tool.nowMs - startMs);
  if (dialled.kind === 'failed') {
    const isSlow = dialled.error === 'ETIMEDOUT';
    if (isSlow && (seconds !== undefined || options.has('connect')))
      throw new CurlError(28, `Connection timed out after ${elapsedMs} milliseconds`);
    throw new CurlError(
      7,
      `Failed to connect to ${url.host} port ${url.port} after ${elapsedMs} ms: Could not connect to server`,
    );
  }
  report.connectMs = elapsedMs;
  const { connection } = dialled;
  try {
    yield* note(tool, options, `* Connected to ${url.host} (${dialled.address}) port ${url.port}`);
    if (url.scheme === 'https')
      throw new CurlError(35, 'OpenSSL/3.0.16: error:0A00010B:SSL routines::wrong version number');
    const request = yield* requestFor(tool, options, url);
    if (options.has('v'))
      yield* tool.printError(
        prefixed('> ', `${request.method} ${request.target} ${request.version}\r\n${fields(request.headers)}\r\n`),
      );
    const leftMs = seconds === undefined ? Number.POSITIVE_INFINITY : Math.max(1, seconds * 1000 - elapsedMs);
    const response = yield* exchange(processes.turns, connection, request, leftMs);
    if (response === 'timeout')
      throw new CurlError(
        28,
        `Operation timed out after ${Math.round(tool.nowMs - startMs)} milliseconds with 0 bytes received`,
      );
    if (response === 'closed') throw new CurlError(52, 'Empty reply from server');
    if (response === 'malformed') throw new CurlError(1, 'Received HTTP/0.9 when not allowed');
    if (options.has('v')) yield* tool.printError(prefixed('< ', headText(response)));
    yield* note(tool, options, `* Connection #0 to host ${url.host} left intact`);
    return response;
  } finally {
    connection.close();
  }
}

function prefixed(mark: string, text: string): string {
  return text
    .replace(/\r\n$/, '')
    .split('\r\n')
    .map((line) => `${mark}${line}\r\n`)
    .join('')
    .replaceAll('\r\n', '\n');
}

function* requestFor(tool: Tool, options: ParsedOptions, url: Url): Routine<HttpRequest> {
  const data = yield* bodyOf(tool, options);
  const uploaded = options.value('T');
  const body =
    uploaded === undefined ? encodeUtf8(options.has('G') ? '' : (data ?? '')) : yield* tool.readAll(uploaded);
  const hasBody = uploaded !== undefined || (data !== undefined && !options.has('G'));
  const method =
    options.value('X') ?? (options.has('I') ? 'HEAD' : uploaded !== undefined ? 'PUT' : hasBody ? 'POST' : 'GET');
  const headers = new HttpHeaders([['Host', url.authority]]);
  const user = options.value('u') ?? url.user;
  if (user !== undefined) headers.add('Authorization', `Basic ${encodeBase64(encodeUtf8(user))}`);
  headers.add('User-Agent', options.value('A') ?? `curl/${version}`);
  headers.add('Accept', options.has('json') ? 'application/json' : '*/*');
  if (options.has('e')) headers.add('Referer', options.value('e')!);
  if (options.has('b')) headers.add('Cookie', options.value('b')!);
  if (hasBody) {
    headers.add('Content-Length', String(body.length));
    if (uploaded === undefined)
      headers.add('Content-Type', options.has('json') ? 'application/json' : 'application/x-www-form-urlencoded');
  }
  for (const header of options.values('H')) {
    const match = /^([^:;]+)([:;])\s*(.*)$/.exec(header);
    if (!match) continue;
    if (match[3] === '' && match[2] === ':') headers.delete(match[1]!);
    else headers.set(match[1]!, match[3]!);
  }
  const query = options.has('G') && data !== undefined ? `${url.target.includes('?') ? '&' : '?'}${data}` : '';
  return { method, target: url.target + query, version: 'HTTP/1.1', headers, body };
}

function* bodyOf(tool: Tool, options: ParsedOptions): Routine<string | undefined> {
  const parts: string[] = [];
  for (const name of ['d', 'binary', 'json'] as const) {
    for (const value of options.values(name)) {
      if (!value.startsWith('@')) parts.push(value);
      else {
        const text = yield* tool.readText(value.slice(1));
        parts.push(name === 'd' ? text.replace(/[\r\n]/g, '') : text);
      }
    }
  }
  parts.push(...options.values('raw'));
  for (const value of options.values('urlencode')) {
    const at = value.indexOf('=');
    parts.push(
      at < 0 ? encodeURIComponent(value) : `${value.slice(0, at + 1)}${encodeURIComponent(value.slice(at + 1))}`,
    );
  }
  return parts.length > 0 ? parts.join('&') : undefined;
}

function headText({ version: protocol, status, reason, headers }: HttpResponse): string {
  return `${protocol} ${status} ${reason}\r\n${fields(headers)}\r\n`;
}

function* output(tool: Tool, options: ParsedOptions, text: string, report: Report): Routine<void> {
  const response = report.response!;
  if (response.status >= 400 && options.has('f')) return;
  const name =
    options.value('o') ??
    (options.has('O') ? (parseUrl(text)!.target.replace(/\?.*$/, '').split('/').at(-1) ?? '') : undefined);
  if (name === '') throw new CurlError(23, 'Failed to extract a filename to use for storage');
  const head = options.has('i') || options.has('I') ? headText(response) : '';
  const dump = options.value('D');
  if (dump === '-') yield* tool.print(headText(response));
  else if (dump !== undefined) tool.files.write(tool.path(dump), encodeUtf8(headText(response)));
  const toTerminal = (name === undefined || name === '-') && tool.context.stdout.terminal !== undefined;
  const isQuiet = options.has('s') || options.has('meter') || toTerminal || options.has('I');
  if (!isQuiet) yield* tool.printError(meter(response.body.length, tool.nowMs - report.startMs));
  if (name === undefined || name === '-') {
    yield* tool.print(head);
    yield* tool.write(response.body);
    return;
  }
  const bytes = encodeUtf8(head);
  const whole = new Uint8Array(bytes.length + response.body.length);
  whole.set(bytes);
  whole.set(response.body, bytes.length);
  if (tool.files.stat(tool.path(name))?.device === undefined) tool.files.write(tool.path(name), whole);
}

/** The progress meter, as it stands at the end. */
function meter(bytes: number, ms: number): string {
  const speed = Math.round(bytes / Math.max(ms / 1000, 0.001));
  const shown = (value: number): string =>
    (value < 100_000 ? String(value) : `${Math.round(value / 1024)}k`).padStart(5);
  const size = shown(bytes);
  return (
    '  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n' +
    '                                 Dload  Upload   Total   Spent    Left  Speed\n' +
    `100 ${size}  100 ${size}    0     0  ${shown(speed)}      0 --:--:-- --:--:-- --:--:-- ${shown(speed)}\n`
  );
}

function writeOut(
  tool: Tool,
  format: string,
  { url, response, address, port, redirects, startMs, connectMs }: Report,
  code: number,
): string {
  const totalSeconds = ((tool.nowMs - startMs) / 1000).toFixed(6);
  const values: Readonly<Record<string, string>> = {
    http_code: String(response?.status ?? 0).padStart(3, '0'),
    response_code: String(response?.status ?? 0).padStart(3, '0'),
    content_type: response?.headers.get('content-type') ?? '',
    size_download: String(response?.body.length ?? 0),
    size_header: String(response ? headText(response).length : 0),
    remote_ip: address,
    remote_port: String(port),
    num_redirects: String(redirects),
    redirect_url: response?.headers.get('location') ?? '',
    url_effective: url,
    time_total: totalSeconds,
    time_connect: (connectMs / 1000).toFixed(6),
    time_starttransfer: totalSeconds,
    time_namelookup: '0.000000',
    http_version: '1.1',
    exitcode: String(code),
    errormsg: '',
    method: 'GET',
    scheme: 'http',
  };
  return format
    .replace(/%\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
    .replace(/\\([nrt])/g, (_, letter: string) => ({ n: '\n', r: '\r', t: '\t' })[letter]!)
    .replaceAll('%%', '%');
}
