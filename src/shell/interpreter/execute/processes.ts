import {
  BrokenPipe,
  encodeUtf8,
  sleep,
  waitForExit,
  type ByteSink,
  type Process,
  type ProcessExit,
  type Routine,
} from '../../../kernel/index.ts';
import { FileError } from '../../file-system.ts';
import type { Program } from '../../program.ts';
import { ExitShell, Interrupted, isControlFlow, ShellError } from '../control-flow.ts';
import type { Descriptor } from '../state/descriptor.ts';
import type { Shell } from '../state/shell.ts';
import { drive, type Steps } from '../steps.ts';
import { jobLine } from './job-line.ts';
import { runExitTrap } from './traps.ts';

const brokenPipeStatus = 128 + 13;
const cannotForkStatus = 254;

/** How a subshell begins: with which descriptors, and what it runs. */
export interface ForkOptions {
  readonly argv?: readonly string[];
  /** Changes the copy before it runs: its ends of pipes. */
  readonly prepare?: (child: Shell) => void;
  readonly run: (child: Shell) => Steps<number>;
}

/** Starts a copy of the shell in a process of its own. */
export function* forkShell(shell: Shell, { argv, prepare, run }: ForkOptions): Steps<Process> {
  return yield* withRetries(shell, () =>
    shell.machine.processes.spawn({
      argv: argv ?? shell.process.argv,
      parent: shell.process,
      // The copy is made now, before the parent goes on; it runs when its first turn comes.
      body: (process) => {
        const child = shell.fork(process);
        prepare?.(child);
        for (const [name, command] of child.traps) if (command === '') ignoreSignal(process, name);
        return drive(runToExit(child, run(child)));
      },
    }),
  );
}

function ignoreSignal(process: Process, name: string): void {
  if (name !== 'EXIT' && name !== 'ERR' && name !== 'DEBUG' && name !== 'RETURN') {
    process.handle(`SIG${name}` as Parameters<Process['handle']>[0], 'ignore');
  }
}

/** Runs a shell's last steps: whatever ends them becomes its exit status, and it lets go of its descriptors. */
export function* runToExit(shell: Shell, steps: Steps<number>): Steps<number> {
  try {
    return yield* runExitTrap(shell, yield* statusOf(shell, steps));
  } finally {
    shell.descriptors.closeAll();
  }
}

/** The status with which these steps end the shell. */
export function* statusOf(shell: Shell, steps: Steps<number>): Steps<number> {
  try {
    return yield* steps;
  } catch (thrown) {
    if (thrown instanceof ExitShell) return thrown.status;
    if (isControlFlow(thrown)) return shell.lastStatus;
    if (thrown instanceof BrokenPipe) return brokenPipeStatus;
    if (thrown instanceof Interrupted) return 130;
    if (thrown instanceof ShellError) {
      yield* shell.report(thrown);
      return shell.personality.id === 'bash' ? thrown.status : 2;
    }
    throw thrown;
  }
}

/** Starts a program as a child process with the shell's descriptors. */
export function* spawnProgram(
  shell: Shell,
  program: Program,
  argv: readonly string[],
  environment: ReadonlyMap<string, string>,
): Steps<Process> {
  return yield* withRetries(shell, () =>
    shell.machine.processes.spawn({
      argv,
      parent: shell.process,
      body: (process) => {
        // As fork does: the child's descriptors are open from the moment it exists.
        const descriptors = shell.descriptors.fork();
        const cwd = shell.cwd;
        return finishing(programRoutine(shell, process, program, argv, environment, cwd, descriptors), () =>
          descriptors.closeAll(),
        );
      },
    }),
  );
}

function* finishing(routine: Routine<number>, finish: () => void): Routine<number> {
  try {
    return yield* routine;
  } finally {
    finish();
  }
}

/** Runs a program in the shell's own process, which it takes over (exec). */
export function execProgram(
  shell: Shell,
  program: Program,
  argv: readonly string[],
  environment: ReadonlyMap<string, string>,
): Routine<number> {
  shell.process.argv = argv;
  return programRoutine(shell, shell.process, program, argv, environment, shell.cwd, shell.descriptors);
}

function* programRoutine(
  shell: Shell,
  process: Process,
  program: Program,
  argv: readonly string[],
  environment: ReadonlyMap<string, string>,
  workingDirectory: string,
  descriptors: { get(number: number): Descriptor | undefined },
): Routine<number> {
  const stderr = descriptors.get(2) ?? shell.descriptor(-1);
  try {
    return yield* program({
      process,
      argv,
      environment,
      workingDirectory,
      stdin: descriptors.get(0) ?? shell.descriptor(-1),
      stdout: descriptors.get(1) ?? shell.descriptor(-1),
      stderr,
      machine: shell.machine,
    });
  } catch (error) {
    return yield* reportFault(stderr, argv[0]!, error);
  }
}

function* reportFault(stderr: ByteSink, name: string, error: unknown): Routine<number> {
  if (error instanceof BrokenPipe) return brokenPipeStatus;
  const text = error instanceof FileError ? `${name}: ${error.path}: ${error.message}\n` : undefined;
  if (text === undefined) throw error;
  yield* stderr.write(encodeUtf8(text));
  return 1;
}

/** fork(2) with bash's patience: it tries again after 1, 2, 4 and 8 seconds. */
function* withRetries(shell: Shell, spawn: () => Process | undefined): Steps<Process> {
  const isPatient = shell.personality.id === 'bash';
  for (let delayMs = 1000; ; delayMs *= 2) {
    const process = spawn();
    if (process) return process;
    if (!isPatient || delayMs > 8000) break;
    yield* shell.complain('fork: retry: Resource temporarily unavailable');
    yield* sleep(shell.machine.processes.turns, delayMs);
  }
  yield* shell.complain(shell.personality.cannotFork);
  throw new ExitShell(shell.personality.id === 'bash' ? cannotForkStatus : 2);
}

/** Waits for a child in the foreground. */
export function* waitForChild(process: Process): Steps<ProcessExit> {
  const exit = yield* waitForExit(process);
  if (exit.fault !== undefined) throw exit.fault;
  return exit;
}

/** Before a prompt: says which background jobs have ended since the last one. */
export function* reportEndedJobs(shell: Shell): Steps<void> {
  for (const job of shell.jobs.list.filter(({ exit }) => exit)) {
    yield* shell.complainBare(`${jobLine(shell, job)}\n`);
    shell.jobs.remove(job);
  }
}
