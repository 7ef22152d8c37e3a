import { encodeUtf8, waitFor, waitForExit, type ByteSink, type Process, type Routine } from '../../../kernel/index.ts';
import {
  FileError,
  formatTime,
  HttpServer,
  openForWriting,
  type Listener,
  type Program,
  type ProgramContext,
} from '../../../shell/index.ts';
import { NginxConfigError } from './config-syntax.ts';
import { loadConfig, type Listen, type NginxConfig } from './config.ts';
import { errorResponse, respond, type NginxRuntime } from './respond.ts';
import { accessLine } from './variables.ts';

/** What differs between the builds of nginx. */
export interface NginxBuild {
  readonly version: string;
  /** `gcc 12.2.0 (Debian 12.2.0-14)` */
  readonly compiler: string;
}

const levels = ['debug', 'info', 'notice', 'warn', 'error', 'crit', 'alert', 'emerg'];

/** nginx: a master process, and a worker that serves. */
export function nginxProgram(build: NginxBuild): Program {
  return (context) => runNginx(context, build);
}

function* runNginx(context: ProgramContext, build: NginxBuild): Routine<number> {
  const { argv } = context;
  const say = (text: string) => context.stderr.write(encodeUtf8(text));
  if (argv.includes('-v')) {
    yield* say(`nginx version: nginx/${build.version}\n`);
    return 0;
  }
  if (argv.includes('-V')) {
    yield* say(`nginx version: nginx/${build.version}\nbuilt by ${build.compiler} \n`);
    return 0;
  }
  const path = optionOf(argv, '-c') ?? '/etc/nginx/nginx.conf';
  let config: NginxConfig;
  try {
    config = loadConfig(context.machine.files, path);
  } catch (error) {
    if (!(error instanceof NginxConfigError)) throw error;
    yield* say(`${stamp(context)} [emerg] ${context.process.pid}#${context.process.pid}: ${error.message}\n`);
    yield* say(`nginx: [emerg] ${error.message}\n`);
    if (argv.includes('-t')) yield* say(`nginx: configuration file ${path} test failed\n`);
    return 1;
  }
  if (argv.includes('-T') || argv.includes('-t')) {
    yield* say(
      `nginx: the configuration file ${path} syntax is ok\nnginx: configuration file ${path} test is successful\n`,
    );
    return 0;
  }
  const signal = optionOf(argv, '-s');
  if (signal !== undefined) return yield* signalMaster(context, config, signal);
  return yield* new Master(context, build, path, config).run();
}

function optionOf(argv: readonly string[], option: string): string | undefined {
  const index = argv.indexOf(option);
  return index < 0 ? undefined : argv[index + 1];
}

function stamp({ machine }: ProgramContext): string {
  const second = Math.floor(machine.processes.turns.nowMs() / 1000);
  // Many lines are written within the same second.
  if (second !== lastStamp.second) lastStamp = { second, text: formatTime('%Y/%m/%d %H:%M:%S', second * 1000) };
  return lastStamp.text;
}

let lastStamp = { second: Number.NaN, text: '' };

const signals = { stop: 'SIGTERM', quit: 'SIGQUIT', reload: 'SIGHUP', reopen: 'SIGUSR1' } as const;

/** `nginx -s reload` */
function* signalMaster(context: ProgramContext, config: NginxConfig, name: string): Routine<number> {
  const { machine, stderr, process } = context;
  const signal = signals[name as keyof typeof signals];
  if (!signal) {
    yield* stderr.write(encodeUtf8(`nginx: invalid option: "-s ${name}"\n`));
    return 1;
  }
  const note = `${stamp(context)} [notice] ${process.pid}#${process.pid}: signal process started\n`;
  yield* stderr.write(encodeUtf8(note));
  const pid = machine.files.stat(config.pidFile) && machine.files.read(config.pidFile);
  const master = pid && machine.processes.get(Number(String.fromCharCode(...pid).trim()));
  if (!master) {
    const message = `open() "${config.pidFile}" failed (2: No such file or directory)`;
    yield* stderr.write(encodeUtf8(`nginx: [error] ${message}\n`));
    return 1;
  }
  master.signal(signal);
  return 0;
}

