import { hashCommands } from './hash-commands.ts';
import { listCommands } from './list-commands.ts';
import { failure, integer, list, ok, bulk, type Reply } from './protocol.ts';
import { many, notAnInteger, rule, type CommandRule, type RedisCommand } from './rule.ts';
import { setCommands } from './set-commands.ts';
import { WrongType, type RedisStore } from './store.ts';
import { stringCommands } from './string-commands.ts';

/** `h?llo`, `h*`, `h[ae]llo` */
function globToRegex(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's');
}

function expire(unitMs: number, isAbsolute: boolean): RedisCommand {
  return (store, [key, amount]) => {
    if (!/^-?\d+$/.test(amount!)) return notAnInteger;
    const atMs = (isAbsolute ? 0 : store.nowMs) + Number(amount) * unitMs;
    return integer(Number(store.expireAt(key!, atMs)));
  };
}

function timeToLive(unitMs: number): RedisCommand {
  return (store, [key]) => {
    if (!store.get(key!)) return integer(-2);
    const expiresMs = store.expiryOf(key!);
    return integer(expiresMs === undefined ? -1 : Math.ceil((expiresMs - store.nowMs) / unitMs));
  };
}

const keyCommands: Readonly<Record<string, CommandRule>> = {
  DEL: rule(1, many, (store, keys) => integer(keys.filter((key) => store.delete(key)).length)),
  UNLINK: rule(1, many, (store, keys) => integer(keys.filter((key) => store.delete(key)).length)),
  EXISTS: rule(1, many, (store, keys) => integer(keys.filter((key) => store.get(key)).length)),
  KEYS: rule(1, 1, (store, [pattern]) => list(store.keys().filter((key) => globToRegex(pattern!).test(key)))),
  SCAN: rule(1, many, (store, args) => {
    const at = args.findIndex((arg) => arg.toUpperCase() === 'MATCH');
    const pattern = globToRegex(at < 0 ? '*' : (args[at + 1] ?? '*'));
    return { kind: 'list', items: [bulk('0'), list(store.keys().filter((key) => pattern.test(key)))] };
  }),
  TYPE: rule(1, 1, (store, [key]) => ({ kind: 'status', text: store.get(key!)?.kind ?? 'none' })),
  EXPIRE: rule(2, 3, expire(1000, false)),
  PEXPIRE: rule(2, 3, expire(1, false)),
  EXPIREAT: rule(2, 3, expire(1000, true)),
  TTL: rule(1, 1, timeToLive(1000)),
  PTTL: rule(1, 1, timeToLive(1)),
  PERSIST: rule(1, 1, (store, [key]) =>
    integer(Number(store.expiryOf(key!) !== undefined && store.expireAt(key!, undefined))),
  ),
  RENAME: rule(2, 2, (store, [from, to]) => {
    const value = store.get(from!);
    if (!value) return failure('ERR no such key');
    const expiresMs = store.expiryOf(from!);
    store.delete(from!);
    store.set(to!, value, expiresMs);
    return ok;
  }),
  DBSIZE: rule(0, 0, (store) => integer(store.keys().length)),
  RANDOMKEY: rule(0, 0, (store) => bulk(store.keys()[0])),
  FLUSHALL: rule(0, 1, (store) => (store.clear(), ok)),
  FLUSHDB: rule(0, 1, (store) => (store.clear(), ok)),
  PING: rule(0, 1, (_, [text]) => (text === undefined ? { kind: 'status', text: 'PONG' } : bulk(text))),
  ECHO: rule(1, 1, (_, [text]) => bulk(text)),
  SELECT: rule(1, 1, (_, [index]) => (/^(?:\d|1[0-5])$/.test(index!) ? ok : failure('ERR DB index is out of range'))),
  TIME: rule(0, 0, (store) => list([String(Math.floor(store.nowMs / 1000)), String((store.nowMs % 1000) * 1000)])),
  COMMAND: rule(0, many, () => ({ kind: 'list', items: [] })),
  CLIENT: rule(1, many, () => ok),
};

const commands = new Map(
  Object.entries({ ...keyCommands, ...stringCommands, ...listCommands, ...hashCommands, ...setCommands }),
);

/** Runs one command. Undefined: there is none of that name. */
export function runCommand(store: RedisStore, [name = '', ...args]: readonly string[]): Reply | undefined {
  const command = commands.get(name.toUpperCase());
  if (!command) return undefined;
  if (args.length < command.least || args.length > command.most) {
    return failure(`ERR wrong number of arguments for '${name.toLowerCase()}' command`);
  }
  try {
    return command.run(store, args);
  } catch (error) {
    if (error instanceof WrongType) return failure('WRONGTYPE Operation against a key holding the wrong kind of value');
    throw error;
  }
}
