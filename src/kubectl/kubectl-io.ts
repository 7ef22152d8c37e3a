import type { KubeApi } from '../client/index.ts';

/** Where kubectl writes to. */
export interface KubectlOutput {
  write(content: string | Uint8Array): void;
  /** Columns and rows, when it is a terminal. */
  readonly terminal?: { readonly columns: number; readonly rows: number };
  /** Calls back when the terminal's size changes. */
  onResize?(listener: () => void): () => void;
}

/** Where kubectl reads from. */
export interface KubectlInput {
  /** The next bytes; undefined at the end. */
  read(): Promise<Uint8Array | undefined>;
  readonly isTerminal: boolean;
  /** Every key as it is typed, without echo: for what runs in a container with a terminal. */
  setRaw?(isRaw: boolean): void;
}

export interface FileEntry {
  readonly name: string;
  readonly isDirectory: boolean;
}

export interface FileStat {
  readonly isDirectory: boolean;
  /** Whether anybody may execute it; unknown where files have no modes. */
  readonly isExecutable?: boolean;
}

/**
 * The files kubectl sees. Paths may be relative to the working directory. Failures throw an Error whose message is the
 * system's text alone, e.g. `no such file or directory` as Go words it.
 */
export interface KubectlFiles {
  read(path: string): Promise<Uint8Array>;
  write(path: string, content: string | Uint8Array, mode?: number): Promise<void>;
  /** Undefined when there is nothing. */
  stat(path: string): Promise<FileStat | undefined>;
  /** Sorted by name. */
  list(path: string): Promise<readonly FileEntry[]>;
  makeDirectory(path: string): Promise<void>;
  remove(path: string): Promise<void>;
}

/** Time as the cluster counts it, so that ages and timeouts follow virtual time. */
export interface KubectlClock {
  /** Milliseconds since 1970. */
  nowMs(): number;
  /** Rejects with the signal's reason when it is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** A port of the workstation that kubectl listens on. */
export interface LocalListener {
  readonly port: number;
  /** The next connection; undefined when the listener was closed. */
  accept(): Promise<LocalConnection | undefined>;
  close(): void;
}

export interface LocalConnection {
  /** The next bytes; undefined at the end. */
  read(): Promise<Uint8Array | undefined>;
  write(bytes: Uint8Array): Promise<void>;
  close(): void;
}

/** Everything around one run of kubectl. */
export interface KubectlIo {
  readonly api: KubeApi;
  readonly stdin: KubectlInput;
  readonly stdout: KubectlOutput;
  readonly stderr: KubectlOutput;
  readonly files: KubectlFiles;
  readonly clock: KubectlClock;
  readonly environment: ReadonlyMap<string, string>;
  /** Ctrl-C. */
  readonly signal: AbortSignal;
  /** Runs another program in the foreground (an editor, diff) and gives back its exit status. */
  run(argv: readonly string[]): Promise<number>;
  /** What of the server's discovery is kept between runs. */
  readonly discoveryCache?: Map<string, unknown>;
  /** Whether anybody listens at a kubeconfig's server address; without it, every address is taken to be `api`. */
  reaches?(server: string): boolean;
  /** Listens on a port (0: any). Rejects with an Error in Go's words, e.g. `address already in use`. */
  listen?(address: string, port: number): Promise<LocalListener>;
}
