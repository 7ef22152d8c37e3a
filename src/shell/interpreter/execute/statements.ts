import type { AndOr, Pipeline, PipelineNode, Statement } from 'unbash';
import { waitForExit, type Process } from '../../../kernel/index.ts';
import { ExitShell, Interrupted } from '../control-flow.ts';
import { makePipe, Descriptor } from '../state/descriptor.ts';
import type { Shell } from '../state/shell.ts';
import type { Steps } from '../steps.ts';
import { deathNote } from './job-line.ts';
import { runCommandNode } from './command-node.ts';
import { forkShell } from './processes.ts';
import { finishProcessSubstitutions } from './substitution.ts';
import { reportTimes } from './times.ts';
import { runErrorTrap, runPendingTraps } from './traps.ts';
import { deviceSource } from '../../io/devices.ts';

const interruptStatus = 130;

/** Runs statements in order and gives the last one's status. `isLast`: the shell has nothing left to do afterwards. */
export function* runStatements(shell: Shell, statements: readonly Statement[], isLast = false): Steps<number> {
  let status = 0;
  for (const [index, statement] of statements.entries()) {
    yield* shell.spend();
    if (shell.pendingTraps.length > 0) yield* runPendingTraps(shell);
    status = yield* runStatement(shell, statement, isLast && index === statements.length - 1);
    shell.lastStatus = status;
    if (shell.isInterrupted) {
      shell.isInterrupted = false;
      // Only if it died of it: a program that catches SIGINT and goes on keeps the script going, too.
      if (status === interruptStatus) throw new Interrupted();
    }
    if (shell.temporaryFiles.length > 0) yield* finishProcessSubstitutions(shell);
  }
  if (shell.pendingTraps.length > 0) yield* runPendingTraps(shell);
  return status;
}

function* runStatement(shell: Shell, statement: Statement, isLast: boolean): Steps<number> {
  shell.line = shell.unit?.lineAt(statement.pos) ?? shell.line;
  if (shell.options.noexec) return 0;
  if (statement.background) return yield* runInBackground(shell, statement);
  const { command } = statement;
  return command.type === 'AndOr' ? yield* runAndOr(shell, command, isLast) : yield* runChecked(shell, command, isLast);
}

function* runInBackground(shell: Shell, statement: Statement): Steps<number> {
  const text = (shell.unit?.text.slice(statement.pos, statement.end) ?? '').replace(/\s*&\s*$/, '');
  const process = yield* forkShell(shell, {
    argv: text.split(/\s+/),
    prepare(child) {
      // Without job control a background command cannot read what the shell reads, nor be interrupted with it.
      if (shell.isInteractive) return;
      const nothing = deviceSource('null', {
        stdin: child.descriptor(0),
        stdout: child.descriptor(1),
        stderr: child.descriptor(2),
        random: child.machine.random,
      });
      child.descriptors.set(0, new Descriptor({ source: nothing }));
      child.process.handle('SIGINT', 'ignore');
    },
    run: (child) => {
      const { command } = statement;
      return command.type === 'AndOr' ? runAndOr(child, command, true) : runPipelineNode(child, command, true);
    },
  });
  const job = shell.jobs.add([process], text);
  shell.backgroundPid = process.pid;
  if (shell.isInteractive) yield* shell.complainBare(`[${job.number}] ${process.pid}\n`);
  return 0;
}

function* runAndOr(shell: Shell, { commands, operators }: AndOr, isLast: boolean): Steps<number> {
  let status = 0;
  for (const [index, command] of commands.entries()) {
    const operator = operators[index - 1];
    if (operator === '&&' && status !== 0) continue;
    if (operator === '||' && status === 0) continue;
    const isFinal = index === commands.length - 1;
    status = isFinal
      ? yield* runChecked(shell, command, isLast)
      : yield* unchecked(shell, runPipelineNode(shell, command, false));
    shell.lastStatus = status;
  }
  return status;
}

