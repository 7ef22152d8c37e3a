import { spawn, type ChildProcess } from 'node:child_process';

export interface ProgramResult {
  readonly stdout: string;
  readonly stderr: string;
  /** The exit status; -1 when a signal or the time limit ended the program. */
  readonly code: number;
}

export interface ProgramOptions {
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string>>;
  /** All of its standard input; it ends at once when absent. */
  readonly stdin?: string;
  readonly timeoutMs?: number;
}

/** A program that was started and goes on until it ends or is stopped. */
export interface RunningProgram {
  readonly result: Promise<ProgramResult>;
  /** Resolves with the match once standard output holds what is looked for. */
  waitForOutput(wanted: RegExp): Promise<RegExpExecArray>;
  /** Ends it as Ctrl-C does. */
  interrupt(): void;
}

const running = new Set<ChildProcess>();

/** Starts a program and collects what it prints. */
export function startProgram(path: string, argv: readonly string[], options: ProgramOptions): RunningProgram {
  const child = spawn(path, argv, { cwd: options.workingDirectory, env: options.environment });
  running.add(child);
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  const listeners = new Set<() => void>();
  child.stdout.on('data', (chunk: Buffer) => {
    stdout.push(chunk);
    for (const listener of listeners) listener();
  });
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  // A program may end before it has read everything.
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.stdin ?? '');
  const textOf = (chunks: readonly Buffer[]) => Buffer.concat(chunks).toString('utf8');
  const timer = setTimeout(() => child.kill('SIGKILL'), options.timeoutMs ?? 30_000);
  const result = new Promise<ProgramResult>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      running.delete(child);
      resolve({ stdout: textOf(stdout), stderr: textOf(stderr), code: code ?? -1 });
    });
  });
  return {
    result,
    interrupt: () => void child.kill('SIGINT'),
    waitForOutput: (wanted) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = wanted.exec(textOf(stdout));
          if (!match) return;
          listeners.delete(look);
          resolve(match);
        };
        listeners.add(look);
        look();
        const giveUp = () =>
          reject(new Error(`ended before it printed ${wanted}:\n${textOf(stdout)}${textOf(stderr)}`));
        void result.then(giveUp, giveUp);
      }),
  };
}

export function runProgram(path: string, argv: readonly string[], options: ProgramOptions): Promise<ProgramResult> {
  return startProgram(path, argv, options).result;
}

/** Ends what is still running of what was started here. */
export function endPrograms(): void {
  for (const child of running) child.kill('SIGKILL');
}
