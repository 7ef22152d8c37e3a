import { bulk, failure, integer, list, nil, ok, type Reply } from './protocol.ts';
import { many, notAnInteger, rule, type CommandRule, type RedisCommand } from './rule.ts';
import type { RedisStore } from './store.ts';
import { spanOf } from './string-commands.ts';

function reach(store: RedisStore, key: string): string[] {
  const existing = store.as(key, 'list');
  if (existing) return existing.items;
  const items: string[] = [];
  store.set(key, { kind: 'list', items });
  return items;
}

function push(end: 'left' | 'right', mustExist = false): RedisCommand {
  return (store, [key, ...texts]) => {
    if (mustExist && !store.as(key!, 'list')) return integer(0);
    const items = reach(store, key!);
    for (const text of texts) {
      if (end === 'left') items.unshift(text);
      else items.push(text);
    }
    return integer(items.length);
  };
}

function pop(end: 'left' | 'right'): RedisCommand {
  return (store, [key, count]): Reply => {
    const items = store.as(key!, 'list')?.items;
    if (count !== undefined && !/^\d+$/.test(count)) return failure('ERR value is out of range, must be positive');
    if (!items) return count === undefined ? nil : { kind: 'list', items: undefined };
    const amount = count === undefined ? 1 : Number(count);
    const taken = end === 'left' ? items.splice(0, amount) : items.splice(-amount, amount).toReversed();
    store.tidy(key!);
    return count === undefined ? bulk(taken[0]) : list(taken);
  };
}

export const listCommands: Readonly<Record<string, CommandRule>> = {
  LPUSH: rule(2, many, push('left')),
  RPUSH: rule(2, many, push('right')),
  LPUSHX: rule(2, many, push('left', true)),
  RPUSHX: rule(2, many, push('right', true)),
  LPOP: rule(1, 2, pop('left')),
  RPOP: rule(1, 2, pop('right')),
  LLEN: rule(1, 1, (store, [key]) => integer(store.as(key!, 'list')?.items.length ?? 0)),
  LRANGE: rule(3, 3, (store, [key, from, to]) => {
    if (!/^-?\d+$/.test(from!) || !/^-?\d+$/.test(to!)) return notAnInteger;
    const items = store.as(key!, 'list')?.items ?? [];
    return list(items.slice(...spanOf(items.length, Number(from), Number(to))));
  }),
  LINDEX: rule(2, 2, (store, [key, index]) => bulk(store.as(key!, 'list')?.items.at(Number(index)))),
  LSET: rule(3, 3, (store, [key, index, text]) => {
    const items = store.as(key!, 'list')?.items;
    if (!items) return failure('ERR no such key');
    const at = Number(index) < 0 ? items.length + Number(index) : Number(index);
    if (!(at in items)) return failure('ERR index out of range');
    items[at] = text!;
    return ok;
  }),
  LREM: rule(3, 3, (store, [key, count, text]) => {
    const items = store.as(key!, 'list')?.items ?? [];
    const before = items.length;
    let left = Number(count) === 0 ? many : Math.abs(Number(count));
    const fromEnd = Number(count) < 0;
    for (let step = 0; step < items.length && left > 0;) {
      const at = fromEnd ? items.length - 1 - step : step;
      if (items[at] === text) {
        items.splice(at, 1);
        left--;
      } else step++;
    }
    store.tidy(key!);
    return integer(before - items.length);
  }),
  LTRIM: rule(3, 3, (store, [key, from, to]) => {
    const items = store.as(key!, 'list')?.items;
    if (items) {
      const kept = items.slice(...spanOf(items.length, Number(from), Number(to)));
      items.splice(0, items.length, ...kept);
      store.tidy(key!);
    }
    return ok;
  }),
};
