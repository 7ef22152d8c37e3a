import {
  ProcessTable,
  RandomStream,
  sourceOf,
  VirtualClock,
  clockTurns,
  decodeUtf8,
  encodeUtf8,
  sinkTo,
} from '../kernel/index.ts';
import { memoryFileSystem, type MemoryFileSystem } from './files/memory-file-system.ts';
import { createMachine } from './machine.ts';
import type { Machine, NetworkStack, Program } from './program.ts';

/** A machine of its own for tests: an empty network, a clock that the test runs. */
export interface TestMachine {
  readonly clock: VirtualClock;
  readonly files: MemoryFileSystem;
  readonly machine: Machine;
  /** Runs a program to its end (or for a virtual hour) and says what it did. */
  run(program: Program, argv: readonly string[], options?: RunOptions): RunResult;
}

export interface RunOptions {
  readonly stdin?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly workingDirectory?: string;
}

export interface RunResult {
  readonly stdout: string;
  readonly stderr: string;
  /** Undefined when it was still running at the end. */
  readonly code: number | undefined;
  readonly fault: unknown;
}

const hourMs = 3_600_000;

export const noNetwork: NetworkStack = {
  addresses: ['127.0.0.1'],
  *resolve() {
    return 'NXDOMAIN';
  },
  *connect() {
    return 'ENETUNREACH';
  },
  listen: () => 'EACCES',
};

export function testMachine(network: NetworkStack = noNetwork, processLimit = 200): TestMachine {
  const clock = new VirtualClock(Date.UTC(2026, 0, 15, 10, 30));
  const processes = new ProcessTable(clockTurns(clock, 'test'), processLimit);
  const files = memoryFileSystem({ nowMs: () => clock.nowMs });
  const user = { uid: 0, gid: 0, name: 'root', home: '/root' };
  const machine = createMachine({ hostname: 'box', files, processes, network, random: new RandomStream('test'), user });
  for (const path of ['/bin', '/dev', '/etc', '/root', '/tmp', '/usr/bin'])
    files.makeDirectory(path, { parents: true });
  files.makeDevice('/dev/null', 'null');
  return {
    clock,
    files,
    machine,
    run(program, argv, { stdin = '', environment = {}, workingDirectory = '/tmp' } = {}) {
      let [stdout, stderr] = ['', ''];
      const process = processes.spawn({
        argv,
        body: (self) =>
          program({
            process: self,
            argv,
            environment: new Map(Object.entries(environment)),
            workingDirectory,
            stdin: sourceOf(encodeUtf8(stdin)),
            stdout: sinkTo((bytes) => (stdout += decodeUtf8(bytes))),
            stderr: sinkTo((bytes) => (stderr += decodeUtf8(bytes))),
            machine,
          }),
      })!;
      const endMs = clock.nowMs + hourMs;
      while (!process.exit && clock.pending > 0 && clock.nowMs < endMs) clock.step();
      return { stdout, stderr, code: process.exit?.code, fault: process.exit?.fault };
    },
  };
}
