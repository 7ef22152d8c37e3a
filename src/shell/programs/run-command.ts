import {
  waitForExit,
  type ByteSink,
  type ByteSource,
  type Process,
  type ProcessExit,
  type Routine,
} from '../../kernel/index.ts';
import type { Program } from '../program.ts';
import type { Tool } from './tool.ts';

export interface RunOptions {
  readonly environment?: ReadonlyMap<string, string>;
  readonly stdin?: ByteSource;
  readonly stdout?: ByteSink;
  readonly stderr?: ByteSink;
}

/** Why a command cannot run; its text and status are what execvp(3)'s callers report. */
export interface CannotRun {
  readonly status: 126 | 127;
  readonly reason: string;
}

/** The program that a name means along PATH. */
export function findCommand(tool: Tool, name: string, environment = tool.context.environment): Program | CannotRun {
  const { files, machine } = tool;
  const directories = name.includes('/')
    ? ['']
    : (environment.get('PATH') ?? '/usr/bin:/bin').split(':').map((directory) => `${directory}/`);
  let isThere = false;
  for (const directory of directories) {
    const path = tool.path(directory + name);
    if (files.stat(path)?.type !== 'file') continue;
    isThere = true;
    const program = machine.loadProgram(path);
    if (program) return program;
  }
  return isThere ? { status: 126, reason: 'Permission denied' } : { status: 127, reason: 'No such file or directory' };
}

/** Starts a command as a child of the tool. Undefined: the process table is full. */
export function startCommand(
  tool: Tool,
  program: Program,
  argv: readonly string[],
  options: RunOptions = {},
): Process | undefined {
  const { context, machine } = tool;
  return machine.processes.spawn({
    argv,
    parent: context.process,
    body: (process) =>
      program({
        ...context,
        process,
        argv,
        environment: options.environment ?? context.environment,
        stdin: options.stdin ?? context.stdin,
        stdout: options.stdout ?? context.stdout,
        stderr: options.stderr ?? context.stderr,
      }),
  });
}

/** Runs a command to its end. One that cannot run is reported, as this tool's users would see it. */
export function* runCommand(tool: Tool, argv: readonly string[], options: RunOptions = {}): Routine<ProcessExit> {
  const found = findCommand(tool, argv[0]!, options.environment);
  if (typeof found !== 'function') {
    yield* complainCannotRun(tool, argv[0]!, found);
    return { code: found.status };
  }
  const child = startCommand(tool, found, argv, options);
  if (!child) {
    yield* tool.complain('fork: Resource temporarily unavailable');
    return { code: 1 };
  }
  const exit = yield* waitForExit(child);
  if (exit.fault !== undefined) throw exit.fault;
  return exit;
}

export function* complainCannotRun(tool: Tool, name: string, { reason }: CannotRun): Routine<void> {
  const verb = tool.name === 'timeout' || tool.name === 'nohup' ? `failed to run command ‘${name}’` : `‘${name}’`;
  yield* tool.complain(
    tool.isGnu ? `${tool.name === 'xargs' ? name : verb}: ${reason}` : `can't execute '${name}': ${reason}`,
  );
}
