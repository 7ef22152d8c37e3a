import { createStore, type StoreApi } from 'zustand/vanilla';

/** What is laid over the page: one thing at a time. */
export type Overlay = 'none' | 'palette' | 'settings' | 'about' | 'lessons' | 'new-cluster';

export interface OverlayState {
  readonly open: Overlay;
  /** A short message at the edge: what was just done, or why not. */
  readonly notice: { readonly id: number; readonly text: string; readonly tone: 'plain' | 'bad' } | undefined;
}

export interface OverlayStore extends StoreApi<OverlayState> {
  show(open: Overlay): void;
  say(text: string, tone?: 'plain' | 'bad'): void;
}

export function createOverlayStore(): OverlayStore {
  const store = createStore<OverlayState>(() => ({ open: 'none', notice: undefined }));
  let id = 0;
  return Object.assign(store, {
    show: (open: Overlay) => store.setState({ open }),
    say: (text: string, tone: 'plain' | 'bad' = 'plain') => store.setState({ notice: { id: ++id, text, tone } }),
  });
}
