import { bodyText, HttpServer, formatTime, type HttpExchange, type Program } from '../../shell/index.ts';
import { encodeUtf8 } from '../../kernel/index.ts';
import { distributionFiles } from './base-files.ts';
import type { Image } from './image.ts';
import { plainResponse } from './plain-response.ts';

const port = 8080;

/** registry.k8s.io/echoserver: tells a client about its own request. */
const echoserver: Program = function* ({ machine, process, stdout }) {
  const listener = machine.network.listen(port);
  if (typeof listener === 'string') return 1;
  const server = new HttpServer({
    *handle(exchange) {
      const { request, connection } = exchange;
      const time = formatTime('%d/%b/%Y:%H:%M:%S %z', machine.processes.turns.nowMs());
      const response = plainResponse(200, describe(machine.hostname, exchange), {
        type: 'text/plain',
        headers: [['Server', 'echoserver']],
      });
      const agent = request.headers.get('user-agent') ?? '-';
      yield* stdout.write(
        encodeUtf8(
          `${connection.remoteAddress} - - [${time}] "${request.method} ${request.target} ${request.version}" 200 ${response.body.length} "-" "${agent}"\n`,
        ),
      );
      return response;
    },
    malformed: () => plainResponse(400, ''),
  });
  server.listen(listener);
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGQUIT'] as const) process.handle(signal, () => server.stop());
  yield* server.run();
  return 0;
};

function describe(hostname: string, { request, connection }: HttpExchange): string {
  const host = request.headers.get('host') ?? '';
  const headers = request.headers.entries.map(([name, value]) => `\t${name.toLowerCase()}=${value}`).sort();
  return [
    '',
    '',
    `Hostname: ${hostname}`,
    '',
    'Pod Information:',
    '\t-no pod information available-',
    '',
    'Request Information:',
    `\tclient_address=${connection.remoteAddress}`,
    `\tmethod=${request.method}`,
    `\treal path=${request.target}`,
    `\tquery=${request.target.split('?')[1] ?? ''}`,
    '\trequest_version=1.1',
    '\trequest_scheme=http',
    `\trequest_uri=http://${host}${request.target}`,
    '',
    'Request Headers:',
    ...headers,
    '',
    'Request Body:',
    bodyText(request) || '\t-no body in request-',
    '',
    '',
  ].join('\n');
}

export function echoserverImage(): Image {
  return {
    repository: 'registry.k8s.io/echoserver',
    tags: ['1.4', '1.8', '1.9', '1.10'],
    sizeBytes: () => 39_300_000,
    config: () => ({
      command: ['echoserver'],
      environment: { PATH: '/usr/local/bin:/usr/bin:/bin' },
      workingDirectory: '/',
      exposedPorts: [port, 8443],
    }),
    files: () => distributionFiles('alpine', { '/usr/local/bin/echoserver': echoserver }),
  };
}
