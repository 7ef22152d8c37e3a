import type { ByteSink, ByteSource, Process, ProcessTable, RandomStream, Routine } from '../kernel/index.ts';
import type { FileSystem } from './file-system.ts';

/**
 * A program: what runs when a command is executed, in the learner's terminal or inside a container. Core utilities,
 * the shell itself and the servers of the image catalogue (nginx, redis) are all programs. The routine's value is the exit code.
 */
export type Program = (context: ProgramContext) => Routine<number>;

export interface ProgramContext {
  readonly process: Process;
  /** argv[0] is the name it was called by. */
  readonly argv: readonly string[];
  readonly environment: ReadonlyMap<string, string>;
  readonly workingDirectory: string;
  readonly stdin: ByteSource;
  readonly stdout: ByteSink;
  readonly stderr: ByteSink;
  readonly machine: Machine;
}

/** What a program finds around it: a container, a node, or the learner's workstation. */
export interface Machine {
  readonly hostname: string;
  readonly files: FileSystem;
  readonly processes: ProcessTable;
  readonly network: NetworkStack;
  /** Its own stream: programs that need chance draw here. */
  readonly random: RandomStream;
  /** The user programs run as. */
  readonly user: { readonly uid: number; readonly gid: number; readonly name: string; readonly home: string };
  /**
   * The program behind an executable file: the file itself names it (see `FileNode.program`), or its `#!` line does.
   * Undefined when the path is no executable file.
   */
  loadProgram(path: string): Program | undefined;
}

/** Sockets as a program sees them. Errors are values named as in errno, for programs to word as they do in life. */
export interface NetworkStack {
  /** Own addresses, the first is the main one. */
  readonly addresses: readonly string[];
  /** A and AAAA lookup as getaddrinfo does it: /etc/hosts, then the resolver of /etc/resolv.conf with its search list. */
  resolve(name: string): Routine<readonly string[] | ResolveError>;
  connect(address: string, port: number, options?: { readonly timeoutMs?: number }): Routine<Connection | ConnectErrno>;
  /** Listens on a TCP port. `address` is `0.0.0.0` or `127.0.0.1`. */
  listen(port: number, address?: string): Listener | 'EADDRINUSE' | 'EACCES';
}

export type ResolveError = 'NXDOMAIN' | 'SERVFAIL' | 'TIMEOUT';
export type ConnectErrno = 'ECONNREFUSED' | 'EHOSTUNREACH' | 'ENETUNREACH' | 'ETIMEDOUT' | 'ECONNRESET';

export interface Listener {
  readonly port: number;
  /** The next connection; undefined when the listener was closed. */
  accept(): Routine<Connection | undefined>;
  close(): void;
}

/** A TCP connection: bytes both ways. */
export interface Connection extends ByteSource, ByteSink {
  readonly localAddress: string;
  readonly localPort: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
  /** Closes both directions. */
  close(): void;
  /** Closes the sending direction only. */
  shutdown(): void;
}
