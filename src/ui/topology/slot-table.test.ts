import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SlotTable } from './slot-table.ts';

describe('SlotTable', () => {
  it('keeps a place until its holder leaves, and fills the lowest hole first', () => {
    const table = new SlotTable();
    expect(['a', 'b', 'c'].map((id) => table.take(id))).toEqual([0, 1, 2]);
    table.release('a');
    expect(table.take('b')).toBe(1);
    expect(table.take('d')).toBe(0);
    expect(table.take('e')).toBe(3);
  });

  it('shrinks when the end is empty', () => {
    const table = new SlotTable();
    for (const id of ['a', 'b', 'c']) table.take(id);
    table.release('b');
    expect(table.extent).toBe(3);
    table.release('c');
    expect(table.extent).toBe(1);
  });

  it('never gives one place to two holders, and never moves a holder', () =>
    fc.assert(
      fc.property(
        fc.array(fc.record({ id: fc.integer({ min: 0, max: 12 }).map(String), take: fc.boolean() })),
        (steps) => {
          const table = new SlotTable();
          const held = new Map<string, number>();
          for (const { id, take } of steps) {
            const before = held.get(id);
            if (take) held.set(id, table.take(id));
            else {
              table.release(id);
              held.delete(id);
            }
            expect(held.get(id)).toBe(take ? (before ?? held.get(id)) : undefined);
            expect(new Set(held.values()).size).toBe(held.size);
            expect(table.extent).toBe(Math.max(-1, ...held.values()) + 1);
          }
        },
      ),
    ));
});
