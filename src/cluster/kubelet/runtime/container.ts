/**
 * One container: a file system, a PID namespace and the processes in it.
 * Upstream: what containerd and runc do behind the CRI
 * Differs: memory and CPU limits are not enforced.
 */
import {
  ProcessTable,
  clockTurns,
  decodeUtf8,
  sinkTo,
  type Process,
  type RandomStream,
  type Signal,
  type VirtualClock,
} from '../../../kernel/index.ts';
import type { FileSystem, Machine, MemoryFileSystem } from '../../../shell/index.ts';
import type { ContainerStack } from '../../network/index.ts';
import type { ContainerUser } from '../environment/container-user.ts';
import { ContainerLog, type LogStreamName } from '../logs/container-log.ts';
import { logTail } from '../logs/read-log.ts';
import { ContainerMachine } from './container-machine.ts';
import type { ContainerRecord } from './container-record.ts';
import { findExecutable } from './executable.ts';
import { InputStream } from './input-stream.ts';

/** Everything that is fixed when a container is created. */
export interface ContainerConfig {
  readonly id: string;
  readonly name: string;
  readonly attempt: number;
  readonly requestedImage: string;
  readonly image: string;
  readonly imageID: string;
  readonly hostname: string;
  readonly argv: readonly string[];
  readonly environment: ReadonlyMap<string, string>;
  readonly workingDirectory: string;
  readonly user: ContainerUser;
  readonly stdin: boolean;
  readonly stdinOnce: boolean;
  readonly tty: boolean;
  readonly stopSignal: Signal;
  readonly terminationMessagePath: string;
  readonly terminationMessagePolicy: string;
  /** The image's own files, and where something else is mounted over them. */
  readonly imageFiles: FileSystem;
  readonly mountPaths: readonly string[];
  /** Builds the root file system with everything mounted; called once, when somebody first looks. */
  readonly buildFiles: () => MemoryFileSystem;
  readonly openNetwork: (files: () => FileSystem) => ContainerStack;
}

export interface ContainerHost {
  readonly clock: VirtualClock;
  /** Forked by name only when a program asks for chance. */
  readonly random: RandomStream;
  /** `default/web`, for labels. */
  readonly podName: string;
}

/** Exit codes and texts of what never came to run. */
const startErrorCode = 128;
const terminationMessageLimitBytes = 4096;

export class Container implements ContainerRecord {
  readonly config: ContainerConfig;
  readonly createdMs: number;
  readonly log = new ContainerLog();
  readonly input: InputStream;
  state: 'created' | 'running' | 'exited' = 'created';
  startedMs = 0;
  finishedMs = 0;
  exitCode = 0;
  reason = '';
  message = '';

  readonly #host: ContainerHost;
  readonly #exitListeners: (() => void)[] = [];
  #outputListeners: Set<(stream: LogStreamName, bytes: Uint8Array) => void> | undefined;
  #machine: ContainerMachine | undefined;
  #init: Process | undefined;

  constructor(config: ContainerConfig, host: ContainerHost) {
    this.config = config;
    this.#host = host;
    this.createdMs = host.clock.nowMs;
    this.input = new InputStream(config.stdin);
  }

  get id(): string {
    return this.config.id;
  }
  get name(): string {
    return this.config.name;
  }
  get attempt(): number {
    return this.config.attempt;
  }
  get requestedImage(): string {
    return this.config.requestedImage;
  }
  get image(): string {
    return this.config.image;
  }
  get imageID(): string {
    return this.config.imageID;
  }
  get user(): ContainerUser {
    return this.config.user;
  }

  /** Starts the first process. Gives the runtime's complaint when there is no such program. */
  start(): string | undefined {
    const machine = this.machine;
    const { argv, environment, workingDirectory } = this.config;
    const found = findExecutable(machine, argv[0] ?? '', environment, workingDirectory);
    if ('problem' in found) return this.#failToStart(found.problem);
    const program = found.program;
    this.state = 'running';
    this.startedMs = this.#host.clock.nowMs;
    const init = machine.processes.spawn({
      argv,
      body: (process) =>
        program({
          process,
          argv,
          environment,
          workingDirectory,
          stdin: this.input.source,
          stdout: this.#output('stdout'),
          stderr: this.#output(this.config.tty ? 'stdout' : 'stderr'),
          machine,
        }),
    })!;
    this.#init = init;
    init.onExit(({ code, fault }) => {
      if (fault !== undefined) this.#write('stderr', encodeFault(fault));
      this.#end(code, code === 0 ? 'Completed' : 'Error');
    });
    return undefined;
  }

  /** Sends the signal that asks the image's program to stop, or another one. */
  signal(signal: Signal = this.config.stopSignal): void {
    this.#init?.signal(signal);
  }

  /** The node lost its power: nothing is said to anybody. */
  vanish(): void {
    if (this.state !== 'running') return;
    this.signal('SIGKILL');
    this.exitCode = 255;
    this.reason = 'Unknown';
  }

  onExit(listener: () => void): void {
    if (this.state === 'exited') listener();
    else this.#exitListeners.push(listener);
  }

  /** Output as it is written (`kubectl attach`). Gives back how to stop. */
  onOutput(listener: (stream: LogStreamName, bytes: Uint8Array) => void): () => void {
    const listeners = (this.#outputListeners ??= new Set());
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }

  /** What its programs find around them. Built when first used. */
  get machine(): Machine {
    return (this.#machine ??= this.#makeMachine());
  }

  #makeMachine(): ContainerMachine {
    const { clock, random, podName } = this.#host;
    const processes = new ProcessTable(clockTurns(clock, `process ${podName}/${this.name}`));
    return new ContainerMachine(this.config, processes, random);
  }

  #failToStart(problem: string): string {
    const message =
      'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: ' +
      `unable to start container process: error during container init: ${problem}`;
    this.#end(startErrorCode, 'StartError', message);
    return message;
  }

  #end(code: number, reason: string, message = ''): void {
    const nowMs = this.#host.clock.nowMs;
    this.log.close(nowMs);
    this.state = 'exited';
    this.finishedMs = nowMs;
    this.exitCode = code;
    this.reason = reason;
    this.message = message || this.#terminationMessage();
    this.input.end();
    this.#machine?.network.close();
    // Nothing of the container's own runs on: what it held can go.
    this.#machine = undefined;
    this.#init = undefined;
    this.#outputListeners = undefined;
    for (const listener of this.#exitListeners.splice(0)) listener();
  }

  #terminationMessage(): string {
    const { terminationMessagePath: path, terminationMessagePolicy: policy } = this.config;
    const files = this.#machine?.knownFiles;
    const written = files && path && files.stat(path)?.type === 'file' ? files.read(path) : undefined;
    if (written && written.length > 0) return decodeUtf8(written.subarray(0, terminationMessageLimitBytes));
    return policy === 'FallbackToLogsOnError' && this.exitCode !== 0 ? decodeUtf8(logTail(this.log)) : '';
  }

  #output(stream: LogStreamName) {
    const sink = sinkTo((bytes) => this.#write(stream, bytes));
    return this.config.tty ? { ...sink, terminal: { columns: 80, rows: 24 } } : sink;
  }

  #write(stream: LogStreamName, bytes: Uint8Array): void {
    this.log.write(stream, bytes, this.#host.clock.nowMs);
    for (const listener of this.#outputListeners ?? []) listener(stream, bytes);
  }
}

function encodeFault(fault: unknown): Uint8Array {
  const text = fault instanceof Error ? `${fault.name}: ${fault.message}` : String(fault);
  return Uint8Array.from([...`${text}\n`], (character) => character.charCodeAt(0) & 0x7f);
}
