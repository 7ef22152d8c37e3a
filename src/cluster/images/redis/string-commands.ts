import { bulk, failure, integer, nil, ok, type Reply } from './protocol.ts';
import { many, notAnInteger, rule, type CommandRule } from './rule.ts';
import type { RedisStore } from './store.ts';

function addTo(store: RedisStore, key: string, amount: number): Reply {
  const text = store.as(key, 'string')?.text ?? '0';
  if (!/^-?\d+$/.test(text) || !Number.isSafeInteger(amount)) return notAnInteger;
  const value = Number(text) + amount;
  store.set(key, { kind: 'string', text: String(value) }, store.expiryOf(key));
  return integer(value);
}

function setWithOptions(store: RedisStore, [key, text, ...options]: readonly string[]): Reply {
  const existing = store.get(key!);
  const words = options.map((option) => option.toUpperCase());
  const before = words.includes('GET') ? bulk(store.as(key!, 'string')?.text) : undefined;
  if ((words.includes('NX') && existing) || (words.includes('XX') && !existing)) return before ?? nil;
  let expiresMs = words.includes('KEEPTTL') ? store.expiryOf(key!) : undefined;
  for (const [word, unitMs] of [
    ['EX', 1000],
    ['PX', 1],
  ] as const) {
    const at = words.indexOf(word);
    if (at < 0) continue;
    if (!/^\d+$/.test(words[at + 1] ?? ''))
      return words[at + 1] === undefined ? failure('ERR syntax error') : notAnInteger;
    if (Number(words[at + 1]) === 0) return failure("ERR invalid expire time in 'set' command");
    expiresMs = store.nowMs + Number(words[at + 1]) * unitMs;
  }
  store.set(key!, { kind: 'string', text: text! }, expiresMs);
  return before ?? ok;
}

function whole(text: string | undefined): number {
  return text !== undefined && /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
}

export const stringCommands: Readonly<Record<string, CommandRule>> = {
  GET: rule(1, 1, (store, [key]) => bulk(store.as(key!, 'string')?.text)),
  SET: rule(2, many, setWithOptions),
  SETNX: rule(2, 2, (store, [key, text]) => {
    if (store.get(key!)) return integer(0);
    store.set(key!, { kind: 'string', text: text! });
    return integer(1);
  }),
  SETEX: rule(3, 3, (store, [key, seconds, text]) => setWithOptions(store, [key!, text!, 'EX', seconds!])),
  GETSET: rule(2, 2, (store, [key, text]) => setWithOptions(store, [key!, text!, 'GET'])),
  GETDEL: rule(1, 1, (store, [key]) => {
    const value = store.as(key!, 'string')?.text;
    store.delete(key!);
    return bulk(value);
  }),
  MGET: rule(1, many, (store, keys) => ({
    kind: 'list',
    items: keys.map((key) => {
      const value = store.get(key);
      return bulk(value?.kind === 'string' ? value.text : undefined);
    }),
  })),
  MSET: rule(2, many, (store, pairs) => {
    if (pairs.length % 2 === 1) return failure("ERR wrong number of arguments for 'mset' command");
    for (let index = 0; index < pairs.length; index += 2)
      store.set(pairs[index]!, { kind: 'string', text: pairs[index + 1]! });
    return ok;
  }),
  INCR: rule(1, 1, (store, [key]) => addTo(store, key!, 1)),
  DECR: rule(1, 1, (store, [key]) => addTo(store, key!, -1)),
  INCRBY: rule(2, 2, (store, [key, amount]) => addTo(store, key!, whole(amount))),
  DECRBY: rule(2, 2, (store, [key, amount]) => addTo(store, key!, -whole(amount))),
  APPEND: rule(2, 2, (store, [key, text]) => {
    const made = (store.as(key!, 'string')?.text ?? '') + text!;
    store.set(key!, { kind: 'string', text: made }, store.expiryOf(key!));
    return integer(made.length);
  }),
  STRLEN: rule(1, 1, (store, [key]) => integer(store.as(key!, 'string')?.text.length ?? 0)),
  GETRANGE: rule(3, 3, (store, [key, from, to]) => {
    const text = store.as(key!, 'string')?.text ?? '';
    const [start, end] = spanOf(text.length, whole(from), whole(to));
    return bulk(text.slice(start, end));
  }),
};

/** Redis's ranges include their end, and count from behind when negative. */
export function spanOf(length: number, from: number, to: number): [number, number] {
  const start = Math.max(0, from < 0 ? length + from : from);
  const end = (to < 0 ? length + to : to) + 1;
  return [start, Math.max(start, Math.min(length, end))];
}
