import { encodeUtf8, type Routine } from '../../kernel/index.ts';
import { dial, exchange } from '../http/exchange.ts';
import { HttpHeaders, type HttpResponse } from '../http/message.ts';
import { parseUrl, resolveUrl, type Url } from '../http/url.ts';
import { fields } from '../http/write-message.ts';
import { formatTime } from '../format/strftime.ts';
import { connectErrors } from './network-words.ts';
import { parseOptions, UsageError, type ParsedOptions } from './options.ts';
import type { Tool } from './tool.ts';

const redirectLimit = 5;

/** `wget`, in BusyBox's words or GNU's. */
export function* wget(tool: Tool): Routine<number> {
  const options = parseOptions(tool.args, {
    flags: 'cqSnvdN',
    valued: 'OoTtPUY',
    long: {
      spider: 'spider',
      quiet: 'q',
      continue: 'c',
      'server-response': 'S',
      'no-verbose': 'n',
      'no-check-certificate': 'k',
      'header:': 'header',
      'post-data:': 'post',
      'post-file:': 'postfile',
      'output-document:': 'O',
      'output-file:': 'o',
      'timeout:': 'T',
      'tries:': 't',
      'directory-prefix:': 'P',
      'user-agent:': 'U',
      'method:': 'method',
      'body-data:': 'post',
    },
  });
  const [first] = options.operands;
  if (first === undefined) throw new UsageError('missing URL');
  for (const text of options.operands) {
    const status = yield* new Download(tool, options).run(text);
    if (status !== 0) return status;
  }
  return 0;
}

class Download {
  readonly #tool: Tool;
  readonly #options: ParsedOptions;
  readonly #isGnu: boolean;

  constructor(tool: Tool, options: ParsedOptions) {
    this.#tool = tool;
    this.#options = options;
    this.#isGnu = tool.isGnu;
  }

  *run(text: string): Routine<number> {
    let address = text;
    for (let hop = 0; hop <= redirectLimit; hop++) {
      const url = parseUrl(address);
      if (!url || !/^https?$/.test(url.scheme)) {
        yield* this.#fail(this.#isGnu ? `${address}: Unsupported scheme.` : `not an http or ftp url: ${address}`);
        return 1;
      }
      if (url.scheme === 'https') {
        yield* this.#fail(
          this.#isGnu
            ? `GnuTLS: An unexpected TLS packet was received.`
            : 'note: TLS certificate validation not implemented\nwget: TLS error from peer (alert code 40): handshake failure',
        );
        return this.#isGnu ? 4 : 1;
      }
      const response = yield* this.#fetch(url);
      if (typeof response === 'number') return response;
      const location = response.headers.get('location');
      if (response.status >= 300 && response.status < 400 && location !== undefined) {
        address = resolveUrl(url, location);
        if (this.#isGnu) yield* this.#say(`Location: ${location} [following]\n`);
        continue;
      }
      return yield* this.#finish(url, response);
    }
    yield* this.#fail(this.#isGnu ? `${redirectLimit} redirections exceeded.` : 'too many redirections');
    return this.#isGnu ? 8 : 1;
  }

  *#say(text: string): Routine<void> {
    if (!this.#options.has('q')) yield* this.#tool.printError(text);
  }

