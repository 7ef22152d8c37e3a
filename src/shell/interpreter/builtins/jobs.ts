import { waitFor, waitForExit } from '../../../kernel/index.ts';
import { ShellError, TrapPending } from '../control-flow.ts';
import { jobLine } from '../execute/job-line.ts';
import type { Job } from '../state/jobs.ts';
import type { Shell } from '../state/shell.ts';
import type { Steps } from '../steps.ts';

export function* jobs(shell: Shell, [, ...options]: readonly string[]): Steps<number> {
  for (const job of shell.jobs.list) {
    if (options.includes('-r') && job.exit) continue;
    if (options.includes('-p')) yield* shell.print(`${job.processes.at(-1)!.pid}\n`);
    else yield* shell.print(`${jobLine(shell, job, { withPid: options.includes('-l') })}\n`);
    if (job.exit) shell.jobs.remove(job);
  }
  return 0;
}

function find(shell: Shell, spec: string | undefined): Job {
  const job = spec === undefined ? shell.jobs.current : shell.jobs.bySpec(spec.startsWith('%') ? spec : `%${spec}`);
  if (!job) throw new ShellError(`${spec ?? 'current'}: no such job`, { isFatal: false });
  return job;
}

export function* foreground(shell: Shell, [, spec]: readonly string[]): Steps<number> {
  const job = find(shell, spec);
  yield* shell.print(`${job.text}\n`);
  for (const process of job.processes) process.signal('SIGCONT');
  job.isStopped = false;
  shell.foreground = job.processes;
  try {
    const exit = yield* waitForExit(job.processes.at(-1)!);
    shell.jobs.remove(job);
    return exit.code;
  } finally {
    shell.foreground = [];
  }
}

export function* background(shell: Shell, [, spec]: readonly string[]): Steps<number> {
  const job = find(shell, spec);
  for (const process of job.processes) process.signal('SIGCONT');
  job.isStopped = false;
  yield* shell.print(`[${job.number}]+ ${job.text} &\n`);
  return 0;
}

export function* disown(shell: Shell, [, spec]: readonly string[]): Steps<number> {
  shell.jobs.remove(find(shell, spec));
  return 0;
}

export function* wait(shell: Shell, [, ...words]: readonly string[]): Steps<number> {
  shell.isInterruptible = true;
  try {
    if (words[0] === '-n') return yield* waitForNext(shell);
    if (words.length === 0) {
      for (const job of shell.jobs.list) {
        yield* waitForExit(job.processes.at(-1)!);
        shell.jobs.remove(job);
      }
      return 0;
    }
    let status = 0;
    for (const word of words) status = yield* waitForOne(shell, word);
    return status;
  } catch (thrown) {
    // A trapped signal ends the wait; its number shows in the status.
    if (thrown instanceof TrapPending) return 128 + 15;
    throw thrown;
  } finally {
    shell.isInterruptible = false;
  }
}

function* waitForOne(shell: Shell, word: string): Steps<number> {
  if (word.startsWith('%')) {
    const job = find(shell, word);
    const exit = yield* waitForExit(job.processes.at(-1)!);
    shell.jobs.remove(job);
    return exit.code;
  }
  if (!/^\d+$/.test(word)) {
    yield* shell.complain(`\`${word}': not a pid or valid job spec`, 'wait');
    return 1;
  }
  const job = shell.jobs.byPid(Number(word));
  if (!job) {
    const known = shell.jobs.statusOf(Number(word));
    if (known !== undefined) return known;
    if (shell.personality.id === 'bash') yield* shell.complain(`pid ${word} is not a child of this shell`, 'wait');
    return 127;
  }
  const exit = yield* waitForExit(job.processes.at(-1)!);
  shell.jobs.remove(job);
  return exit.code;
}

function* waitForNext(shell: Shell): Steps<number> {
  const { list } = shell.jobs;
  if (list.length === 0) return 127;
  const ended = yield* waitFor<Job>((resume) => {
    for (const job of list) job.processes.at(-1)!.onExit(() => resume(job));
  });
  shell.jobs.remove(ended);
  return ended.exit?.code ?? 0;
}