type Order = 'quit' | 'stop' | 'reload' | 'worker-died';

class Master {
  readonly #context: ProgramContext;
  readonly #build: NginxBuild;
  readonly #path: string;
  #config: NginxConfig;
  readonly #listeners = new Map<string, Listener>();
  readonly #orders: Order[] = [];
  #wake: (() => void) | undefined;
  #errorLog: ByteSink;
  #worker: { readonly process: Process; readonly server: HttpServer } | undefined;

  constructor(context: ProgramContext, build: NginxBuild, path: string, config: NginxConfig) {
    this.#context = context;
    this.#build = build;
    this.#path = path;
    this.#config = config;
    this.#errorLog = context.stderr;
  }

  *run(): Routine<number> {
    const { process } = this.#context;
    process.handle('SIGQUIT', () => this.#order('quit'));
    process.handle('SIGTERM', () => this.#order('stop'));
    process.handle('SIGINT', () => this.#order('stop'));
    process.handle('SIGHUP', () => this.#order('reload'));
    process.handle('SIGUSR1', 'ignore');
    const problem = (yield* this.#prepareFiles()) ?? (yield* this.#listenAll(this.#config));
    if (problem !== undefined) return 1;
    process.argv = ['nginx: master process nginx', ...this.#context.argv.slice(1)];
    yield* this.#log('notice', 'using the "epoll" event method');
    yield* this.#log('notice', `nginx/${this.#build.version}`);
    yield* this.#log('notice', `built by ${this.#build.compiler} `);
    yield* this.#log('notice', 'OS: Linux 6.8.0');
    yield* this.#log('notice', 'getrlimit(RLIMIT_NOFILE): 1048576:1048576');
    yield* this.#log('notice', 'start worker processes');
    yield* this.#startWorker();
    for (;;) {
      const order = yield* this.#nextOrder();
      if (order === 'reload') yield* this.#reload();
      else if (order === 'worker-died') yield* this.#replaceWorker();
      else return yield* this.#shutDown(order);
    }
  }

  #order(order: Order): void {
    this.#orders.push(order);
    this.#wake?.();
  }

  *#nextOrder(): Routine<Order> {
    if (this.#orders.length === 0) {
      yield* waitFor<void>((resume) => {
        this.#wake = () => resume();
        return () => (this.#wake = undefined);
      });
      this.#wake = undefined;
    }
    return this.#orders.shift()!;
  }

  /** Logs, the pid file and the directories that nginx makes for itself: what a read-only or foreign root refuses. */
  *#prepareFiles(): Routine<string | undefined> {
    const { machine, stdin, stdout, stderr } = this.#context;
    const { files, random, user } = machine;
    if (user.uid !== 0 && this.#config.user) {
      const { file, line } = this.#config.user;
      yield* this.#emergency(
        'warn',
        `the "user" directive makes sense only if the master process runs with super-user privileges, ignored in ${file}:${line}`,
      );
    }
    try {
      this.#errorLog = openForWriting(
        files,
        this.#config.errorLog.path,
        { stdin, stdout, stderr, random },
        { append: true },
      );
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      return yield* this.#emergency(
        'emerg',
        `open() "${this.#config.errorLog.path}" failed (${numberOf(error)}: ${error.message})`,
      );
    }
    for (const name of ['client_temp', 'proxy_temp', 'fastcgi_temp', 'uwsgi_temp', 'scgi_temp']) {
      const path = `/var/cache/nginx/${name}`;
      if (files.stat(path)) continue;
      try {
        files.makeDirectory(path, { mode: 0o700 });
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        return yield* this.#emergency('emerg', `mkdir() "${path}" failed (${numberOf(error)}: ${error.message})`);
      }
    }
    try {
      files.write(this.#config.pidFile, encodeUtf8(`${this.#context.process.pid}\n`));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      return yield* this.#emergency(
        'emerg',
        `open() "${this.#config.pidFile}" failed (${numberOf(error)}: ${error.message})`,
      );
    }
    return undefined;
  }

  *#listenAll(config: NginxConfig): Routine<string | undefined> {
    const wanted = new Map<string, Listen>();
    for (const { listens } of config.servers) {
      // The listener on 0.0.0.0 takes what comes over IPv6 as well; there is no other here.
      for (const listen of listens)
        if (!listen.address.startsWith('[')) wanted.set(`${addressOf(listen)}:${listen.port}`, listen);
    }
    for (const [key, listen] of wanted) {
      if (this.#listeners.has(key)) continue;
      const listener = this.#context.machine.network.listen(listen.port, addressOf(listen));
      if (typeof listener !== 'string') {
        this.#listeners.set(key, listener);
        continue;
      }
      const reason = listener === 'EACCES' ? '13: Permission denied' : '98: Address already in use';
      return yield* this.#emergency('emerg', `bind() to ${key} failed (${reason})`);
    }
    for (const [key, listener] of this.#listeners) {
      if (wanted.has(key)) continue;
      listener.close();
      this.#listeners.delete(key);
    }
    return undefined;
  }

  *#emergency(level: string, message: string): Routine<string> {
    const { stderr, process } = this.#context;
    yield* stderr.write(encodeUtf8(`${stamp(this.#context)} [${level}] ${process.pid}#${process.pid}: ${message}\n`));
    yield* stderr.write(encodeUtf8(`nginx: [${level}] ${message}\n`));
    return message;
  }

