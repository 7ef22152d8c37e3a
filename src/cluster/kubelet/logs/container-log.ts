/**
 * What a container wrote, line by line with the time of each: the file that containerd keeps and `kubectl logs` reads.
 * Upstream: containerd internal/cri/io/logger.go, pkg/kubelet/logs/container_log_manager.go
 * Differs: when the file is full it starts anew at once; upstream looks every 10 s and keeps four older files, which `kubectl logs` does not read either.
 */
import { concatBytes } from '../../../kernel/index.ts';

/** containerLogMaxSize. */
const capacityBytes = 10 * 1024 * 1024;
/** A line that is longer is cut into pieces, each a line of its own (containerd's max_container_log_line_size). */
const lineLimitBytes = 16 * 1024;
const newline = 10;

export type LogStreamName = 'stdout' | 'stderr';

export interface LogLine {
  /** Virtual time in milliseconds since 1970, with a fraction. */
  readonly atMs: number;
  readonly stream: LogStreamName;
  /** With its newline, where it has one. */
  readonly bytes: Uint8Array;
}

export class ContainerLog {
  #lines: LogLine[] = [];
  #bytes = 0;
  #isClosed = false;
  /** The beginning of a line whose end has not been written yet. */
  readonly #unfinished: Partial<Record<LogStreamName, Uint8Array>> = {};
  #followers: Set<{ line(line: LogLine): void; end(): void }> | undefined;

  get lines(): readonly LogLine[] {
    return this.#lines;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  write(stream: LogStreamName, bytes: Uint8Array, atMs: number): void {
    let from = 0;
    for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, from)) {
      this.#finish(stream, bytes.slice(from, end + 1), atMs);
      from = end + 1;
    }
    if (from === bytes.length) return;
    const rest = concatBytes([this.#unfinished[stream] ?? new Uint8Array(0), bytes.slice(from)]);
    delete this.#unfinished[stream];
    if (rest.length < lineLimitBytes) this.#unfinished[stream] = rest;
    else this.#append({ atMs, stream, bytes: rest });
  }

  /** The container is gone: what it left without a newline is a line, too. */
  close(atMs: number): void {
    for (const stream of ['stdout', 'stderr'] as const) {
      const bytes = this.#unfinished[stream];
      if (bytes) this.#append({ atMs, stream, bytes });
      delete this.#unfinished[stream];
    }
    this.#isClosed = true;
    for (const follower of this.#followers ?? []) follower.end();
    this.#followers = undefined;
  }

  /** Tells of every further line until the container ends. Gives back how to stop. */
  follow(line: (line: LogLine) => void, end: () => void): () => void {
    if (this.#isClosed) {
      end();
      return () => {};
    }
    const follower = { line, end };
    this.#followers ??= new Set();
    this.#followers.add(follower);
    return () => void this.#followers?.delete(follower);
  }

  #finish(stream: LogStreamName, end: Uint8Array, atMs: number): void {
    const begin = this.#unfinished[stream];
    delete this.#unfinished[stream];
    this.#append({ atMs, stream, bytes: begin ? concatBytes([begin, end]) : end });
  }

  #append(line: LogLine): void {
    if (this.#bytes + line.bytes.length > capacityBytes) {
      this.#lines = [];
      this.#bytes = 0;
    }
    this.#lines.push(line);
    this.#bytes += line.bytes.length;
    for (const follower of this.#followers ?? []) follower.line(line);
  }
}
