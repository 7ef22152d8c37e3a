import { encodeUtf8, waitFor, type Routine } from '../../kernel/index.ts';
import {
  formatTime,
  HttpHeaders,
  HttpServer,
  reasonOf,
  type HttpExchange,
  type HttpResponse,
  type Program,
} from '../../shell/index.ts';
import { distributionFiles } from './base-files.ts';
import type { Image } from './image.ts';
import { variation } from './tags.ts';

/**
 * An image that the catalogue knows nothing about: one program without a shell around it. It listens on its container's
 * ports, answers every request with 200, and logs a line for each.
 * Differs: a real registry would say whether such an image exists; here any well-formed name does.
 */
export function opaqueImage(repository: string, tag: string, listensOn: readonly number[]): Image {
  return {
    repository,
    tags: [tag],
    sizeBytes: () => 24_000_000 + variation(`${repository}:${tag}`, 180_000_000),
    config: () => ({
      entrypoint: ['/app'],
      environment: { PATH: '/' },
      workingDirectory: '/',
      ...(listensOn.length > 0 && { exposedPorts: listensOn }),
    }),
    files: () => distributionFiles('scratch', { '/app': opaqueProgram(repository.split('/').at(-1)!, listensOn) }),
  };
}

function opaqueProgram(name: string, ports: readonly number[]): Program {
  return function* ({ machine, stdout, process }): Routine<number> {
    const nowMs = () => machine.processes.turns.nowMs();
    const log = (message: string) =>
      stdout.write(encodeUtf8(`${formatTime('%Y-%m-%dT%H:%M:%SZ', nowMs())} ${message}\n`));
    const server = new HttpServer({
      *handle(exchange) {
        const response = answer(name, machine.hostname, exchange);
        const { method, target } = exchange.request;
        yield* log(`${exchange.connection.remoteAddress} ${method} ${target} ${response.status}`);
        return response;
      },
      malformed: () => plain(400, 'bad request\n'),
    });
    for (const port of ports) {
      const listener = machine.network.listen(port);
      if (typeof listener === 'string') {
        yield* log(`cannot listen on port ${port}: ${listener}`);
        return 1;
      }
      server.listen(listener);
      yield* log(`listening on port ${port}`);
    }
    if (ports.length === 0) yield* log('started');
    let stop: (() => void) | undefined;
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGQUIT'] as const) {
      process.handle(signal, () => {
        server.stop();
        stop?.();
      });
    }
    if (ports.length > 0) yield* server.run();
    else yield* waitFor<void>((resume) => void (stop = () => resume()));
    yield* log('stopped');
    return 0;
  };
}

function answer(name: string, hostname: string, { request }: HttpExchange): HttpResponse {
  return plain(200, `${name} on ${hostname}: ${request.method} ${request.target}\n`);
}

function plain(status: number, text: string): HttpResponse {
  const body = encodeUtf8(text);
  const headers = new HttpHeaders([
    ['Content-Type', 'text/plain; charset=utf-8'],
    ['Content-Length', String(body.length)],
  ]);
  return { version: 'HTTP/1.1', status, reason: reasonOf(status), headers, body };
}
