import { encodeUtf8 } from '../../kernel/index.ts';
import { formatTime, HttpServer, type Program } from '../../shell/index.ts';
import { distributionFiles } from './base-files.ts';
import type { Image } from './image.ts';
import { plainResponse } from './plain-response.ts';
import { variation } from './tags.ts';

const version = '1.0.0';

/** hashicorp/http-echo: answers every request with one text. Options: -text (or ECHO_TEXT), -listen, -status-code. */
const httpEcho: Program = function* ({ argv, environment, machine, process, stdout, stderr }) {
  const option = (name: string): string | undefined => {
    const index = argv.findIndex((arg) => new RegExp(`^--?${name}(?:=|$)`).test(arg));
    if (index < 0) return undefined;
    return argv[index]!.includes('=') ? argv[index]!.slice(argv[index]!.indexOf('=') + 1) : argv[index + 1];
  };
  if (argv.some((arg) => /^--?version$/.test(arg))) {
    yield* stderr.write(encodeUtf8(`http-echo v${version}\n`));
    return 0;
  }
  const text = option('text') ?? environment.get('ECHO_TEXT');
  if (text === undefined || text === '') {
    yield* stderr.write(encodeUtf8('Missing -text option or set ECHO_TEXT env var!\n'));
    return 127;
  }
  const status = Number(option('status-code') ?? 200);
  const nowMs = (): number => machine.processes.turns.nowMs();
  const log = (line: string) => stdout.write(encodeUtf8(`${formatTime('%Y/%m/%d %H:%M:%S', nowMs())} ${line}\n`));
  const listens = option('listen') ?? ':5678';
  const port = Number(/:(\d+)$/.exec(listens)?.[1] ?? 5678);
  const listener = machine.network.listen(port);
  if (typeof listener === 'string') {
    yield* log(
      `[ERR] server exited with: listen tcp ${listens}: bind: ${listener === 'EACCES' ? 'permission denied' : 'address already in use'}`,
    );
    return 127;
  }
  const server = new HttpServer({
    *handle({ request, connection }) {
      const isHealth = request.target === '/health';
      const body = isHealth ? '{"status":"ok"}\n' : `${text}\n`;
      const headers = [
        ['X-App-Name', 'http-echo'],
        ['X-App-Version', version],
      ] as const;
      const response = plainResponse(isHealth ? 200 : status, body, { nowMs: nowMs(), headers });
      if (!isHealth) {
        const agent = request.headers.get('user-agent') ?? '';
        yield* log(
          `${request.headers.get('host') ?? ''} ${connection.remoteAddress}:${connection.remotePort} "${request.method} ${request.target} ${request.version}" ${response.status} ${response.body.length} "${agent}" 12.345µs`,
        );
      }
      return response;
    },
    malformed: () => plainResponse(400, '400 Bad Request'),
  });
  server.listen(listener);
  yield* log(`[INFO] server is listening on ${listens}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.handle(signal, () => server.stop());
  yield* server.run();
  yield* log('[INFO] received interrupt, shutting down...');
  return 0;
};

/** docker.io/hashicorp/http-echo: one static program without a shell. */
export function httpEchoImage(): Image {
  return {
    repository: 'docker.io/hashicorp/http-echo',
    tags: ['latest', '0.2.1', '0.2.2', '0.2.3', '1', '1.0', '1.0.0', 'alpine'],
    sizeBytes: (tag) => 2_900_000 + variation(tag, 300_000),
    config: () => ({
      entrypoint: ['/http-echo'],
      environment: { PATH: '/' },
      workingDirectory: '/',
      exposedPorts: [5678],
      user: '65532:65532',
    }),
    files: () => distributionFiles('scratch', { '/http-echo': httpEcho }),
  };
}
