import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../../api/index.ts';
import type { Collection } from './collection.ts';
import { Store } from './store.ts';
import { StoreConflict } from './store-conflict.ts';
import type { StoredEvent } from './stored-event.ts';

function object(namespace: string, name: string, value = ''): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace },
    data: { value },
  } as unknown as KubeObject;
}

function newStore(): { readonly store: Store; readonly things: Collection } {
  const store = new Store({ freeze: true });
  return { store, things: store.collection('things') };
}

const put = (things: Collection, key: string, value = ''): KubeObject => {
  const [namespace = '', name = ''] = key.split('/');
  const stored = things.get(key);
  const next = object(namespace, name, value);
  return stored ? things.update(key, next, stored.metadata.resourceVersion) : things.create(key, next);
};
const remove = (things: Collection, key: string): void => {
  const stored = things.get(key);
  if (stored) things.delete(key, stored.metadata.resourceVersion);
};
const keysOf = (objects: Iterable<KubeObject>): readonly string[] =>
  [...objects].map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
const reasonOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof StoreConflict) return error.reason;
    throw error;
  }
  return 'done';
};

describe('the store', () => {
  it('[STO-1] [STO-2] counts all writes with one counter', () => {
    const { store, things } = newStore();
    expect(store.revision).toBe(1);
    expect(things.create('a/x', object('a', 'x')).metadata.resourceVersion).toBe('2');
    const others = store.collection('others');
    expect(others.create('a/y', object('a', 'y')).metadata.resourceVersion).toBe('3');
    expect(put(things, 'a/x', 'new').metadata.resourceVersion).toBe('4');
    expect(store.revision).toBe(4);
  });

  it('[STO-3] [STO-4] refuses what is not up to date, and nothing happens', () => {
    const { store, things } = newStore();
    const seen: StoredEvent[] = [];
    put(things, 'a/x');
    things.watch((event) => seen.push(event));
    expect(reasonOf(() => things.create('a/x', object('a', 'x')))).toBe('exists');
    expect(reasonOf(() => things.update('a/x', object('a', 'x'), '1'))).toBe('changed');
    expect(reasonOf(() => things.update('a/y', object('a', 'y'), '1'))).toBe('missing');
    expect(reasonOf(() => things.delete('a/x', '1'))).toBe('changed');
    expect(reasonOf(() => things.delete('a/y', '1'))).toBe('missing');
    expect(store.revision).toBe(2);
    expect(seen).toEqual([]);
    expect(things.eventsAfter(1)).toHaveLength(1);
  });

  it('[STO-5] freezes what it stores and shares what stays', () => {
    const { things } = newStore();
    const stored = things.create('a/x', object('a', 'x', '1')) as KubeObject & { data: { value: string } };
    expect(() => Object.assign(stored.data, { value: '2' })).toThrow(TypeError);
    const next = things.update('a/x', { ...stored, kind: 'Other' }, stored.metadata.resourceVersion);
    expect((next as typeof stored).data).toBe(stored.data);
    expect(stored.kind).toBe('ConfigMap');
  });

  it('[STO-10] lists in the order of keys', () => {
    const { things } = newStore();
    for (const key of ['b/a', 'a/b', 'a-b/x', 'a/a']) put(things, key);
    expect(keysOf(things.list().objects)).toEqual(['a-b/x', 'a/a', 'a/b', 'b/a']);
    expect(keysOf(things.list('a').objects)).toEqual(['a/a', 'a/b']);
    expect(things.list('a').count).toBe(2);
    remove(things, 'a/a');
    put(things, 'a/0');
    put(things, 'a/a');
    expect(keysOf(things.list('a').objects)).toEqual(['a/0', 'a/a', 'a/b']);
  });

  it('[STO-20] [STO-21] tells watchers inside the write', () => {
    const { things } = newStore();
    const seen: string[] = [];
    const stop = things.watch(({ type, revision, object: now, previous }) =>
      seen.push(`${type} ${revision} ${now.metadata.resourceVersion} ${previous?.metadata.resourceVersion}`),
    );
    put(things, 'a/x');
    put(things, 'a/x', 'new');
    remove(things, 'a/x');
    stop();
    put(things, 'a/y');
    expect(seen).toEqual(['ADDED 2 2 undefined', 'MODIFIED 3 3 2', 'DELETED 4 4 3']);
  });

  it('[STO-23] catches a watcher that writes', () => {
    const { things } = newStore();
    things.watch(() => put(things, 'a/other'));
    expect(() => put(things, 'a/x')).toThrow('does not write while it is told');
  });

  it('[STO-30] [STO-31] forgets what has been compacted', () => {
    const { store, things } = newStore();
    for (const value of ['1', '2', '3']) put(things, 'a/x', value);
    store.compact(3);
    expect(reasonOf(() => things.listAt(2))).toBe('compacted');
    expect(reasonOf(() => things.eventsAfter(2))).toBe('compacted');
    expect(things.eventsAfter(3).map((event) => event.revision)).toEqual([4]);
    expect(things.getAt('a/x', 3)?.metadata.resourceVersion).toBe('3');
    store.compact(2);
    expect(store.compactedRevision).toBe(3);
    store.compact(99);
    expect(store.compactedRevision).toBe(store.revision);
  });
});

const aKey = fc.tuple(fc.constantFrom('a', 'a-b', 'b'), fc.constantFrom('x', 'y', 'z')).map(([a, b]) => `${a}/${b}`);
const aWrite = fc.tuple(fc.constantFrom('put', 'put', 'remove'), aKey, fc.string({ maxLength: 3 }));

describe('for any writes', () => {
  it('[STO-11] [STO-12] an older list is what the list was', () =>
    fc.assert(
      fc.property(
        fc.array(aWrite, { maxLength: 40 }),
        fc.option(fc.constantFrom('a', 'b'), { nil: undefined }),
        (writes, namespace) => {
          const { store, things } = newStore();
          const lists = new Map<number, readonly KubeObject[]>();
          for (const [action, key, value] of writes) {
            lists.set(store.revision, [...things.list(namespace).objects]);
            if (action === 'put') put(things, key, value);
            else remove(things, key);
          }
          for (const [revision, list] of lists) {
            const again = things.listAt(revision, namespace);
            expect([...again.objects]).toEqual(list);
            expect(again.count).toBe(list.length);
            for (const each of list) {
              const key = `${each.metadata.namespace}/${each.metadata.name}`;
              expect(things.getAt(key, revision)).toEqual(each);
            }
          }
        },
      ),
    ));

  it('[STO-22] a list and the events after it give the present', () =>
    fc.assert(
      fc.property(fc.array(aWrite, { maxLength: 40 }), fc.nat(39), (writes, middle) => {
        const { store, things } = newStore();
        let start = 1;
        let view = new Map<string, KubeObject>();
        writes.forEach(([action, key, value], index) => {
          if (index === middle) {
            start = store.revision;
            view = new Map([...things.list().objects].map((each) => [keysOf([each])[0]!, each]));
          }
          if (action === 'put') put(things, key, value);
          else remove(things, key);
        });
        for (const event of things.eventsAfter(start)) {
          if (event.type === 'DELETED') view.delete(event.key);
          else view.set(event.key, event.object);
        }
        expect(new Map([...things.list().objects].map((each) => [keysOf([each])[0]!, each]))).toEqual(
          new Map([...view].sort()),
        );
      }),
    ));
});
