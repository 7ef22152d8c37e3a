import { encodeUtf8, waitFor, type Routine } from '../../kernel/index.ts';
import {
  FileError,
  formatTime,
  HttpHeaders,
  httpDate,
  HttpServer,
  reasonOf,
  type HttpExchange,
  type HttpResponse,
  type Program,
  type ProgramContext,
} from '../../shell/index.ts';
import { distributionFiles, putText } from './base-files.ts';
import type { Image } from './image.ts';
import { releaseTags, variation, versionOf, type Series } from './tags.ts';

const series: readonly Series[] = [['2.4', 1, 65]];

const root = '/usr/local/apache2';

const types: Readonly<Record<string, string>> = {
  html: 'text/html',
  htm: 'text/html',
  css: 'text/css',
  js: 'text/javascript',
  json: 'application/json',
  txt: 'text/plain',
  png: 'image/png',
  svg: 'image/svg+xml',
  xml: 'text/xml',
};

/**
 * Apache httpd.
 * Differs: of the configuration only Listen, DocumentRoot, ServerName and DirectoryIndex count.
 */
function httpdProgram(version: string): Program {
  return function* (context) {
    const { argv, stdout, stderr } = context;
    if (argv.includes('-v')) {
      yield* stdout.write(
        encodeUtf8(`Server version: Apache/${version} (Unix)\nServer built:   Oct  7 2025 12:00:00\n`),
      );
      return 0;
    }
    const config = readConfig(context);
    if (typeof config === 'string') {
      yield* stderr.write(encodeUtf8(config));
      return 1;
    }
    if (argv.includes('-t')) {
      yield* stderr.write(encodeUtf8('Syntax OK\n'));
      return 0;
    }
    return yield* runHttpd(context, version, config);
  };
}

interface HttpdConfig {
  readonly ports: readonly number[];
  readonly documents: string;
  readonly serverName: string | undefined;
  readonly index: readonly string[];
}

function readConfig({ machine }: ProgramContext): HttpdConfig | string {
  const path = `${root}/conf/httpd.conf`;
  let text: string;
  try {
    text = String.fromCharCode(...machine.files.read(path));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return `httpd: Could not open configuration file ${path}: ${error.message}\n`;
  }
  const lines = text.split('\n').map((line) => line.trim());
  const values = (name: string): string[] =>
    lines
      .filter((line) => line.startsWith(`${name} `))
      .map((line) =>
        line
          .slice(name.length + 1)
          .trim()
          .replace(/^"(.*)"$/, '$1'),
      );
  const badLine = lines.findIndex((line) => /^Listen(?:\s+(?!(?:.*:)?\d+\b).*)?$/.test(line));
  if (badLine >= 0) return `AH00526: Syntax error on line ${badLine + 1} of ${path}:\nPort must be specified\n`;
  const documents = values('DocumentRoot').at(-1) ?? `${root}/htdocs`;
  if (machine.files.stat(documents)?.type !== 'directory') {
    const line = lines.findIndex((each) => each.startsWith('DocumentRoot')) + 1;
    return `AH00526: Syntax error on line ${line} of ${path}:\nDocumentRoot '${documents}' is not a directory, or is not readable\n`;
  }
  return {
    ports: values('Listen').map((listen) => Number(/(\d+)\b[^:]*$/.exec(listen)![1])),
    documents,
    serverName: values('ServerName').at(-1),
    index: values('DirectoryIndex').at(-1)?.split(/\s+/) ?? ['index.html'],
  };
}

function* runHttpd(context: ProgramContext, version: string, config: HttpdConfig): Routine<number> {
  const { machine, process, stdout, stderr } = context;
  const nowMs = (): number => machine.processes.turns.nowMs();
  const note = (module: string, level: string, message: string) =>
    stderr.write(
      encodeUtf8(
        `[${formatTime('%a %b %d %H:%M:%S', nowMs())}.${String(nowMs() % 1000).padStart(3, '0')}000 ${formatTime('%Y', nowMs())}] [${module}:${level}] [pid ${process.pid}:tid ${process.pid}] ${message}\n`,
      ),
    );
  if (config.serverName === undefined) {
    const address = machine.network.addresses[0] ?? '127.0.0.1';
    const warning = `AH00558: httpd: Could not reliably determine the server's fully qualified domain name, using ${address}. Set the 'ServerName' directive globally to suppress this message\n`;
    yield* stderr.write(encodeUtf8(warning));
  }
  const server = new HttpServer({
    *handle(exchange) {
      const response = respond(context, version, config, exchange);
      const { request, connection } = exchange;
      const size = request.method === 'HEAD' ? '-' : String(response.body.length);
      const time = formatTime('%d/%b/%Y:%H:%M:%S %z', nowMs());
      yield* stdout.write(
        encodeUtf8(
          `${connection.remoteAddress} - - [${time}] "${request.method} ${request.target} ${request.version}" ${response.status} ${size}\n`,
        ),
      );
      return response;
    },
    malformed: () =>
      errorPage(version, nowMs(), 400, 'Your browser sent a request that this server could not understand.'),
  });
  for (const port of config.ports) {
    const listener = machine.network.listen(port);
    if (typeof listener === 'string') {
      const reason = listener === 'EACCES' ? '(13)Permission denied' : '(98)Address already in use';
      yield* stderr.write(
        encodeUtf8(
          `${reason}: AH00072: make_sock: could not bind to address 0.0.0.0:${port}\nno listening sockets available, shutting down\nAH00015: Unable to open logs\n`,
        ),
      );
      return 1;
    }
    server.listen(listener);
  }
  yield* note('mpm_event', 'notice', `AH00489: Apache/${version} (Unix) configured -- resuming normal operations`);
  yield* note('core', 'notice', "AH00094: Command line: 'httpd -D FOREGROUND'");
  const worker = machine.processes.spawn({
    argv: ['httpd', '-DFOREGROUND'],
    parent: process,
    *body() {
      yield* server.run();
      return 0;
    },
  });
  const signal = yield* waitFor<'SIGTERM' | 'SIGWINCH'>((resume) => {
    process.handle('SIGTERM', () => resume('SIGTERM'));
    process.handle('SIGINT', () => resume('SIGTERM'));
    process.handle('SIGWINCH', () => resume('SIGWINCH'));
  });
  if (signal === 'SIGWINCH') {
    yield* note('mpm_event', 'notice', 'AH00492: caught SIGWINCH, shutting down gracefully');
    server.drain();
    if (worker) yield* waitFor<unknown>((resume) => worker.onExit(resume));
  } else {
    yield* note('mpm_event', 'notice', 'AH00491: caught SIGTERM, shutting down');
    server.stop();
  }
  return 0;
}

