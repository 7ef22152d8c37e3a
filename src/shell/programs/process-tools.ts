import {
  signalNumbers,
  sleep,
  waitFor,
  type Process,
  type ProcessExit,
  type Routine,
  type Signal,
} from '../../kernel/index.ts';
import { formatTime } from '../format/strftime.ts';
import { signalNamed } from '../interpreter/builtins/kill.ts';
import { parseOptions, UsageError } from './options.ts';
import { complainCannotRun, findCommand, runCommand, startCommand } from './run-command.ts';
import { durationMs } from './sleep.ts';
import type { Tool } from './tool.ts';

function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}

function stateOf(tool: Tool, process: Process): string {
  return process === tool.context.process ? 'R' : 'S';
}

export function* ps(tool: Tool): Routine<number> {
  const { processes, user } = tool.machine;
  if (!tool.isGnu) {
    yield* tool.print('PID   USER     TIME  COMMAND\n');
    for (const process of processes.list()) {
      const minutes = `${Math.floor(process.cpuMs / 60_000)}:${String(Math.floor(process.cpuMs / 1000) % 60).padStart(2, '0')}`;
      yield* tool.print(
        `${String(process.pid).padStart(5)} ${user.name.padEnd(8)} ${minutes.padStart(5)} ${process.argv.join(' ')}\n`,
      );
    }
    return 0;
  }
  const letters = tool.args.join('').replaceAll('-', '');
  const isUser = /aux|u/.test(letters);
  const isFull = letters.includes('f') && !isUser;
  const showsAll = /[aAex]/.test(letters);
  if (isUser) yield* tool.print('USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND\n');
  else
    yield* tool.print(
      isFull ? 'UID          PID    PPID  C STIME TTY          TIME CMD\n' : '    PID TTY          TIME CMD\n',
    );
  for (const process of processes.list()) {
    const { pid, parentPid, argv, startedMs, cpuMs } = process;
    if (!showsAll && !isUser && process !== tool.context.process && pid !== tool.context.process.parentPid) continue;
    const command = argv.join(' ');
    const started = formatTime('%H:%M', startedMs);
    const share = Math.min(99.9, (cpuMs / Math.max(1, tool.nowMs - startedMs)) * 100).toFixed(1);
    if (isUser) {
      yield* tool.print(
        `${user.name.padEnd(8)} ${String(pid).padStart(7)} ${share.padStart(4)}  0.0      0     0 ?        ${stateOf(tool, process).padEnd(4)} ${started}   ${Math.floor(cpuMs / 60_000)}:${String(Math.floor(cpuMs / 1000) % 60).padStart(2, '0')} ${command}\n`,
      );
    } else if (isFull) {
      yield* tool.print(
        `${user.name.padEnd(8)} ${String(pid).padStart(7)} ${String(parentPid).padStart(7)}  0 ${started} ?        ${clock(cpuMs)} ${command}\n`,
      );
    } else yield* tool.print(`${String(pid).padStart(7)} ?        ${clock(cpuMs)} ${argv[0]!.split('/').at(-1)}\n`);
  }
  return 0;
}

export function* kill(tool: Tool): Routine<number> {
  const args = [...tool.args];
  let signal: Signal | 'test' = 'SIGTERM';
  if (args[0] === '-l') {
    yield* tool.print(
      `${Object.entries(signalNumbers)
        .map(([name, number]) => `${String(number).padStart(2)}) ${name}`)
        .join('\n')}\n`,
    );
    return 0;
  }
  if (args[0] === '-s' || args[0] === '-n') args[1] = `-${args[1] ?? ''}`;
  if (args[0] === '-s' || args[0] === '-n') args.shift();
  if (args[0]?.startsWith('-')) {
    const name = args.shift()!.slice(1);
    const found = signalNamed(name);
    if (!found) {
      yield* tool.complain(tool.isGnu ? `${name}: invalid signal` : `bad signal name '${name}'`);
      return 1;
    }
    signal = found;
  }
  if (args.length === 0) throw new UsageError('no process ID specified');
  let status = 0;
  for (const text of args) {
    const process = /^-?\d+$/.test(text) ? tool.machine.processes.get(Math.abs(Number(text))) : undefined;
    if (process && signal !== 'test') process.signal(signal);
    if (process) continue;
    yield* tool.complain(tool.isGnu ? `(${text}): No such process` : `can't kill pid ${text}: No such process`);
    status = 1;
  }
  return status;
}

