import type { ProcessExit } from '../../../kernel/index.ts';
import type { Job } from '../state/jobs.ts';
import type { Shell } from '../state/shell.ts';

const deathNotes: Readonly<Record<string, string>> = {
  SIGHUP: 'Hangup',
  SIGQUIT: 'Quit',
  SIGKILL: 'Killed',
  SIGUSR1: 'User defined signal 1',
  SIGSEGV: 'Segmentation fault',
  SIGUSR2: 'User defined signal 2',
  SIGALRM: 'Alarm clock',
  SIGTERM: 'Terminated',
};

/** bash's word for a death by signal; nothing for SIGINT and SIGPIPE. */
export function deathNote(exit: ProcessExit): string | undefined {
  return exit.signal && deathNotes[exit.signal];
}

/** A job's line, as `jobs` and the prompt show it. */
export function jobLine(shell: Shell, job: Job, options: { readonly withPid?: boolean } = {}): string {
  const mark = job === shell.jobs.current ? '+' : job === shell.jobs.previous ? '-' : ' ';
  const pid = options.withPid ? `${job.processes.at(-1)!.pid} ` : '';
  const state = stateOf(job);
  const tail = state === 'Running' ? ' &' : '';
  return `[${job.number}]${mark}  ${pid}${state.padEnd(22)}  ${job.text}${tail}`;
}

function stateOf({ exit, isStopped }: Job): string {
  if (isStopped) return 'Stopped';
  if (!exit) return 'Running';
  const note = deathNote(exit);
  if (note !== undefined) return note;
  return exit.code === 0 ? 'Done' : `Exit ${exit.code}`;
}
