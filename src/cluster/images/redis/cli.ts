import { encodeUtf8, type Routine } from '../../../kernel/index.ts';
import { ByteReader, dial, type Connection, type Program, type ProgramContext } from '../../../shell/index.ts';
import { encodeCommand, readReply, type Reply } from './protocol.ts';

interface Options {
  readonly host: string;
  readonly port: number;
  readonly password: string | undefined;
  readonly words: readonly string[];
  readonly repeats: number;
}

function readOptions({ argv, environment }: ProgramContext): Options {
  let host = '127.0.0.1';
  let port = 6379;
  let password = environment.get('REDISCLI_AUTH');
  let repeats = 1;
  let index = 1;
  for (; index < argv.length && argv[index]!.startsWith('-'); index++) {
    const option = argv[index]!;
    if (option === '-h') host = argv[++index] ?? host;
    else if (option === '-p') port = Number(argv[++index]);
    else if (option === '-a' || option === '--pass') password = argv[++index];
    else if (option === '-r') repeats = Number(argv[++index]);
    else if (option === '-n' || option === '-i') index++;
  }
  return { host, port, password, repeats, words: argv.slice(index) };
}

/** redis-cli: one command from its arguments, or commands from standard input. */
export const redisCli: Program = function* (context): Routine<number> {
  const { argv, machine, stdout, stderr } = context;
  const print = (text: string) => stdout.write(encodeUtf8(text));
  if (argv.includes('--version') || argv.includes('-v')) {
    yield* print('redis-cli 8.2.1\n');
    return 0;
  }
  const options = readOptions(context);
  const dialled = yield* dial(machine.network, options.host, options.port);
  if (dialled.kind !== 'connected') {
    const reason =
      dialled.kind === 'unresolved'
        ? 'Name or service not known'
        : dialled.error === 'ETIMEDOUT'
          ? 'Connection timed out'
          : 'Connection refused';
    yield* stderr.write(encodeUtf8(`Could not connect to Redis at ${options.host}:${options.port}: ${reason}\n`));
    return 1;
  }
  const { connection } = dialled;
  const reader = new ByteReader(connection);
  const isTerminal = stdout.terminal !== undefined;
  try {
    if (options.password !== undefined) {
      yield* stderr.write(
        encodeUtf8(
          "Warning: Using a password with '-a' or '-u' option on the command line interface may not be safe.\n",
        ),
      );
      const reply = yield* ask(connection, reader, ['AUTH', options.password]);
      if (reply?.kind === 'error') yield* print(`AUTH failed: ${reply.text}\n`);
    }
    if (options.words.length > 0) {
      let status = 0;
      for (let left = options.repeats; left > 0; left--)
        status = yield* show(yield* ask(connection, reader, options.words), isTerminal, print, stderr);
      return status;
    }
    const input = new ByteReader(context.stdin);
    const prompt = isTerminal ? `${options.host}:${options.port}> ` : '';
    yield* print(prompt);
    for (let line = yield* input.line(); line !== undefined; line = yield* input.line()) {
      const words = wordsOf(line);
      if (/^(?:quit|exit)$/i.test(words[0] ?? '')) break;
      if (words.length > 0) yield* show(yield* ask(connection, reader, words), isTerminal, print, stderr);
      yield* print(prompt);
    }
    return 0;
  } finally {
    connection.close();
  }
};

function* ask(connection: Connection, reader: ByteReader, words: readonly string[]): Routine<Reply | undefined> {
  yield* connection.write(encodeCommand(words));
  return yield* readReply(reader);
}

function* show(
  reply: Reply | undefined,
  isTerminal: boolean,
  print: (text: string) => Routine<void>,
  stderr: ProgramContext['stderr'],
): Routine<number> {
  if (!reply) {
    yield* stderr.write(encodeUtf8('Error: Server closed the connection\n'));
    return 1;
  }
  yield* print(isTerminal ? formatted(reply, '') : plain(reply));
  return reply.kind === 'error' ? 1 : 0;
}

/** For people: types and numbers shown. */
function formatted(reply: Reply, indent: string): string {
  switch (reply.kind) {
    case 'status':
      return `${reply.text}\n`;
    case 'error':
      return `(error) ${reply.text}\n`;
    case 'integer':
      return `(integer) ${reply.value}\n`;
    case 'bulk':
      return reply.text === undefined ? '(nil)\n' : `${JSON.stringify(reply.text)}\n`;
    case 'list': {
      if (!reply.items) return '(nil)\n';
      if (reply.items.length === 0) return '(empty array)\n';
      const width = String(reply.items.length).length;
      return reply.items
        .map(
          (item, index) =>
            `${index === 0 ? '' : indent}${String(index + 1).padStart(width)}) ${formatted(item, `${indent}${' '.repeat(width + 2)}`)}`,
        )
        .join('');
    }
  }
}

/** For scripts: the bare text. */
function plain(reply: Reply): string {
  switch (reply.kind) {
    case 'integer':
      return `${reply.value}\n`;
    case 'list':
      return reply.items && reply.items.length > 0 ? reply.items.map(plain).join('') : '\n';
    case 'error':
      return `${reply.text}\n\n`;
    default:
      return `${reply.text ?? ''}\n`;
  }
}

function wordsOf(line: string): string[] {
  const words = line.match(/"(?:\\.|[^"\\])*"|'[^']*'|\S+/g) ?? [];
  return words.map((word) =>
    /^".*"$/s.test(word) ? word.slice(1, -1).replace(/\\(.)/g, '$1') : word.replace(/^'(.*)'$/s, '$1'),
  );
}
