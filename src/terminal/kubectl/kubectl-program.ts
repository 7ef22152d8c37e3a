import type { KubeApi } from '../../client/index.ts';
import { concatBytes, encodeUtf8, tick, waitForExit, type Routine } from '../../kernel/index.ts';
import type { KubectlIo, KubectlOutput, LocalListener } from '../../kubectl/index.ts';
import { TaskGroup, type NetworkStack, type Program, type ProgramContext } from '../../shell/index.ts';
import type { ClusterTime } from '../time/cluster-time.ts';
import { Tty } from '../screen/tty.ts';
import { kubectlFiles } from './kubectl-files.ts';
import { Mailbox } from './mailbox.ts';

export interface KubectlProgramOptions {
  readonly api: KubeApi;
  readonly time: ClusterTime;
  /** Whether anybody listens at a kubeconfig's server address. */
  readonly reaches: (server: string) => boolean;
  /** What a start costs in virtual time, where the page's own time does not count. */
  readonly startMs?: number;
}

type Message =
  | { readonly type: 'output'; readonly to: 'stdout' | 'stderr'; readonly bytes: Uint8Array }
  | { readonly type: 'task'; readonly routine: Routine<void> }
  | { readonly type: 'run'; readonly argv: readonly string[]; readonly answer: (status: number) => void }
  | { readonly type: 'end'; readonly status: number }
  | { readonly type: 'fault'; readonly fault: unknown };

/** kubectl as a program of the workstation: its promises run beside the process, which does what they ask for. */
export function kubectlProgram(options: KubectlProgramOptions): Program {
  const discoveryCache = new Map<string, unknown>();
  return function* (context) {
    const { process } = context;
    const controller = new AbortController();
    const mailbox = new Mailbox<Message>();
    // The first Ctrl-C lets kubectl finish in order; a second one ends it.
    process.handle('SIGINT', () => {
      process.handle('SIGINT', 'default');
      controller.abort(new Error('interrupted'));
    });
    try {
      if (options.startMs) yield* tick(options.startMs);
      start(context, { ...options, discoveryCache, mailbox, signal: controller.signal });
      const tasks = new TaskGroup();
      const ending: Ending = {};
      tasks.add(serve(context, mailbox, tasks, ending));
      yield* tasks.run();
      if (ending.fault !== undefined) throw ending.fault;
      return ending.status ?? 1;
    } finally {
      controller.abort(new Error('the process has ended'));
    }
  };
}

interface Running extends KubectlProgramOptions {
  readonly discoveryCache: Map<string, unknown>;
  readonly mailbox: Mailbox<Message>;
  readonly signal: AbortSignal;
}

function start(context: ProgramContext, running: Running): void {
  const { mailbox, time } = running;
  // kubectl is a good part of the page's script: it comes when it is first needed.
  Promise.all([import('../../kubectl/index.ts'), time.refresh()])
    .then(([{ runKubectl }]) => runKubectl(context.argv.slice(1), ioOf(context, running)))
    .then(async (status) => {
      await time.refresh();
      mailbox.put({ type: 'end', status });
    })
    .catch((fault: unknown) => mailbox.put({ type: 'fault', fault }));
}

interface Ending {
  status?: number;
  fault?: unknown;
}

/** Does what kubectl asks for until it has ended; what it has not waited for is dropped. */
function* serve(context: ProgramContext, mailbox: Mailbox<Message>, tasks: TaskGroup, ending: Ending): Routine<void> {
  const started: { stop(): void }[] = [];
  for (;;) {
    const message = yield* mailbox.take();
    switch (message.type) {
      case 'output':
        yield* context[message.to].write(message.bytes);
        break;
      case 'task':
        started.push(tasks.add(message.routine));
        break;
      case 'run':
        started.push(tasks.add(runProgram(context, message.argv, message.answer)));
        break;
      default:
        if (message.type === 'end') ending.status = message.status;
        else ending.fault = message.fault;
        for (const task of started) task.stop();
        return;
    }
  }
}

const notFoundStatus = 127;

