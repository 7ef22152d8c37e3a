/**
 * exec and attach: a process of a container with its streams led outside.
 * Upstream: kubelet/pkg/cri/streaming/remotecommand
 */
import { Pipe, sinkTo, type ByteSink, type Process } from '../../../kernel/index.ts';
import { goQuote } from '../../../api/json.ts';
import type { AttachRequest, ExecRequest, RemoteProcess } from '../kubelet-server.ts';
import type { Container } from '../runtime/container.ts';
import { noInput, startProcess } from '../runtime/start-process.ts';
import { TerminalLine, withCarriageReturns } from './terminal-line.ts';

type StreamName = 'stdout' | 'stderr';
interface Exit {
  readonly code: number;
  readonly error?: string;
}

/** Output and exit for a listener that may come a little later. */
class Outlet {
  #output: ((stream: StreamName, bytes: Uint8Array) => void) | undefined;
  #exited: ((exit: Exit) => void) | undefined;
  readonly #early: (readonly [StreamName, Uint8Array])[] = [];
  #exit: Exit | undefined;

  write(stream: StreamName, bytes: Uint8Array): void {
    if (this.#output) this.#output(stream, bytes);
    else this.#early.push([stream, bytes]);
  }

  end(exit: Exit): void {
    if (this.#exit) return;
    this.#exit = exit;
    this.#exited?.(exit);
  }

  onOutput(take: (stream: StreamName, bytes: Uint8Array) => void): void {
    this.#output = take;
    for (const [stream, bytes] of this.#early.splice(0)) take(stream, bytes);
  }

  onExit(ended: (exit: Exit) => void): void {
    this.#exited = ended;
    if (this.#exit) ended(this.#exit);
  }
}

export function exec(container: Container, request: ExecRequest): RemoteProcess {
  const outlet = new Outlet();
  const size = { columns: 80, rows: 24 };
  const sink = (stream: StreamName): ByteSink =>
    request.tty
      ? { ...sinkTo((bytes) => outlet.write('stdout', withCarriageReturns(bytes))), terminal: size }
      : sinkTo((bytes) => outlet.write(stream, bytes));
  let process: Process | undefined;
  const terminal = request.tty
    ? new TerminalLine(
        (bytes) => outlet.write('stdout', bytes),
        // A shell passes it on to what it runs.
        () => process?.signal('SIGINT'),
      )
    : undefined;
  const pipe = request.stdin && !terminal ? new Pipe() : undefined;
  const stdin = terminal?.source ?? pipe?.source ?? noInput;
  const extra = request.tty ? [['TERM', 'xterm'] as const] : [];
  const started = startProcess(
    container,
    request.command,
    { stdin, stdout: sink('stdout'), stderr: sink('stderr') },
    extra,
  );
  if ('problem' in started) {
    const problem = `failed to exec in container: failed to start exec ${goQuote(container.id)}: ${started.problem}`;
    outlet.end({ code: 126, error: `error executing command in container: ${problem}` });
  } else {
    process = started;
    started.onExit(({ code }) => outlet.end({ code }));
    // The whole PID namespace goes down with the container.
    container.onExit(() => outlet.end({ code: 137 }));
  }
  return {
    write: (bytes) => (terminal ? terminal.type(bytes) : pipe?.push(bytes)),
    closeStdin: () => (terminal ? terminal.hangUp() : pipe?.end()),
    resize: (columns, rows) => {
      size.columns = columns;
      size.rows = rows;
      process?.signal('SIGWINCH');
    },
    onOutput: (take) => outlet.onOutput(take),
    onExit: (ended) => outlet.onExit(ended),
    disconnect: () => {
      if (terminal) terminal.hangUp();
      else pipe?.end();
      if (request.tty) process?.signal('SIGHUP');
    },
  };
}

export function attach(container: Container, request: AttachRequest): RemoteProcess {
  const outlet = new Outlet();
  const { tty, stdinOnce } = container.config;
  const stop = container.onOutput((stream, bytes) => {
    if (tty) outlet.write('stdout', withCarriageReturns(bytes));
    else if (stream === 'stdout' ? request.stdout : request.stderr) outlet.write(stream, bytes);
  });
  const terminal = tty
    ? new TerminalLine(
        (bytes) => outlet.write('stdout', bytes),
        () => container.signal('SIGINT'),
      )
    : undefined;
  const forward = (bytes: Uint8Array) => container.input.write(bytes);
  container.onExit(() => {
    stop();
    outlet.end({ code: container.exitCode });
  });
  return {
    write: (bytes) => {
      if (!request.stdin) return;
      if (!terminal) return forward(bytes);
      terminal.type(bytes);
      for (let line = terminal.takeLine(); line; line = terminal.takeLine()) forward(line);
    },
    closeStdin: () => {
      if (request.stdin && stdinOnce) container.input.end();
    },
    resize: () => {},
    onOutput: (take) => outlet.onOutput(take),
    onExit: (ended) => outlet.onExit(ended),
    disconnect: () => {
      stop();
      if (request.stdin && stdinOnce) container.input.end();
    },
  };
}