  *#log(level: string, message: string, pid = this.#context.process.pid): Routine<void> {
    if (levels.indexOf(level) < levels.indexOf(this.#config.errorLog.level)) return;
    yield* this.#errorLog.write(encodeUtf8(`${stamp(this.#context)} [${level}] ${pid}#${pid}: ${message}\n`));
  }

  *#startWorker(): Routine<void> {
    const { machine, process: master } = this.#context;
    const { server, runtime } = makeServer(
      this.#context,
      this.#build,
      this.#config,
      (level, message) => {
        if (levels.indexOf(level) < levels.indexOf(this.#config.errorLog.level)) return;
        runtime.pending.push(`${stamp(this.#context)} [${level}] ${process?.pid}#${process?.pid}: ${message}\n`);
      },
      this.#errorLog,
    );
    for (const listener of this.#listeners.values()) server.listen(listener);
    const process = machine.processes.spawn({
      argv: ['nginx: worker process'],
      parent: master,
      body: (self) => runWorker(self, server),
    });
    if (!process) {
      yield* this.#log('alert', 'fork() failed while spawning "worker process" (11: Resource temporarily unavailable)');
      return;
    }
    this.#worker = { process, server };
    process.onExit(() => {
      if (this.#worker?.process === process) this.#order('worker-died');
    });
    yield* this.#log('notice', `start worker process ${process.pid}`);
  }

  *#replaceWorker(): Routine<void> {
    const dead = this.#worker?.process;
    if (!dead) return;
    const how = dead.exit?.signal
      ? `exited on signal ${dead.exit.code - 128}`
      : `exited with code ${dead.exit?.code ?? 0}`;
    yield* this.#log(dead.exit?.signal ? 'alert' : 'notice', `worker process ${dead.pid} ${how}`);
    yield* this.#startWorker();
  }

  /** A new configuration that is wrong leaves the old one in force. */
  *#reload(): Routine<void> {
    yield* this.#log('notice', 'signal 1 (SIGHUP) received, reconfiguring');
    yield* this.#log('notice', 'reconfiguring');
    let config: NginxConfig;
    try {
      config = loadConfig(this.#context.machine.files, this.#path);
    } catch (error) {
      if (!(error instanceof NginxConfigError)) throw error;
      yield* this.#log('emerg', error.message);
      return;
    }
    const old = this.#worker;
    this.#worker = undefined;
    if ((yield* this.#listenAll(config)) !== undefined) {
      this.#worker = old;
      return;
    }
    this.#config = config;
    yield* this.#log('notice', 'start worker processes');
    yield* this.#startWorker();
    // The old worker ends what it is at; the listeners stay with the new one.
    old?.server.retire();
    if (old) yield* this.#log('notice', 'gracefully shutting down', old.process.pid);
  }

  *#shutDown(order: 'quit' | 'stop'): Routine<number> {
    const worker = this.#worker;
    this.#worker = undefined;
    const [number, name] = order === 'quit' ? [3, 'SIGQUIT'] : [15, 'SIGTERM'];
    yield* this.#log(
      'notice',
      `signal ${number} (${name}) received, ${order === 'quit' ? 'shutting down' : 'exiting'}`,
    );
    if (worker) {
      if (order === 'quit') {
        yield* this.#log('notice', 'gracefully shutting down', worker.process.pid);
        worker.server.drain();
      } else worker.server.stop();
      yield* waitForExit(worker.process);
      yield* this.#log('notice', 'exiting', worker.process.pid);
      yield* this.#log('notice', 'exit', worker.process.pid);
      yield* this.#log('notice', `worker process ${worker.process.pid} exited with code 0`);
    }
    for (const listener of this.#listeners.values()) listener.close();
    const { files } = this.#context.machine;
    if (files.stat(this.#config.pidFile)) files.remove(this.#config.pidFile);
    yield* this.#log('notice', 'exit');
    return 0;
  }
}

function* runWorker(process: Process, server: HttpServer): Routine<number> {
  process.handle('SIGQUIT', () => server.drain());
  process.handle('SIGINT', 'ignore');
  yield* server.run();
  return 0;
}

function addressOf({ address }: Listen): string {
  return address === '*' || address.startsWith('[') ? '0.0.0.0' : address === 'localhost' ? '127.0.0.1' : address;
}

const errnoNumbers: Readonly<Record<string, number>> = {
  EPERM: 1,
  ENOENT: 2,
  EACCES: 13,
  EEXIST: 17,
  ENOTDIR: 20,
  ENOSPC: 28,
  EROFS: 30,
};

function numberOf({ errno }: FileError): number {
  return errnoNumbers[errno] ?? 5;
}

/** The worker's server, and the runtime behind its answers. */
function makeServer(
  { machine, stdin, stdout, stderr }: ProgramContext,
  { version }: NginxBuild,
  config: NginxConfig,
  logError: (level: string, message: string) => void,
  errorLog: ByteSink,
): { server: HttpServer; runtime: NginxRuntime & { pending: string[] } } {
  const { files, network, hostname, random } = machine;
  const runtime = {
    config,
    files,
    network,
    hostname,
    version,
    nowMs: () => machine.processes.turns.nowMs(),
    logError,
    counters: { accepted: 0, requests: 0, active: 0 },
    /** Lines for the error log, written with the answer they belong to. */
    pending: [] as string[],
  };
  const accessLogs = new Map<string, ByteSink>();
  const accessLog = (path: string): ByteSink => {
    const known = accessLogs.get(path);
    if (known) return known;
    const sink = openForWriting(files, path, { stdin, stdout, stderr, random }, { append: true });
    accessLogs.set(path, sink);
    return sink;
  };
  const server = new HttpServer({
    *handle(exchange) {
      runtime.counters.requests++;
      runtime.counters.accepted++;
      const { response, settings, server: site } = yield* respond(runtime, exchange);
      for (const line of runtime.pending.splice(0)) yield* errorLog.write(encodeUtf8(line));
      if (settings.accessLog !== undefined) {
        const line = accessLine(config.accessFormat, exchange, site, runtime, response);
        yield* accessLog(settings.accessLog).write(encodeUtf8(`${line}\n`));
      }
      return response;
    },
    malformed: () => errorResponse(runtime, config.servers[0]!.settings, 400),
  });
  return { server, runtime };
}