/** Runs a program in the foreground with kubectl's own streams: an editor, diff. */
function* runProgram(
  context: ProgramContext,
  argv: readonly string[],
  answer: (status: number) => void,
): Routine<void> {
  const { machine, environment } = context;
  const name = argv[0]!;
  const folders = name.includes('/') ? [''] : (environment.get('PATH') ?? '').split(':').map((folder) => `${folder}/`);
  const program = folders.map((folder) => machine.loadProgram(folder + name)).find((found) => found !== undefined);
  const process =
    program &&
    machine.processes.spawn({
      argv,
      parent: context.process,
      body: (self) => program({ ...context, process: self, argv }),
    });
  answer(process ? (yield* waitForExit(process)).code : notFoundStatus);
}

function ioOf(context: ProgramContext, running: Running): KubectlIo {
  const { mailbox, signal, time } = running;
  const { stdin, environment, workingDirectory, machine } = context;
  const tty = stdin.terminal instanceof Tty ? stdin.terminal : undefined;
  const read = rejectedBy(signal, () => promiseOf(mailbox, () => stdin.read()));
  async function readInput(): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    for (let part = await read(); part; part = await read()) parts.push(part);
    return concatBytes(parts);
  }
  return {
    api: running.api,
    stdin: { read, isTerminal: stdin.terminal !== undefined, setRaw: (isRaw) => tty?.setRaw(isRaw) },
    stdout: outputOf(context, 'stdout', mailbox),
    stderr: outputOf(context, 'stderr', mailbox),
    files: kubectlFiles({ files: machine.files, workingDirectory, readInput }),
    clock: { nowMs: () => time.nowMs(), sleep: (ms, until) => time.sleep(ms, until) },
    environment,
    signal,
    run: (argv) => new Promise((answer) => mailbox.put({ type: 'run', argv, answer })),
    discoveryCache: running.discoveryCache,
    listen: (address, port) => listen(machine.network, { address, port, mailbox, signal }),
    reaches: running.reaches,
  };
}

/** What waits for something that may never come is released when the signal is aborted. */
function rejectedBy<T>(signal: AbortSignal, ask: () => Promise<T>): () => Promise<T> {
  let giveUp: ((reason: unknown) => void) | undefined;
  signal.addEventListener('abort', () => giveUp?.(signal.reason));
  return () =>
    new Promise((resolve, reject) => {
      giveUp = reject;
      if (signal.aborted) reject(signal.reason as Error);
      else ask().then(resolve, reject);
    });
}

function outputOf(context: ProgramContext, to: 'stdout' | 'stderr', mailbox: Mailbox<Message>): KubectlOutput {
  const { terminal } = context[to];
  return {
    write(content) {
      mailbox.put({ type: 'output', to, bytes: typeof content === 'string' ? encodeUtf8(content) : content.slice() });
    },
    ...(terminal && { terminal }),
    ...(terminal instanceof Tty && { onResize: (listener: () => void) => terminal.onResize(listener) }),
  };
}

/** Runs a routine within the process, for code that waits with promises. */
function promiseOf<T>(mailbox: Mailbox<Message>, start: () => Routine<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    mailbox.put({
      type: 'task',
      routine: (function* () {
        try {
          resolve(yield* start());
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      })(),
    });
  });
}

const listenProblems = { EADDRINUSE: 'address already in use', EACCES: 'permission denied' } as const;

interface ListenRequest {
  readonly address: string;
  readonly port: number;
  readonly mailbox: Mailbox<Message>;
  readonly signal: AbortSignal;
}

async function listen(
  network: NetworkStack,
  { address, port, mailbox, signal }: ListenRequest,
): Promise<LocalListener> {
  const listener = network.listen(port, address);
  if (typeof listener === 'string') throw new Error(listenProblems[listener]);
  signal.addEventListener('abort', () => listener.close());
  return {
    port: listener.port,
    close: () => listener.close(),
    async accept() {
      const connection = await promiseOf(mailbox, () => listener.accept());
      if (!connection) return undefined;
      return {
        read: () => promiseOf(mailbox, () => connection.read()),
        write: (bytes) => promiseOf(mailbox, () => connection.write(bytes)),
        close: () => connection.close(),
      };
    },
  };
}
