import type { Routine } from '../../kernel/index.ts';
import { groupName, userName } from './accounts.ts';
import { parseOptions, UsageError } from './options.ts';
import { findCommand, runCommand } from './run-command.ts';
import type { Tool } from './tool.ts';

export function* env(tool: Tool): Routine<number> {
  const options = parseOptions(tool.args, {
    flags: 'i0v',
    valued: 'uC',
    long: { 'ignore-environment': 'i', 'unset:': 'u', 'chdir:': 'C' },
    stopsAtOperand: true,
    errorStatus: 125,
  });
  const environment = new Map(options.has('i') || tool.args.includes('-') ? [] : tool.context.environment);
  for (const name of options.values('u')) environment.delete(name);
  const words = [...options.operands];
  while (/^[^=]+=/.test(words[0] ?? '')) {
    const word = words.shift()!;
    const at = word.indexOf('=');
    environment.set(word.slice(0, at), word.slice(at + 1));
  }
  if (words.length === 0) {
    yield* tool.print(
      [...environment].map(([name, value]) => `${name}=${value}${options.has('0') ? '\0' : '\n'}`).join(''),
    );
    return 0;
  }
  return (yield* runCommand(tool, words, { environment })).code;
}

export function* printenv(tool: Tool): Routine<number> {
  const { environment } = tool.context;
  if (tool.args.length === 0) {
    yield* tool.print([...environment].map(([name, value]) => `${name}=${value}\n`).join(''));
    return 0;
  }
  let status = 0;
  for (const name of tool.args) {
    const value = environment.get(name);
    if (value === undefined) status = 1;
    else yield* tool.print(`${value}\n`);
  }
  return status;
}

export function* id(tool: Tool): Routine<number> {
  const options = parseOptions(tool.args, { flags: 'ugnGr', long: { user: 'u', group: 'g', name: 'n', groups: 'G' } });
  const { files, machine } = tool;
  const { uid, gid } = machine.user;
  const user = userName(files, uid);
  const group = groupName(files, gid);
  if (options.has('u')) yield* tool.print(`${options.has('n') ? user : uid}\n`);
  else if (options.has('g') || options.has('G')) yield* tool.print(`${options.has('n') ? group : gid}\n`);
  else {
    const named = (value: number, name: string): string => (name === String(value) ? name : `${value}(${name})`);
    yield* tool.print(`uid=${named(uid, user)} gid=${named(gid, group)} groups=${named(gid, group)}\n`);
  }
  return 0;
}

export function* whoami(tool: Tool): Routine<number> {
  const { uid } = tool.machine.user;
  const name = userName(tool.files, uid);
  if (name === String(uid)) {
    yield* tool.complain(tool.isGnu ? `cannot find name for user ID ${uid}` : `unknown uid ${uid}`);
    return 1;
  }
  yield* tool.print(`${name}\n`);
  return 0;
}

export function* hostname(tool: Tool): Routine<number> {
  const options = parseOptions(tool.args, { flags: 'iIsfd' });
  if (options.operands.length > 0) {
    yield* tool.complain(
      tool.isGnu ? 'you must be root to change the host name' : 'sethostname: Operation not permitted',
    );
    return 1;
  }
  if (options.has('i') || options.has('I'))
    yield* tool.print(`${tool.machine.network.addresses.join(' ')}${options.has('I') ? ' ' : ''}\n`);
  else yield* tool.print(`${options.has('s') ? tool.machine.hostname.split('.')[0] : tool.machine.hostname}\n`);
  return 0;
}

export function* uname(tool: Tool): Routine<number> {
  const options = parseOptions(tool.args, { flags: 'asnrvmpio' });
  const all = options.has('a');
  const fields: readonly (readonly [string, string])[] = [
    ['s', 'Linux'],
    ['n', tool.machine.hostname],
    ['r', '6.8.0'],
    ['v', '#1 SMP PREEMPT_DYNAMIC'],
    ['m', 'x86_64'],
    ['o', tool.isGnu ? 'GNU/Linux' : 'Linux'],
  ];
  const wanted = fields.filter(([letter]) => all || options.has(letter));
  yield* tool.print(`${(wanted.length > 0 ? wanted : [fields[0]!]).map(([, text]) => text).join(' ')}\n`);
  return 0;
}

export function* which(tool: Tool): Routine<number> {
  const options = parseOptions(tool.args, { flags: 'a' });
  let status = 0;
  for (const name of options.operands) {
    const paths = name.includes('/')
      ? [name]
      : (tool.context.environment.get('PATH') ?? '').split(':').map((directory) => `${directory}/${name}`);
    const found = paths.filter(
      (path) => tool.files.stat(tool.path(path))?.type === 'file' && tool.files.mayAccess(tool.path(path), 'execute'),
    );
    if (found.length === 0) status = 1;
    for (const path of options.has('a') ? found : found.slice(0, 1)) yield* tool.print(`${path}\n`);
  }
  return status;
}

export function* nohup(tool: Tool): Routine<number> {
  if (tool.args.length === 0) throw new UsageError('missing operand', 125);
  tool.context.process.handle('SIGHUP', 'ignore');
  if (tool.context.stdout.terminal) yield* tool.complain('ignoring input');
  const found = findCommand(tool, tool.args[0]!);
  if (typeof found !== 'function') return (yield* runCommand(tool, tool.args)).code;
  tool.context.process.argv = tool.args;
  return yield* found({ ...tool.context, argv: tool.args });
}

export function* tty(tool: Tool): Routine<number> {
  const isTerminal = tool.context.stdout.terminal !== undefined;
  yield* tool.print(isTerminal ? '/dev/pts/0\n' : 'not a tty\n');
  return isTerminal ? 0 : 1;
}

/** What the scheduler would offer; a machine here does not know its share of the node. */
export function* nproc(tool: Tool): Routine<number> {
  yield* tool.print('1\n');
  return 0;
}
