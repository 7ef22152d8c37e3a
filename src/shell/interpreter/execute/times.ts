import type { Shell } from '../state/shell.ts';
import type { Steps } from '../steps.ts';

/** What `time` prints. User time is the CPU the shell itself was given; the kernel here does no work that would count. */
export function* reportTimes(shell: Shell, startedMs: number, isPosix: boolean): Steps<void> {
  const realMs = shell.nowMs - startedMs;
  const userMs = Math.min(realMs, shell.process.cpuMs);
  if (isPosix) {
    const seconds = (ms: number) => (ms / 1000).toFixed(2);
    yield* shell.complainBare(`real ${seconds(realMs)}\nuser ${seconds(userMs)}\nsys 0.00\n`);
  } else {
    yield* shell.complainBare(`\nreal\t${minutes(realMs)}\nuser\t${minutes(userMs)}\nsys\t0m0.000s\n`);
  }
}

export function minutes(ms: number): string {
  return `${Math.floor(ms / 60_000)}m${((ms % 60_000) / 1000).toFixed(3)}s`;
}
