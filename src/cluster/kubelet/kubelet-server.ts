import type { ByteSource, ByteSink } from '../../kernel/index.ts';

/**
 * What the API server asks of a kubelet: logs, exec, attach, port-forward.
 * Upstream: pkg/kubelet/server/server.go. Refusals are thrown ApiErrors.
 */
export interface KubeletServer {
  logs(request: LogRequest): LogStream;
  exec(request: ExecRequest): RemoteProcess;
  attach(request: AttachRequest): RemoteProcess;
  /** One TCP connection to a port of a pod: bytes both ways; undefined when nothing listens there. */
  portForward(podUid: string, port: number): { readonly source: ByteSource; readonly sink: ByteSink } | undefined;
}

export interface LogRequest {
  readonly podUid: string;
  readonly container: string;
  readonly previous: boolean;
  readonly follow: boolean;
  readonly timestamps: boolean;
  readonly tailLines?: number;
  readonly sinceMs?: number;
  readonly limitBytes?: number;
}

/** Plain callbacks: the reader is outside the simulator. */
export interface LogStream {
  /** `take` gets what is there at once, then, when following, every further piece; `end` once. Returns how to stop. */
  start(take: (bytes: Uint8Array) => void, end: () => void): () => void;
}

export interface ExecRequest {
  readonly podUid: string;
  readonly container: string;
  readonly command: readonly string[];
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
  readonly tty: boolean;
}

export type AttachRequest = Omit<ExecRequest, 'command'>;

/** A process in a container with its streams led outside. All callbacks are plain and synchronous. */
export interface RemoteProcess {
  write(bytes: Uint8Array): void;
  closeStdin(): void;
  resize(columns: number, rows: number): void;
  onOutput(take: (stream: 'stdout' | 'stderr', bytes: Uint8Array) => void): void;
  /** `code` 0 is success; `error` is set when it could not be started at all: the text of the API server's InternalError. */
  onExit(ended: (exit: { readonly code: number; readonly error?: string }) => void): void;
  /** The caller hung up. */
  disconnect(): void;
}
