import { createStore, type StoreApi } from 'zustand/vanilla';

/** A store whose state survives a reload. What is stored is laid over `initial`, so that new fields get their defaults. */
export function createPersistedStore<T extends object>(name: string, initial: T): StoreApi<T> {
  const store = createStore<T>(() => ({ ...initial, ...readStored<T>(name) }));
  store.subscribe((state) => {
    try {
      localStorage.setItem(name, JSON.stringify(state));
    } catch {
      // Storage is full or forbidden: the page works, and forgets.
    }
  });
  return store;
}

function readStored<T>(name: string): Partial<T> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(name) ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Partial<T>) : {};
  } catch {
    return {};
  }
}
