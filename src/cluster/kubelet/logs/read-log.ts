/**
 * `kubectl logs`: which lines, with or without their times, and how much of them.
 * Upstream: pkg/kubelet/kuberuntime/logs/logs.go
 */
import { concatBytes, encodeUtf8 } from '../../../kernel/index.ts';
import type { LogRequest, LogStream } from '../kubelet-server.ts';
import type { ContainerLog, LogLine } from './container-log.ts';

type Options = Pick<LogRequest, 'follow' | 'timestamps' | 'tailLines' | 'sinceMs' | 'limitBytes'>;

export function readLog(log: ContainerLog, options: Options): LogStream {
  return {
    start(take, end) {
      let leftBytes = options.limitBytes ?? Number.POSITIVE_INFINITY;
      let stop = () => {};
      let isOver = false;
      const finish = () => {
        if (isOver) return;
        isOver = true;
        stop();
        end();
      };
      const give = (bytes: Uint8Array) => {
        if (isOver) return;
        if (bytes.length > 0) take(bytes.length > leftBytes ? bytes.subarray(0, leftBytes) : bytes);
        leftBytes -= bytes.length;
        if (leftBytes <= 0) finish();
      };
      const chosen = choose(log, options).map((line) => format(line, options.timestamps));
      if (chosen.length > 0) give(concatBytes(chosen).slice());
      if (!options.follow) finish();
      else if (!isOver) stop = log.follow((line) => give(format(line, options.timestamps)), finish);
      return () => {
        isOver = true;
        stop();
      };
    },
  };
}

function choose(log: ContainerLog, { tailLines, sinceMs }: Options): readonly LogLine[] {
  const tail = log.last(tailLines ?? Number.POSITIVE_INFINITY);
  return sinceMs === undefined ? tail : tail.filter((line) => line.atMs >= sinceMs);
}

function format({ atMs, bytes }: LogLine, withTime: boolean): Uint8Array {
  return withTime ? concatBytes([encodeUtf8(`${rfc3339Nano(atMs)} `), bytes]) : bytes;
}

/** `2026-01-02T03:04:05.123456789Z` */
export function rfc3339Nano(ms: number): string {
  const whole = Math.floor(ms);
  const nanoseconds = Math.floor((ms - whole) * 1_000_000);
  return `${new Date(whole).toISOString().slice(0, 23)}${String(nanoseconds).padStart(6, '0')}Z`;
}

/** The end of a log as a termination message: 80 lines or 2 KiB at most. */
export function logTail(log: ContainerLog): Uint8Array {
  const limitBytes = 2048;
  const all = concatBytes(log.last(80).map((line) => line.bytes));
  return all.length > limitBytes ? all.subarray(all.length - limitBytes) : all;
}
