import { bulk, failure, integer, list, ok, type Reply } from './protocol.ts';
import { many, notAnInteger, rule, type CommandRule } from './rule.ts';
import type { RedisStore } from './store.ts';

function reach(store: RedisStore, key: string): Map<string, string> {
  const existing = store.as(key, 'hash');
  if (existing) return existing.fields;
  const fields = new Map<string, string>();
  store.set(key, { kind: 'hash', fields });
  return fields;
}

function setFields(store: RedisStore, [key, ...pairs]: readonly string[], command: string): Reply | number {
  if (pairs.length % 2 === 1) return failure(`ERR wrong number of arguments for '${command}' command`);
  const fields = reach(store, key!);
  let added = 0;
  for (let index = 0; index < pairs.length; index += 2) {
    if (!fields.has(pairs[index]!)) added++;
    fields.set(pairs[index]!, pairs[index + 1]!);
  }
  return added;
}

export const hashCommands: Readonly<Record<string, CommandRule>> = {
  HSET: rule(3, many, (store, args) => {
    const added = setFields(store, args, 'hset');
    return typeof added === 'number' ? integer(added) : added;
  }),
  HMSET: rule(3, many, (store, args) => {
    const added = setFields(store, args, 'hmset');
    return typeof added === 'number' ? ok : added;
  }),
  HGET: rule(2, 2, (store, [key, field]) => bulk(store.as(key!, 'hash')?.fields.get(field!))),
  HMGET: rule(2, many, (store, [key, ...names]) => {
    const fields = store.as(key!, 'hash')?.fields;
    return { kind: 'list', items: names.map((name) => bulk(fields?.get(name))) };
  }),
  HGETALL: rule(1, 1, (store, [key]) => list([...(store.as(key!, 'hash')?.fields ?? [])].flat())),
  HKEYS: rule(1, 1, (store, [key]) => list([...(store.as(key!, 'hash')?.fields.keys() ?? [])])),
  HVALS: rule(1, 1, (store, [key]) => list([...(store.as(key!, 'hash')?.fields.values() ?? [])])),
  HLEN: rule(1, 1, (store, [key]) => integer(store.as(key!, 'hash')?.fields.size ?? 0)),
  HEXISTS: rule(2, 2, (store, [key, field]) => integer(Number(store.as(key!, 'hash')?.fields.has(field!) ?? false))),
  HDEL: rule(2, many, (store, [key, ...names]) => {
    const fields = store.as(key!, 'hash')?.fields;
    const count = names.filter((name) => fields?.delete(name)).length;
    store.tidy(key!);
    return integer(count);
  }),
  HINCRBY: rule(3, 3, (store, [key, field, amount]) => {
    const fields = reach(store, key!);
    const before = fields.get(field!) ?? '0';
    if (!/^-?\d+$/.test(amount!)) return notAnInteger;
    if (!/^-?\d+$/.test(before)) return failure('ERR hash value is not an integer');
    const value = Number(before) + Number(amount);
    fields.set(field!, String(value));
    return integer(value);
  }),
};
