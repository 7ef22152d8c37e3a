import { integer, list } from './protocol.ts';
import { many, rule, type CommandRule } from './rule.ts';
import type { RedisStore } from './store.ts';

function membersOf(store: RedisStore, key: string): ReadonlySet<string> {
  return store.as(key, 'set')?.members ?? new Set();
}

export const setCommands: Readonly<Record<string, CommandRule>> = {
  SADD: rule(2, many, (store, [key, ...texts]) => {
    const existing = store.as(key!, 'set');
    const members = existing?.members ?? new Set<string>();
    if (!existing) store.set(key!, { kind: 'set', members });
    const before = members.size;
    for (const text of texts) members.add(text);
    return integer(members.size - before);
  }),
  SREM: rule(2, many, (store, [key, ...texts]) => {
    const members = store.as(key!, 'set')?.members;
    const count = texts.filter((text) => members?.delete(text)).length;
    store.tidy(key!);
    return integer(count);
  }),
  SMEMBERS: rule(1, 1, (store, [key]) => list([...membersOf(store, key!)])),
  SISMEMBER: rule(2, 2, (store, [key, text]) => integer(Number(membersOf(store, key!).has(text!)))),
  SCARD: rule(1, 1, (store, [key]) => integer(membersOf(store, key!).size)),
  SUNION: rule(1, many, (store, keys) => list([...new Set(keys.flatMap((key) => [...membersOf(store, key)]))])),
  SINTER: rule(1, many, (store, [first, ...rest]) =>
    list([...membersOf(store, first!)].filter((member) => rest.every((key) => membersOf(store, key).has(member)))),
  ),
  SDIFF: rule(1, many, (store, [first, ...rest]) =>
    list([...membersOf(store, first!)].filter((member) => !rest.some((key) => membersOf(store, key).has(member)))),
  ),
};
