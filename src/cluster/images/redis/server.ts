import { BrokenPipe, decodeUtf8, encodeUtf8, type Routine } from '../../../kernel/index.ts';
import {
  ByteReader,
  FileError,
  formatTime,
  TaskGroup,
  type Connection,
  type Listener,
  type Program,
  type ProgramContext,
} from '../../../shell/index.ts';
import { runCommand } from './commands.ts';
import { bulk, encodeReply, failure, list, ok, readCommand, type Reply } from './protocol.ts';
import { RedisStore } from './store.ts';

/** redis-server. Differs: replication, scripts, streams, transactions and publish/subscribe are not modelled. */
export function redisServer(version: string): Program {
  return (context) => new RedisServer(context, version).run();
}

interface Settings {
  readonly port: number;
  readonly password: string | undefined;
  readonly appendOnly: boolean;
  readonly directory: string;
  readonly hasConfig: boolean;
}

class RedisServer {
  readonly #context: ProgramContext;
  readonly #version: string;
  readonly #store: RedisStore;
  readonly #tasks = new TaskGroup();
  readonly #startedMs: number;
  #settings!: Settings;
  #clients = 0;
  #commands = 0;
  #listener: Listener | undefined;

  constructor(context: ProgramContext, version: string) {
    this.#context = context;
    this.#version = version;
    const { turns } = context.machine.processes;
    this.#startedMs = turns.nowMs();
    this.#store = new RedisStore(() => turns.nowMs());
  }

