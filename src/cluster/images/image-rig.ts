import {
  clockTurns,
  decodeUtf8,
  ProcessTable,
  RandomStream,
  sinkTo,
  sourceOf,
  VirtualClock,
  type Process,
} from '../../kernel/index.ts';
import {
  createMachine,
  layeredFileSystem,
  type Machine,
  type MemoryFileSystem,
  type NetworkStack,
} from '../../shell/index.ts';
import { createImageCatalogue } from './index.ts';

/** Runs images in tests as a container runtime does: the command as process 1 over a layer of the image's files. */
export interface ContainerRig {
  readonly clock: VirtualClock;
  readonly machine: Machine;
  readonly files: MemoryFileSystem;
  readonly main: Process;
  readonly logs: { stdout: string; stderr: string };
  /** Runs another command in the container, as exec does, for up to a minute. */
  exec(...argv: string[]): { stdout: string; stderr: string; code: number | undefined };
}

export interface RigOptions {
  readonly network: NetworkStack;
  readonly command?: readonly string[];
  readonly clock?: VirtualClock;
  readonly readOnly?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
  /** Changes files before the start, as a volume would. */
  readonly prepare?: (files: MemoryFileSystem) => void;
}

const catalogue = createImageCatalogue();

export function startContainer(reference: string, options: RigOptions): ContainerRig {
  const lookup = catalogue.lookUp(reference, [8080]);
  if (!lookup.found) throw new Error(`${reference}: ${lookup.reason}`);
  const config = lookup.image.config(lookup.tag);
  const clock = options.clock ?? new VirtualClock(Date.UTC(2026, 0, 15, 10, 30));
  const processes = new ProcessTable(clockTurns(clock, 'container'));
  const user = { uid: 0, gid: 0, name: 'root', home: '/root' };
  const files = layeredFileSystem(lookup.image.files(lookup.tag), {
    nowMs: () => clock.nowMs,
    readOnly: options.readOnly ?? false,
  });
  options.prepare?.(files);
  const random = new RandomStream('container');
  const machine = createMachine({ hostname: 'web-1', files, processes, network: options.network, random, user });
  const environment = new Map(
    Object.entries({ ...config.environment, ...options.environment, HOME: '/root', HOSTNAME: 'web-1' }),
  );

  const start = (argv: readonly string[], output: { stdout: string; stderr: string }): Process => {
    const directories = argv[0]!.includes('/')
      ? ['']
      : environment
          .get('PATH')!
          .split(':')
          .map((directory) => `${directory}/`);
    const path = directories.map((directory) => directory + argv[0]!).find((each) => machine.loadProgram(each));
    if (path === undefined) throw new Error(`exec: "${argv[0]}": executable file not found in $PATH`);
    const program = machine.loadProgram(path)!;
    return processes.spawn({
      argv,
      body: (process) =>
        program({
          process,
          argv,
          environment,
          workingDirectory: config.workingDirectory,
          stdin: sourceOf(),
          stdout: sinkTo((bytes) => (output.stdout += decodeUtf8(bytes))),
          stderr: sinkTo((bytes) => (output.stderr += decodeUtf8(bytes))),
          machine,
        }),
    })!;
  };

  const logs = { stdout: '', stderr: '' };
  const main = start(options.command ?? [...(config.entrypoint ?? []), ...(config.command ?? [])], logs);
  clock.runFor(100);
  return {
    clock,
    machine,
    files,
    main,
    logs,
    exec(...argv) {
      const output = { stdout: '', stderr: '' };
      const process = start(argv, output);
      const endMs = clock.nowMs + 60_000;
      while (!process.exit && clock.pending > 0 && clock.nowMs < endMs) clock.step();
      if (process.exit?.fault) throw process.exit.fault;
      return { ...output, code: process.exit?.code };
    },
  };
}