/** Runs something whose failure is an answer, not an accident: `set -e` looks away. */
export function* unchecked(shell: Shell, steps: Steps<number>): Steps<number> {
  shell.unchecked++;
  try {
    return yield* steps;
  } finally {
    shell.unchecked--;
  }
}

const ownCheck = new Set(['If', 'For', 'ArithmeticFor', 'While', 'Case', 'BraceGroup', 'Function', 'Select']);

/** Runs a pipeline and minds `set -e` and the ERR trap. */
function* runChecked(shell: Shell, node: PipelineNode, isLast: boolean): Steps<number> {
  const status = yield* runPipelineNode(shell, node, isLast);
  if (status === 0 || shell.unchecked > 0) return status;
  // What failed inside a loop or a group was minded there; a negated pipeline never counts.
  const type = node.type === 'Redirected' ? node.command.type : node.type;
  if (ownCheck.has(type)) return status;
  if (node.type === 'Pipeline' && isNegated(node)) return status;
  shell.lastStatus = status;
  yield* runErrorTrap(shell);
  if (shell.options.errexit) throw new ExitShell(status);
  return status;
}

function isNegated({ prefixes }: Pipeline): boolean {
  return prefixes.filter((prefix) => prefix.type === 'Negation').length % 2 === 1;
}

export function* runPipelineNode(shell: Shell, node: PipelineNode, isLast: boolean): Steps<number> {
  if (node.type !== 'Pipeline') {
    shell.line = shell.unit?.lineAt(node.pos) ?? shell.line;
    const status = yield* runCommandNode(shell, node, isLast);
    shell.pipeStatus = [status];
    return status;
  }
  const time = node.prefixes.find((prefix) => prefix.type === 'Time');
  const startedMs = shell.nowMs;
  const run = runPipeline(shell, node, isLast && !time);
  const status = isNegated(node) ? yield* unchecked(shell, run) : yield* run;
  if (time) yield* reportTimes(shell, startedMs, time.type === 'Time' && time.posix !== undefined);
  return isNegated(node) ? Number(status === 0) : status;
}

function* runPipeline(shell: Shell, { commands, operators }: Pipeline, isLast: boolean): Steps<number> {
  if (commands.length === 0) return 0;
  if (commands.length === 1) return yield* runPipelineNode(shell, commands[0]!, isLast && !shell.unchecked);
  const processes: Process[] = [];
  let input: Descriptor | undefined;
  for (const [index, command] of commands.entries()) {
    const pipe = index < commands.length - 1 ? makePipe() : undefined;
    pipe?.readEnd.retain();
    pipe?.writeEnd.retain();
    const from = input;
    const redirectsErrors = operators[index] === '|&';
    const process = yield* forkShell(shell, {
      argv: (shell.unit?.text.slice(command.pos, command.end) ?? '').split(/\s+/),
      prepare(child) {
        if (from) child.descriptors.set(0, from);
        if (!pipe) return;
        child.descriptors.set(1, pipe.writeEnd);
        if (redirectsErrors) child.descriptors.set(2, pipe.writeEnd);
      },
      run: (child) => runPipelineNode(child, command, true),
    });
    processes.push(process);
    from?.release();
    pipe?.writeEnd.release();
    input = pipe?.readEnd;
  }
  return yield* awaitPipeline(shell, processes);
}

function* awaitPipeline(shell: Shell, processes: readonly Process[]): Steps<number> {
  shell.foreground = processes;
  try {
    const statuses: number[] = [];
    for (const process of processes) {
      const exit = yield* waitForExit(process);
      if (exit.fault !== undefined) throw exit.fault;
      statuses.push(exit.code);
      const note = process === processes.at(-1) ? deathNote(exit) : undefined;
      if (note !== undefined && shell.isInteractive) yield* shell.complainBare(`${note}\n`);
    }
    shell.pipeStatus = statuses;
    if (!shell.options.pipefail) return statuses.at(-1)!;
    return statuses.findLast((status) => status !== 0) ?? 0;
  } finally {
    shell.foreground = [];
  }
}