  *#fail(text: string): Routine<void> {
    yield* this.#tool.printError(`wget: ${text}\n`);
  }

  *#fetch(url: Url): Routine<HttpResponse | number> {
    const { machine } = this.#tool;
    const seconds = this.#options.number('T');
    const timeoutMs = (seconds ?? 900) * 1000;
    if (this.#isGnu)
      yield* this.#say(
        `--${formatTime('%Y-%m-%d %H:%M:%S', this.#tool.nowMs)}--  ${url.scheme}://${url.authority}${url.target}\n`,
      );
    const dialled = yield* dial(machine.network, url.host, url.port, timeoutMs);
    if (dialled.kind === 'unresolved') {
      if (this.#isGnu) {
        yield* this.#say(`Resolving ${url.host} (${url.host})... failed: Name or service not known.\n`);
        yield* this.#fail(`unable to resolve host address ‘${url.host}’`);
      } else yield* this.#fail(`bad address '${url.authority}'`);
      return this.#isGnu ? 4 : 1;
    }
    if (this.#isGnu) {
      yield* this.#say(`Resolving ${url.host} (${url.host})... ${dialled.address}\n`);
      yield* this.#say(`Connecting to ${url.host} (${url.host})|${dialled.address}|:${url.port}... `);
    } else yield* this.#say(`Connecting to ${url.authority} (${dialled.address}:${url.port})\n`);
    if (dialled.kind === 'failed') {
      const reason = connectErrors[dialled.error];
      if (this.#isGnu) yield* this.#say(`failed: ${reason}.\n`);
      else if (dialled.error === 'ETIMEDOUT' && seconds !== undefined) yield* this.#fail('download timed out');
      else yield* this.#fail(`can't connect to remote host (${dialled.address}): ${reason}`);
      return this.#isGnu ? 4 : 1;
    }
    if (this.#isGnu) yield* this.#say('connected.\nHTTP request sent, awaiting response... ');
    const { connection } = dialled;
    try {
      const response = yield* exchange(machine.processes.turns, connection, yield* this.#request(url), timeoutMs);
      if (typeof response !== 'string') return response;
      if (response === 'timeout')
        yield* this.#fail(this.#isGnu ? 'Read error (Connection timed out) in headers.' : 'download timed out');
      else yield* this.#fail(this.#isGnu ? 'No data received.' : 'error getting response');
      return this.#isGnu ? 4 : 1;
    } finally {
      connection.close();
    }
  }

  *#request(url: Url) {
    const options = this.#options;
    const file = options.value('postfile');
    const data = file === undefined ? options.value('post') : yield* this.#tool.readText(file);
    const body = encodeUtf8(data ?? '');
    const headers = new HttpHeaders([['Host', url.authority]]);
    headers.add('User-Agent', options.value('U') ?? (this.#isGnu ? 'Wget/1.21.3' : 'Wget'));
    if (this.#isGnu) headers.add('Accept', '*/*');
    headers.add('Connection', 'close');
    for (const header of options.values('header')) {
      const at = header.indexOf(':');
      if (at > 0) headers.set(header.slice(0, at), header.slice(at + 1).trim());
    }
    if (data !== undefined) {
      if (!headers.has('content-type')) headers.add('Content-Type', 'application/x-www-form-urlencoded');
      headers.add('Content-Length', String(body.length));
    }
    const method = options.value('method') ?? (data !== undefined ? 'POST' : options.has('spider') ? 'HEAD' : 'GET');
    return { method, target: url.target, version: 'HTTP/1.1', headers, body };
  }

  *#finish(url: Url, response: HttpResponse): Routine<number> {
    const { status, reason, version, headers } = response;
    if (this.#options.has('S')) {
      const lines = `${version} ${status} ${reason}\r\n${fields(headers)}`.split('\r\n').filter((line) => line !== '');
      yield* this.#tool.printError(lines.map((line) => `  ${line}\n`).join(''));
    }
    if (this.#isGnu) yield* this.#say(`${status} ${reason}\n`);
    if (status >= 400) {
      if (this.#isGnu)
        yield* this.#say(`${formatTime('%Y-%m-%d %H:%M:%S', this.#tool.nowMs)} ERROR ${status}: ${reason}.\n\n`);
      else yield* this.#fail(`server returned error: ${version} ${status} ${reason}`);
      return this.#isGnu ? 8 : 1;
    }
    if (this.#options.has('spider')) {
      yield* this.#say(this.#isGnu ? 'Remote file exists.\n\n' : 'remote file exists\n');
      return 0;
    }
    return yield* this.#save(url, response);
  }

  *#save(url: Url, { body, headers }: HttpResponse): Routine<number> {
    const given = this.#options.value('O');
    const name =
      given ??
      `${this.#options.has('P') ? `${this.#options.value('P')}/` : ''}${url.target.replace(/\?.*$/, '').split('/').at(-1) || 'index.html'}`;
    const toOutput = name === '-';
    if (this.#isGnu) {
      yield* this.#say(
        `Length: ${body.length} [${headers.get('content-type') ?? 'text/html'}]\nSaving to: ‘${toOutput ? 'STDOUT' : name}’\n\n`,
      );
    } else yield* this.#say(toOutput ? 'writing to stdout\n' : `saving to '${name}'\n`);
    if (toOutput) yield* this.#tool.write(body);
    else {
      const path = this.#tool.path(name);
      if (!this.#isGnu && given === undefined && this.#tool.files.stat(path)) {
        yield* this.#fail(`can't open '${name}': File exists`);
        return 1;
      }
      this.#tool.files.write(path, body);
    }
    if (this.#isGnu) {
      yield* this.#say(
        `${formatTime('%Y-%m-%d %H:%M:%S', this.#tool.nowMs)} - ${toOutput ? 'written to stdout' : `‘${name}’ saved`} [${body.length}/${body.length}]\n\n`,
      );
    } else {
      yield* this.#say(
        `${(toOutput ? '-' : name).slice(0, 20).padEnd(20)} 100% |${'*'.repeat(32)}| ${String(body.length).padStart(5)}  0:00:00 ETA\n`,
      );
      yield* this.#say(toOutput ? 'written to stdout\n' : `'${name}' saved\n`);
    }
    return 0;
  }
}