function matching(tool: Tool, pattern: string, isFull: boolean, isExact: boolean): readonly Process[] {
  const expression = new RegExp(isExact ? `^(?:${pattern})$` : pattern);
  return tool.machine.processes
    .list()
    .filter((process) => process !== tool.context.process)
    .filter(({ argv }) => expression.test(isFull ? argv.join(' ') : (argv[0]!.split('/').at(-1) ?? '')));
}

export function* pgrep(tool: Tool): Routine<number> {
  const options = parseOptions(tool.args, { flags: 'flaxnoc', valued: 'u' });
  const found = matching(tool, options.operands[0] ?? '', options.has('f'), options.has('x'));
  if (options.has('c')) yield* tool.print(`${found.length}\n`);
  else
    for (const { pid, argv } of found)
      yield* tool.print(
        `${pid}${options.has('l') || options.has('a') ? ` ${options.has('a') ? argv.join(' ') : argv[0]}` : ''}\n`,
      );
  return found.length > 0 ? 0 : 1;
}

export function* pkill(tool: Tool): Routine<number> {
  const signalArg = tool.args.find((arg) => /^-(?:\d+|[A-Z][A-Z0-9]+)$/.test(arg));
  const options = parseOptions(
    tool.args.filter((arg) => arg !== signalArg),
    { flags: 'fxno', valued: 'u' },
  );
  const signal = (signalArg && signalNamed(signalArg.slice(1))) || 'SIGTERM';
  const found = matching(tool, options.operands[0] ?? '', options.has('f'), options.has('x'));
  if (signal !== 'test') for (const process of found) process.signal(signal);
  return found.length > 0 ? 0 : 1;
}

export function* killall(tool: Tool): Routine<number> {
  let status = 0;
  for (const name of tool.args.filter((arg) => !arg.startsWith('-'))) {
    const found = matching(tool, name, false, true);
    for (const process of found) process.signal('SIGTERM');
    if (found.length > 0) continue;
    yield* tool.complain(`${name}: no process ${tool.isGnu ? 'found' : 'killed'}`);
    status = 1;
  }
  return status;
}

/** Runs a command for so long at most. */
export function* timeout(tool: Tool): Routine<number> {
  const options = parseOptions(tool.args, {
    flags: 'v',
    valued: 'sk',
    long: { 'signal:': 's', 'kill-after:': 'k', 'preserve-status': 'p', foreground: 'f' },
    stopsAtOperand: true,
    errorStatus: 125,
  });
  const [limit, ...argv] = options.operands;
  if (limit === undefined || argv.length === 0) throw new UsageError('missing operand', 125);
  const limitMs = durationMs(limit);
  if (limitMs === undefined) throw new UsageError(`invalid time interval ‘${limit}’`, 125);
  const named = signalNamed(options.value('s') ?? 'TERM');
  if (!named || named === 'test') throw new UsageError(`${options.value('s')}: invalid signal`, 125);
  const found = findCommand(tool, argv[0]!);
  if (typeof found !== 'function') {
    yield* complainCannotRun(tool, argv[0]!, found);
    return found.status;
  }
  const child = startCommand(tool, found, argv);
  if (!child) return 125;
  const { turns } = tool.machine.processes;
  const first = yield* waitFor<ProcessExit | 'late'>((resume) => {
    child.onExit(resume);
    return limitMs > 0 && Number.isFinite(limitMs) ? turns.after(limitMs, () => resume('late')) : undefined;
  });
  if (first !== 'late') return first.code;
  const isFinal = named === 'SIGKILL';
  child.signal(named);
  if (isFinal) {
    // GNU timeout goes down with what it kills, so that its caller sees the same death.
    if (tool.isGnu) tool.context.process.signal('SIGKILL');
    yield { kind: 'tick', cpuMs: 0 };
    return 137;
  }
  const graceMs = options.has('k') ? (durationMs(options.value('k')!) ?? 0) : undefined;
  const second = yield* waitFor<ProcessExit | 'late'>((resume) => {
    child.onExit(resume);
    return graceMs === undefined ? undefined : turns.after(graceMs, () => resume('late'));
  });
  if (second === 'late') {
    child.signal('SIGKILL');
    return 137;
  }
  if (options.has('p') || !tool.isGnu) return second.code;
  return 124;
}