  get #nowMs(): number {
    return this.#context.machine.processes.turns.nowMs();
  }

  *run(): Routine<number> {
    const { argv, stdout, stderr, machine, process } = this.#context;
    if (argv.includes('--version') || argv.includes('-v')) {
      yield* stdout.write(
        encodeUtf8(`Redis server v=${this.#version} sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=0\n`),
      );
      return 0;
    }
    const settings = readSettings(this.#context);
    if (typeof settings === 'string') {
      yield* stderr.write(encodeUtf8(settings));
      return 1;
    }
    this.#settings = settings;
    yield* this.#log('*', 'oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo', 'C');
    yield* this.#log(
      '*',
      `Redis version=${this.#version}, bits=64, commit=00000000, modified=0, pid=${process.pid}, just started`,
      'C',
    );
    if (settings.hasConfig) yield* this.#log('*', 'Configuration loaded', 'C');
    else
      yield* this.#log(
        '#',
        'Warning: no config file specified, using the default config. In order to specify a config file use redis-server /path/to/redis.conf',
        'C',
      );
    yield* this.#log('*', 'monotonic clock: POSIX clock_gettime');
    const listener = machine.network.listen(settings.port);
    if (typeof listener === 'string') {
      yield* this.#log(
        '#',
        `Warning: Could not create server TCP listening socket *:${settings.port}: bind: ${listener === 'EACCES' ? 'Permission denied' : 'Address already in use'}`,
      );
      yield* this.#log('#', 'Failed listening on port, aborting.');
      return 1;
    }
    this.#listener = listener;
    yield* this.#log('*', `Running mode=standalone, port=${settings.port}.`);
    yield* this.#log('*', 'Server initialized');
    yield* this.#load();
    yield* this.#log('*', 'Ready to accept connections tcp');
    let stoppedBy = '';
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.handle(signal, () => {
        stoppedBy = signal;
        listener.close();
        this.#tasks.stop();
      });
    }
    this.#tasks.add(this.#accept(listener));
    yield* this.#tasks.run();
    return yield* this.#shutDown(stoppedBy);
  }

  *#shutDown(signal: string): Routine<number> {
    if (signal !== '') yield* this.#log('*', `Received ${signal} scheduling shutdown...`, 'S');
    yield* this.#log('*', 'User requested shutdown...');
    if (this.#settings.appendOnly || this.#store.keys().length > 0) {
      yield* this.#log('*', 'Saving the final RDB snapshot before exiting.');
      yield* this.#save();
    }
    yield* this.#log('#', 'Redis is now ready to exit, bye bye...');
    return 0;
  }

  *#log(level: '*' | '#', message: string, role: 'C' | 'M' | 'S' = 'M'): Routine<void> {
    const { stdout, process } = this.#context;
    const time = formatTime('%d %b %Y %H:%M:%S', this.#nowMs);
    yield* stdout.write(
      encodeUtf8(
        `${process.pid}:${role === 'S' ? 'signal-handler' : role} ${role === 'S' ? `(${Math.floor(this.#nowMs / 1000)})` : `${time}.${String(this.#nowMs % 1000).padStart(3, '0')} ${level}`} ${message}\n`,
      ),
    );
  }

  get #dumpPath(): string {
    return `${this.#settings.directory}/dump.rdb`;
  }

  *#load(): Routine<void> {
    const { files } = this.#context.machine;
    if (files.stat(this.#dumpPath)?.type !== 'file') return;
    try {
      this.#store.restore(JSON.parse(decodeUtf8(files.read(this.#dumpPath))) as ReturnType<RedisStore['dump']>);
      yield* this.#log('*', `Done loading RDB, keys loaded: ${this.#store.keys().length}, keys expired: 0.`);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      yield* this.#log('#', 'Wrong signature trying to load DB from file');
    }
  }

  /** Differs: the snapshot is JSON, not RDB. */
  *#save(): Routine<boolean> {
    try {
      this.#context.machine.files.write(this.#dumpPath, encodeUtf8(JSON.stringify(this.#store.dump())));
      yield* this.#log('*', 'DB saved on disk');
      return true;
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      yield* this.#log(
        '#',
        `Failed opening the temp RDB file temp-${this.#context.process.pid}.rdb (in server root dir ${this.#settings.directory}) for saving: ${error.message}`,
      );
      return false;
    }
  }

  *#accept(listener: Listener): Routine<void> {
    for (let connection = yield* listener.accept(); connection; connection = yield* listener.accept()) {
      this.#tasks.add(this.#serve(connection));
    }
  }

  *#serve(connection: Connection): Routine<void> {
    const reader = new ByteReader(connection);
    const client = { isTrusted: this.#settings.password === undefined };
    this.#clients++;
    try {
      for (let words = yield* readCommand(reader); words; words = yield* readCommand(reader)) {
        if (words.length === 0) continue;
        this.#commands++;
        const reply = yield* this.#answer(words, client);
        if (!reply) return;
        yield* connection.write(encodeReply(reply));
        if (words[0]!.toUpperCase() === 'QUIT') return;
      }
    } catch (error) {
      if (!(error instanceof BrokenPipe)) throw error;
    } finally {
      this.#clients--;
      connection.close();
    }
  }

  /** Undefined: the server goes down without an answer. */
  *#answer(words: readonly string[], client: { isTrusted: boolean }): Routine<Reply | undefined> {
    const [name = '', ...args] = words;
    const command = name.toUpperCase();
    if (command === 'AUTH') {
      if (this.#settings.password === undefined)
        return failure(
          'ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?',
        );
      client.isTrusted = args.at(-1) === this.#settings.password;
      return client.isTrusted ? ok : failure('WRONGPASS invalid username-password pair or user is disabled.');
    }
    if (command === 'QUIT') return ok;
    if (!client.isTrusted) return failure('NOAUTH Authentication required.');
    switch (command) {
      case 'INFO':
        return bulk(this.#info());
      case 'CONFIG':
        return this.#config(args);
      case 'SAVE':
      case 'BGSAVE':
        if (!(yield* this.#save())) return failure('ERR');
        return command === 'SAVE' ? ok : { kind: 'status', text: 'Background saving started' };
      case 'SHUTDOWN':
        this.#listener?.close();
        this.#tasks.stop();
        return undefined;
      default: {
        const quoted = args.map((arg) => `'${arg}' `).join('');
        return (
          runCommand(this.#store, words) ??
          failure(`ERR unknown command '${name}', with args beginning with: ${quoted}`)
        );
      }
    }
  }

  #config([action = '', name = '']: readonly string[]): Reply {
    if (action.toUpperCase() !== 'GET') return ok;
    const values: Readonly<Record<string, string>> = {
      port: String(this.#settings.port),
      dir: this.#settings.directory,
      appendonly: this.#settings.appendOnly ? 'yes' : 'no',
      maxmemory: '0',
      save: '3600 1 300 100 60 10000',
    };
    return list(values[name] === undefined ? [] : [name, values[name]]);
  }

  #info(): string {
    const seconds = Math.floor((this.#nowMs - this.#startedMs) / 1000);
    const keys = this.#store.keys();
    const expiring = keys.filter((key) => this.#store.expiryOf(key) !== undefined).length;
    const lines = [
      '# Server',
      `redis_version:${this.#version}`,
      'redis_mode:standalone',
      'os:Linux 6.8.0 x86_64',
      `process_id:${this.#context.process.pid}`,
      `tcp_port:${this.#settings.port}`,
      `uptime_in_seconds:${seconds}`,
      `uptime_in_days:${Math.floor(seconds / 86_400)}`,
      '',
      '# Clients',
      `connected_clients:${this.#clients}`,
      '',
      '# Stats',
      `total_commands_processed:${this.#commands}`,
      '',
      '# Replication',
      'role:master',
      'connected_slaves:0',
      '',
      '# Keyspace',
      ...(keys.length > 0 ? [`db0:keys=${keys.length},expires=${expiring},avg_ttl=0`] : []),
    ];
    return `${lines.join('\r\n')}\r\n`;
  }
}

/** The configuration file, then the options of the command line. A text is a complaint. */
function readSettings({ argv, machine, workingDirectory }: ProgramContext): Settings | string {
  const values = new Map<string, string>([
    ['port', '6379'],
    ['dir', workingDirectory],
  ]);
  const file = argv[1]?.startsWith('-') === false ? argv[1] : undefined;
  if (file !== undefined) {
    const path = file.startsWith('/') ? file : `${workingDirectory}/${file}`;
    if (machine.files.stat(path)?.type !== 'file')
      return `\n*** FATAL CONFIG FILE ERROR (Redis) ***\nCan't open config file '${file}': No such file or directory\n`;
    for (const line of decodeUtf8(machine.files.read(path)).split('\n')) {
      const match = /^\s*([a-z-]+)\s+(.*?)\s*$/.exec(line);
      if (match) values.set(match[1]!, match[2]!.replace(/^"(.*)"$/, '$1'));
    }
  }
  for (let index = 1; index < argv.length; index++) {
    if (argv[index]!.startsWith('--')) values.set(argv[index]!.slice(2), argv[index + 1] ?? '');
  }
  const port = Number(values.get('port'));
  if (!Number.isInteger(port))
    return `\n*** FATAL CONFIG FILE ERROR (Redis ${''}) ***\n>>> 'port "${values.get('port')}"'\nargument couldn't be parsed into an integer\n`;
  const password = values.get('requirepass');
  return {
    port,
    password: password === '' ? undefined : password,
    appendOnly: values.get('appendonly') === 'yes',
    directory: values.get('dir')!,
    hasConfig: argv.length > 1,
  };
}