function respond(
  { machine }: ProgramContext,
  version: string,
  config: HttpdConfig,
  { request, connection }: HttpExchange,
): HttpResponse {
  const nowMs = machine.processes.turns.nowMs();
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return errorPage(version, nowMs, 405, `The requested method ${request.method} is not allowed for this URL.`);
  let path = decodeURI(request.target.replace(/[?#].*$/, ''));
  if (path.split('/').includes('..'))
    return errorPage(version, nowMs, 400, 'Your browser sent a request that this server could not understand.');
  let stat = machine.files.stat(config.documents + path);
  if (stat?.type === 'directory') {
    if (!path.endsWith('/')) {
      const host = request.headers.get('host') ?? connection.localAddress;
      const response = errorPage(
        version,
        nowMs,
        301,
        `The document has moved <a href="http://${host}${path}/">here</a>.`,
      );
      response.headers.add('Location', `http://${host}${path}/`);
      return response;
    }
    const index = config.index.find((name) => machine.files.stat(`${config.documents}${path}${name}`)?.type === 'file');
    if (index === undefined)
      return errorPage(version, nowMs, 403, "You don't have permission to access this resource.");
    path += index;
    stat = machine.files.stat(config.documents + path);
  }
  if (stat?.type !== 'file') return errorPage(version, nowMs, 404, 'The requested URL was not found on this server.');
  if (!machine.files.mayAccess(config.documents + path, 'read'))
    return errorPage(version, nowMs, 403, "You don't have permission to access this resource.");
  const body = machine.files.read(config.documents + path);
  const headers = new HttpHeaders([
    ['Date', httpDate(nowMs)],
    ['Server', `Apache/${version} (Unix)`],
    ['Last-Modified', httpDate(stat.modifiedMs)],
    ['ETag', `"${body.length.toString(16)}-${(stat.modifiedMs * 1000).toString(16)}"`],
    ['Accept-Ranges', 'bytes'],
    ['Content-Length', String(body.length)],
    ['Content-Type', types[/\.([^./]+)$/.exec(path)?.[1] ?? ''] ?? 'text/plain'],
  ]);
  return { version: 'HTTP/1.1', status: 200, reason: 'OK', headers, body };
}

function errorPage(version: string, nowMs: number, status: number, text: string): HttpResponse {
  const reason = reasonOf(status);
  const body = encodeUtf8(
    `<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>${status} ${reason}</title>\n</head><body>\n<h1>${reason}</h1>\n<p>${text}</p>\n</body></html>\n`,
  );
  const headers = new HttpHeaders([
    ['Date', httpDate(nowMs)],
    ['Server', `Apache/${version} (Unix)`],
    ['Content-Length', String(body.length)],
    ['Content-Type', 'text/html; charset=iso-8859-1'],
  ]);
  return { version: 'HTTP/1.1', status, reason, headers, body };
}

/** docker.io/library/httpd */
export function httpdImage(): Image {
  return {
    repository: 'docker.io/library/httpd',
    tags: ['latest', 'alpine', 'bookworm', '2', '2-alpine', ...releaseTags(series, ['', '-alpine', '-bookworm'])],
    sizeBytes: (tag) => (tag.includes('alpine') ? 24_600_000 : 58_900_000) + variation(tag, 600_000),
    config: (tag) => ({
      command: ['httpd-foreground'],
      environment: {
        PATH: `${root}/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
        HTTPD_PREFIX: root,
        HTTPD_VERSION: versionOf(tag, series),
      },
      workingDirectory: root,
      exposedPorts: [80],
    }),
    files(tag) {
      const program = httpdProgram(versionOf(tag, series));
      const files = distributionFiles(tag.includes('alpine') ? 'alpine' : 'debian');
      for (const name of ['bin', 'conf', 'htdocs', 'logs']) files.makeDirectory(`${root}/${name}`, { parents: true });
      files.installProgram(`${root}/bin/httpd`, program);
      files.installProgram('/usr/local/bin/httpd-foreground', program);
      putText(files, `${root}/htdocs/index.html`, '<html><body><h1>It works!</h1></body></html>\n');
      putText(
        files,
        `${root}/conf/httpd.conf`,
        `ServerRoot "${root}"\nListen 80\n\nDocumentRoot "${root}/htdocs"\nDirectoryIndex index.html\n\nErrorLog /proc/self/fd/2\nLogLevel warn\n`,
      );
      return files;
    },
  };
}
