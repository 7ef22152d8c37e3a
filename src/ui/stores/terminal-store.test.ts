import { describe, expect, it } from 'vitest';
import { createTerminalStore } from './terminal-store.ts';

const seen = (store: ReturnType<typeof createTerminalStore>) => {
  const { shown, current } = store.getState();
  return `${shown.join(' | ')} at ${current}`;
};

describe('the terminals', () => {
  it('stand side by side after a split, and are one again after another', () => {
    const store = createTerminalStore();
    store.split();
    expect(seen(store)).toBe('1 | 2 at 2');
    store.split();
    expect(seen(store)).toBe('2 at 2');
    expect(store.getState().tabs).toHaveLength(2);
  });

  it('take the place of the current one, unless they are seen already', () => {
    const store = createTerminalStore();
    store.split();
    store.open();
    expect(seen(store)).toBe('1 | 3 at 3');
    store.select(1);
    expect(seen(store)).toBe('1 | 3 at 1');
    store.select(2);
    expect(seen(store)).toBe('2 | 3 at 2');
    store.step(1);
    expect(seen(store)).toBe('2 | 3 at 3');
    store.step(1);
    expect(seen(store)).toBe('2 | 1 at 1');
  });

  it('leave the others when one is closed, and the last one stays', () => {
    const store = createTerminalStore();
    store.split();
    expect(store.close(2)).toBe(true);
    expect(seen(store)).toBe('1 at 1');
    expect(store.close(1)).toBe(false);
    expect(store.getState().tabs).toHaveLength(1);
  });

  it('ask for the focus whenever another one is typed in', () => {
    const store = createTerminalStore();
    store.split();
    const before = store.getState().focusRequests;
    store.step(-1);
    expect(store.getState().focusRequests).toBe(before + 1);
  });
});
