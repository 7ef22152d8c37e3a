/** Starts a further process in a running container: exec, exec probes and hooks. */
import {
  concatBytes,
  sinkTo,
  waitForExit,
  type ByteSink,
  type ByteSource,
  type Process,
  type Routine,
} from '../../../kernel/index.ts';
import type { Container } from './container.ts';
import { findExecutable } from './executable.ts';

export interface ProcessStreams {
  readonly stdin: ByteSource;
  readonly stdout: ByteSink;
  readonly stderr: ByteSink;
}

/** @param extra variables on top of the container's */
export function startProcess(
  container: Container,
  argv: readonly string[],
  streams: ProcessStreams,
  extra: readonly (readonly [string, string])[] = [],
): Process | { readonly problem: string } {
  const { machine, config } = container;
  const environment = extra.length > 0 ? new Map([...config.environment, ...extra]) : config.environment;
  const found = findExecutable(machine, argv[0] ?? '', environment, config.workingDirectory);
  if ('problem' in found) {
    return {
      problem: `OCI runtime exec failed: exec failed: unable to start container process: ${found.problem}`,
    };
  }
  const { program } = found;
  const process = machine.processes.spawn({
    argv,
    body: (self) =>
      program({
        process: self,
        argv,
        environment,
        workingDirectory: config.workingDirectory,
        ...streams,
        machine,
      }),
  });
  return process ?? { problem: 'OCI runtime exec failed: exec failed: fork/exec: resource temporarily unavailable' };
}

export const noInput: ByteSource = {
  *read() {
    return undefined;
  },
  close() {},
};

/** What a command in a container gave back. */
export interface CommandResult {
  readonly code: number;
  /** Both streams, as they came. */
  readonly output: Uint8Array;
}

/** Runs a command to its end. When the caller gives up, the command is killed. */
export function* runCommand(
  container: Container,
  argv: readonly string[],
  outputLimitBytes: number,
): Routine<CommandResult | { readonly problem: string }> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const sink = sinkTo((bytes) => {
    if (length < outputLimitBytes) chunks.push(bytes.slice(0, outputLimitBytes - length));
    length += bytes.length;
  });
  const process = startProcess(container, argv, { stdin: noInput, stdout: sink, stderr: sink });
  if ('problem' in process) return process;
  try {
    const { code } = yield* waitForExit(process);
    return { code, output: chunks.length > 0 ? concatBytes(chunks) : new Uint8Array(0) };
  } finally {
    process.signal('SIGKILL');
  }
}