/** `time command`, as a program. */
export function* time(tool: Tool): Routine<number> {
  const args = tool.args.filter((arg) => arg !== '-p');
  if (args.length === 0) return 0;
  const startMs = tool.nowMs;
  const exit = yield* runCommand(tool, args);
  const realMs = tool.nowMs - startMs;
  const shown = (ms: number): string =>
    tool.args.includes('-p')
      ? (ms / 1000).toFixed(2)
      : `${Math.floor(ms / 60_000)}m ${((ms % 60_000) / 1000).toFixed(2)}s`;
  yield* tool.printError(`real\t${shown(realMs)}\nuser\t${shown(0)}\nsys\t${shown(0)}\n`);
  return exit.code;
}

/** Runs a command again and again and shows its output on a cleared screen. */
export function* watch(tool: Tool): Routine<number> {
  const options = parseOptions(tool.args, {
    flags: 'tdegcx',
    valued: 'n',
    long: { 'interval:': 'n', 'no-title': 't', differences: 'd' },
    stopsAtOperand: true,
  });
  if (options.operands.length === 0) throw new UsageError('usage: watch [-n SEC] [-t] PROG ARGS');
  const seconds = options.number('n') ?? 2;
  const command = options.operands.join(' ');
  const argv = options.has('x') ? options.operands : ['sh', '-c', command];
  for (;;) {
    yield* tool.print('\u001b[H\u001b[J');
    if (!options.has('t')) {
      const left = `Every ${seconds.toFixed(1)}s: ${command}`;
      const right = formatTime(`${tool.machine.hostname}: %a %b %e %H:%M:%S %Y`, tool.nowMs);
      const columns = tool.context.stdout.terminal?.columns ?? 80;
      yield* tool.print(`${left}${' '.repeat(Math.max(1, columns - left.length - right.length))}${right}\n\n`);
    }
    const exit = yield* runCommand(tool, argv);
    if (exit.signal) return exit.code;
    yield* sleep(tool.machine.processes.turns, seconds * 1000);
  }
}

/** `top -b -n1`. Differs: shows processes and CPU time only; memory is accounted per container, not per process. */
export function* top(tool: Tool): Routine<number> {
  const options = parseOptions(tool.args, { flags: 'bHmc', valued: 'nd' });
  const { processes, user } = tool.machine;
  for (let left = options.number('n') ?? (options.has('b') ? 1 : Number.POSITIVE_INFINITY); left > 0; left--) {
    const list = processes.list().toSorted((a, b) => b.cpuMs - a.cpuMs || a.pid - b.pid);
    yield* tool.print(options.has('b') ? '' : '\u001b[H\u001b[J');
    yield* tool.print(
      `top - ${formatTime('%H:%M:%S', tool.nowMs)}, ${list.length} processes\n\n    PID    PPID USER     STAT     TIME COMMAND\n`,
    );
    for (const process of list) {
      yield* tool.print(
        `${String(process.pid).padStart(7)} ${String(process.parentPid).padStart(7)} ${user.name.padEnd(8)} ${stateOf(tool, process).padEnd(4)} ${clock(process.cpuMs)} ${process.argv.join(' ')}\n`,
      );
    }
    if (left > 1) yield* sleep(processes.turns, (options.number('d') ?? 3) * 1000);
  }
  return 0;
}
