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
/** Up to here the buffer grows in small steps. */
const smallBytes = 4096;
const stepBytes = 256;

export type LogStreamName = 'stdout' | 'stderr';

export interface LogLine {
  /** Virtual time in milliseconds since 1970, with a fraction. */
  readonly atMs: number;
  readonly stream: LogStreamName;
  /** With its newline, where it has one. */
  readonly bytes: Uint8Array;
}

/**
 * All lines are in one growing buffer with their ends and times beside it: thousands of idle containers each keep a
 * few lines, and a small object for each line would cost more than the line.
 */
export class ContainerLog {
  #buffer = new Uint8Array(0);
  #ends: number[] = [];
  /** The time of each line; negative for stderr. */
  #times: number[] = [];
  #isClosed = false;
  /** The beginning of a line whose end has not been written yet. */
  #unfinished: Partial<Record<LogStreamName, Uint8Array>> | undefined;
  #followers: Set<{ line(line: LogLine): void; end(): void }> | undefined;

  /** The last `count` lines, oldest first. */
  last(count: number): readonly LogLine[] {
    const first = Math.max(0, this.#ends.length - count);
    return Array.from({ length: this.#ends.length - first }, (_, index) => this.#line(first + index));
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  write(stream: LogStreamName, bytes: Uint8Array, atMs: number): void {
    let from = 0;
    for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, from)) {
      this.#finish(stream, bytes.subarray(from, end + 1), atMs);
      from = end + 1;
    }
    if (from === bytes.length) return;
    const begin = this.#unfinished?.[stream];
    const rest = begin ? concatBytes([begin, bytes.subarray(from)]) : bytes.slice(from);
    delete this.#unfinished?.[stream];
    if (rest.length < lineLimitBytes) this.#unfinished = { ...this.#unfinished, [stream]: rest };
    else this.#append(stream, rest, atMs);
  }

  /** The container is gone: what it left without a newline is a line, too. */
  close(atMs: number): void {
    for (const stream of ['stdout', 'stderr'] as const) {
      const bytes = this.#unfinished?.[stream];
      if (bytes) this.#append(stream, bytes, atMs);
    }
    this.#unfinished = undefined;
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
    const begin = this.#unfinished?.[stream];
    if (begin) delete this.#unfinished?.[stream];
    this.#append(stream, begin ? concatBytes([begin, end]) : end, atMs);
  }

  #append(stream: LogStreamName, bytes: Uint8Array, atMs: number): void {
    let start = this.#ends.at(-1) ?? 0;
    if (start + bytes.length > capacityBytes) {
      this.#buffer = new Uint8Array(0);
      this.#ends = [];
      this.#times = [];
      start = 0;
    }
    const end = start + bytes.length;
    if (end > this.#buffer.length) {
      const roomier = new Uint8Array(roomFor(end));
      roomier.set(this.#buffer);
      this.#buffer = roomier;
    }
    this.#buffer.set(bytes, start);
    this.#ends.push(end);
    this.#times.push(stream === 'stderr' ? -atMs : atMs);
    if (!this.#followers) return;
    const line = this.#line(this.#ends.length - 1);
    for (const follower of this.#followers) follower.line(line);
  }

  #line(index: number): LogLine {
    const time = this.#times[index]!;
    return {
      atMs: Math.abs(time),
      stream: time < 0 ? 'stderr' : 'stdout',
      bytes: this.#buffer.subarray(index === 0 ? 0 : this.#ends[index - 1]!, this.#ends[index]!),
    };
  }
}

/** Half as much again, so that writing a line costs its length; close to what is needed while the log is short, as most are. */
function roomFor(bytes: number): number {
  return Math.min(
    capacityBytes,
    bytes < smallBytes ? Math.ceil(bytes / stepBytes) * stepBytes : Math.ceil(bytes * 1.5),
  );
}
