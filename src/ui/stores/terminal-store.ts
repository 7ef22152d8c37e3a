import { createStore, type StoreApi } from 'zustand/vanilla';

export interface TerminalTab {
  readonly id: number;
  readonly title: string;
}

export interface TerminalState {
  readonly tabs: readonly TerminalTab[];
  /** The one that is typed in. */
  readonly current: number;
  /** The ones that are seen, from left to right: one, or two side by side. */
  readonly shown: readonly number[];
  readonly isSearching: boolean;
  /** Text that waits for the terminal to take it, as if pasted. */
  readonly pasted: { readonly id: number; readonly text: string } | undefined;
  /** Grows when the terminal should take the focus. */
  readonly focusRequests: number;
}

export interface TerminalStore extends StoreApi<TerminalState> {
  /** A new terminal in place of the current one. */
  open(): void;
  /** A new terminal beside the current one; with two side by side, they become one again. */
  split(): void;
  /** Shows a terminal, in place of the current one unless it is seen already. */
  select(id: number): void;
  /** The next terminal, or with -1 the one before. */
  step(by: 1 | -1): void;
  /** False when it is the last one, which stays. */
  close(id: number): boolean;
  paste(text: string): void;
  focus(): void;
}

export function createTerminalStore(): TerminalStore {
  let lastTab = 1;
  let lastPaste = 0;
  const store = createStore<TerminalState>(() => ({
    tabs: [{ id: 1, title: 'Terminal 1' }],
    current: 1,
    shown: [1],
    isSearching: false,
    pasted: undefined,
    focusRequests: 0,
  }));
  const focus = () => store.setState(({ focusRequests }) => ({ focusRequests: focusRequests + 1 }));

  function add(): number {
    const tab = { id: ++lastTab, title: `Terminal ${lastTab}` };
    store.setState(({ tabs }) => ({ tabs: [...tabs, tab] }));
    return tab.id;
  }

  function select(id: number) {
    store.setState(({ shown, current }) => ({
      current: id,
      shown: shown.includes(id) ? shown : shown.map((other) => (other === current ? id : other)),
    }));
    focus();
  }

  return Object.assign(store, {
    open: () => select(add()),
    split() {
      if (store.getState().shown.length > 1) {
        store.setState(({ current }) => ({ shown: [current] }));
        focus();
        return;
      }
      const id = add();
      store.setState(({ current }) => ({ shown: [current, id] }));
      select(id);
    },
    select,
    step(by: 1 | -1) {
      const { tabs, current } = store.getState();
      const at = tabs.findIndex(({ id }) => id === current);
      select(tabs[(at + by + tabs.length) % tabs.length]!.id);
    },
    close(id: number) {
      const { tabs, current, shown } = store.getState();
      const kept = tabs.filter((tab) => tab.id !== id);
      if (kept.length === 0) return false;
      const stillShown = shown.filter((other) => other !== id);
      const seen = stillShown.length > 0 ? stillShown : [kept.at(-1)!.id];
      store.setState({ tabs: kept, shown: seen, current: seen.includes(current) ? current : seen.at(-1)! });
      focus();
      return true;
    },
    paste: (text: string) => store.setState({ pasted: { id: ++lastPaste, text } }),
    focus,
  });
}
