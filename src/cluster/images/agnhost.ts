import { encodeUtf8, waitFor, type Routine } from '../../kernel/index.ts';
import {
  bodyText,
  formatTime,
  HttpServer,
  type HttpExchange,
  type HttpResponse,
  type Program,
  type ProgramContext,
} from '../../shell/index.ts';
import { distributionFiles } from './base-files.ts';
import type { Image } from './image.ts';
import { plainResponse } from './plain-response.ts';
import { variation } from './tags.ts';

/**
 * agnhost: the test server of Kubernetes. Modelled: netexec, serve-hostname, pause, and the echoserver's answer.
 * Upstream: test/images/agnhost
 */
const agnhost: Program = function* (context) {
  const [, command = 'pause', ...args] = context.argv;
  switch (command) {
    case 'netexec':
    case 'test-webserver':
    case 'porter':
      return yield* netexec(context, args);
    case 'serve-hostname':
      return yield* serve(context, Number(valueOf(args, 'port') ?? 9376), () =>
        plainResponse(200, context.machine.hostname),
      );
    case 'pause':
      return yield* pause(context);
    case '--version':
    case 'version':
      yield* context.stdout.write(encodeUtf8('2.57\n'));
      return 0;
    default:
      yield* context.stderr.write(
        encodeUtf8(`Error: unknown command "${command}" for "app"\nRun 'app --help' for usage.\n`),
      );
      return 1;
  }
};

function valueOf(args: readonly string[], name: string): string | undefined {
  const index = args.findIndex((arg) => new RegExp(`^--?${name}(?:=|$)`).test(arg));
  if (index < 0) return undefined;
  return args[index]!.includes('=') ? args[index]!.slice(args[index]!.indexOf('=') + 1) : args[index + 1];
}

function* pause({ process, stdout }: ProgramContext): Routine<number> {
  yield* stdout.write(encodeUtf8('Paused\n'));
  yield* waitFor<void>((resume) => {
    process.handle('SIGINT', () => resume());
    process.handle('SIGTERM', () => resume());
  });
  return 0;
}

function* log({ stderr, machine }: ProgramContext, message: string): Routine<void> {
  const nowMs = machine.processes.turns.nowMs();
  yield* stderr.write(
    encodeUtf8(
      `I${formatTime('%m%d %H:%M:%S', nowMs)}.${String(nowMs % 1000).padStart(3, '0')}000       1 log.go:195] ${message}\n`,
    ),
  );
}

function* serve(
  context: ProgramContext,
  port: number,
  answer: (exchange: HttpExchange) => HttpResponse,
): Routine<number> {
  const { machine, process } = context;
  const listener = machine.network.listen(port);
  if (typeof listener === 'string') {
    yield* log(
      context,
      `listen tcp :${port}: bind: ${listener === 'EACCES' ? 'permission denied' : 'address already in use'}`,
    );
    return 1;
  }
  let status = 0;
  const server = new HttpServer({
    *handle(exchange) {
      const { target } = exchange.request;
      yield* log(context, `GET ${target.replace(/\?.*$/, '')}`);
      const exit = /^\/exit(?:\?code=(\d+))?/.exec(target);
      if (exit) {
        status = Number(exit[1] ?? 0);
        server.drain();
      }
      return answer(exchange);
    },
    malformed: () => plainResponse(400, '400 Bad Request'),
  });
  server.listen(listener);
  yield* log(context, `Started HTTP server on port ${port}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.handle(signal, () => server.stop());
  yield* server.run();
  return status;
}

function* netexec(context: ProgramContext, args: readonly string[]): Routine<number> {
  const { machine, environment } = context;
  const state = { isReady: true, isHealthy: true };
  const startedMs = machine.processes.turns.nowMs();
  return yield* serve(context, Number(valueOf(args, 'http-port') ?? valueOf(args, 'port') ?? 8080), (exchange) => {
    const { request, connection } = exchange;
    const [path, query = ''] = request.target.split('?') as [string, string?];
    const parameter = (name: string): string | undefined => new RegExp(`(?:^|&)${name}=([^&]*)`).exec(query)?.[1];
    switch (path) {
      case '/':
        return plainResponse(
          200,
          `NOW: ${formatTime('%Y-%m-%d %H:%M:%S.%N +0000 UTC', machine.processes.turns.nowMs())}`,
        );
      case '/hostname':
      case '/hostName':
        return plainResponse(200, machine.hostname);
      case '/clientip':
        return plainResponse(200, `${connection.remoteAddress}:${connection.remotePort}`);
      case '/echo':
        return plainResponse(
          Number(parameter('code') ?? 200),
          decodeURIComponent((parameter('msg') ?? bodyText(request)).replaceAll('+', ' ')),
        );
      case '/header':
        return plainResponse(200, request.headers.get(parameter('key') ?? '') ?? '');
      case '/healthz':
        return plainResponse(state.isHealthy ? 200 : 500, '');
      case '/readyz':
        return plainResponse(state.isReady ? 200 : 500, '');
      case '/shutdown':
      case '/exit':
        return plainResponse(200, '');
      case '/setready':
      case '/setunready':
        state.isReady = path === '/setready';
        return plainResponse(200, '');
      case '/sethealthy':
      case '/setunhealthy':
        state.isHealthy = path === '/sethealthy';
        return plainResponse(200, '');
      case '/env':
        return plainResponse(200, [...environment].map(([name, value]) => `${name}=${value}\n`).join(''));
      case '/uptime':
        return plainResponse(200, `${((machine.processes.turns.nowMs() - startedMs) / 1000).toFixed(3)}s`);
      default:
        return plainResponse(404, '404 page not found\n');
    }
  });
}

/** registry.k8s.io/e2e-test-images/agnhost */
export function agnhostImage(): Image {
  return {
    repository: 'registry.k8s.io/e2e-test-images/agnhost',
    tags: [
      '2.21',
      '2.32',
      '2.33',
      '2.36',
      '2.38',
      '2.39',
      '2.40',
      '2.41',
      '2.43',
      '2.44',
      '2.45',
      '2.47',
      '2.48',
      '2.52',
      '2.53',
      '2.54',
      '2.55',
      '2.56',
      '2.57',
    ],
    sizeBytes: (tag) => 53_000_000 + variation(tag, 4_000_000),
    config: () => ({
      entrypoint: ['/agnhost'],
      command: ['pause'],
      environment: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' },
      workingDirectory: '/',
      exposedPorts: [80, 8080, 8081, 9376, 5000],
    }),
    files: () => distributionFiles('alpine', { '/agnhost': agnhost }),
  };
}
