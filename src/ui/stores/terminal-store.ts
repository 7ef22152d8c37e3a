import { createStore, type StoreApi } from 'zustand/vanilla';

export interface TerminalTab {
  readonly id: number;
  readonly title: string;
}

export interface TerminalState {
  readonly tabs: readonly TerminalTab[];
  readonly current: number;
  readonly isSearching: boolean;
  /** Text that waits for the terminal to take it, as if pasted. */
  readonly pasted: { readonly id: number; readonly text: string } | undefined;
  /** Grows when the terminal should take the focus. */
  readonly focusRequests: number;
}

export interface TerminalStore extends StoreApi<TerminalState> {
  open(): void;
  close(id: number): void;
  paste(text: string): void;
  focus(): void;
}

export function createTerminalStore(): TerminalStore {
  let lastTab = 1;
  let lastPaste = 0;
  const store = createStore<TerminalState>(() => ({
    tabs: [{ id: 1, title: 'Terminal 1' }],
    current: 1,
    isSearching: false,
    pasted: undefined,
    focusRequests: 0,
  }));
  return Object.assign(store, {
    open() {
      const tab = { id: ++lastTab, title: `Terminal ${lastTab}` };
      store.setState(({ tabs, focusRequests }) => ({
        tabs: [...tabs, tab],
        current: tab.id,
        focusRequests: focusRequests + 1,
      }));
    },
    close(id: number) {
      store.setState(({ tabs, current }) => {
        const kept = tabs.filter((tab) => tab.id !== id);
        if (kept.length === 0) return {};
        return { tabs: kept, current: current === id ? kept.at(-1)!.id : current };
      });
    },
    paste: (text: string) => store.setState({ pasted: { id: ++lastPaste, text } }),
    focus: () => store.setState(({ focusRequests }) => ({ focusRequests: focusRequests + 1 })),
  });
}
