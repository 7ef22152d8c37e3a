/** A catalogue of a few tiny images, for tests of what runs them. */
import { encodeUtf8, sleep, type Routine } from '../../../kernel/index.ts';
import { memoryFileSystem, type Connection, type Program, type ProgramContext } from '../../../shell/index.ts';
import type { Image, ImageCatalogue, ImageConfig } from '../../images/image.ts';

/** Serves HTTP until SIGTERM: `server [port] [status]`. */
const server: Program = function* ({ argv, machine, process, stdout }) {
  const port = Number(argv[1] ?? 80);
  const listener = machine.network.listen(port);
  if (typeof listener === 'string') return 1;
  process.handle('SIGTERM', () => listener.close());
  yield* stdout.write(encodeUtf8(`listening on ${port}\n`));
  try {
    for (let connection = yield* listener.accept(); connection; connection = yield* listener.accept()) {
      yield* answer(connection, argv[2] ?? '200', machine.hostname);
    }
  } finally {
    listener.close();
  }
  return 0;
};

function* answer(connection: Connection, status: string, body: string): Routine<void> {
  const request = yield* connection.read();
  if (request)
    yield* connection.write(encodeUtf8(`HTTP/1.1 ${status} Some\r\nContent-Length: ${body.length}\r\n\r\n${body}`));
  connection.close();
}

/** `sleep 3`, `exit 2`, `echo words`, `cat /file`, `env`, `fetch host port`, one after the other. */
const tool: Program = function* (context) {
  const [command = '', ...words] = context.argv.slice(1);
  const write = (text: string) => context.stdout.write(encodeUtf8(text));
  switch (command) {
    case 'exit':
      return Number(words[0]);
    case 'sleep':
      yield* sleep(context.machine.processes.turns, Number(words[0]) * 1000);
      return Number(words[1] ?? 0);
    case 'echo':
      yield* write(`${words.join(' ')}\n`);
      return 0;
    case 'cat':
      yield* context.stdout.write(context.machine.files.read(words[0]!));
      return 0;
    case 'copy':
      for (let bytes = yield* context.stdin.read(); bytes; bytes = yield* context.stdin.read()) {
        yield* context.stdout.write(bytes);
      }
      return 0;
    case 'env':
      for (const [name, value] of context.environment) yield* write(`${name}=${value}\n`);
      return 0;
    case 'fetch':
      return yield* fetchOnce(context, words[0]!, Number(words[1]));
    case 'write':
      context.machine.files.write(words[0]!, encodeUtf8(words.slice(1).join(' ')));
      return 0;
    default:
      return 127;
  }
};

function* fetchOnce({ machine, stdout, stderr }: ProgramContext, host: string, port: number): Routine<number> {
  const found = yield* machine.network.resolve(host);
  if (typeof found === 'string') {
    yield* stderr.write(encodeUtf8(`${found}\n`));
    return 6;
  }
  const connection = yield* machine.network.connect(found[0]!, port);
  if (typeof connection === 'string') {
    yield* stderr.write(encodeUtf8(`${connection}\n`));
    return 7;
  }
  yield* connection.write(encodeUtf8('GET / HTTP/1.1\r\n\r\n'));
  for (let bytes = yield* connection.read(); bytes; bytes = yield* connection.read()) yield* stdout.write(bytes);
  connection.close();
  return 0;
}

const files = memoryFileSystem();
for (const path of ['/bin', '/etc', '/dev', '/proc']) files.makeDirectory(path);
files.write('/etc/passwd', encodeUtf8('root:x:0:0:root:/root:/bin/sh\napp:x:1000:1000::/home/app:/bin/sh\n'));
files.installProgram('/bin/server', server);
files.installProgram('/bin/tool', tool);

const base: ImageConfig = { environment: { PATH: '/bin' }, workingDirectory: '/' };

const images: readonly Image[] = [
  image('server', { ...base, entrypoint: ['/bin/server'], command: ['80'], stopSignal: 'SIGTERM' }, 40_000_000),
  image('tool', { ...base, command: ['tool'] }, 4_000_000),
];

function image(name: string, config: ImageConfig, sizeBytes: number): Image {
  return {
    repository: `docker.io/library/${name}`,
    tags: ['latest', '1'],
    sizeBytes: () => sizeBytes,
    config: () => config,
    files: () => files,
  };
}

export const testImages: ImageCatalogue = {
  codeFor: () => undefined,
  lookUp(reference) {
    if (reference !== reference.toLowerCase()) return { found: false, reason: 'invalid-reference', reference };
    const [name, tag = 'latest'] = reference.split(':');
    const found = images.find(({ repository }) => repository.endsWith(`/${name}`));
    if (!found) return { found: false, reason: 'no-such-repository', reference };
    if (!found.tags.includes(tag)) return { found: false, reason: 'no-such-tag', reference };
    return { found: true, image: found, tag, digest: `sha256:${'0'.repeat(64)}`, sizeBytes: found.sizeBytes(tag) };
  },
};
