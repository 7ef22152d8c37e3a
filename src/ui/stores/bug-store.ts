import { createStore, type StoreApi } from 'zustand/vanilla';
import type { BugReport } from '../../worker/index.ts';

export interface BugState {
  /** The latest broken assumption inside the simulator. */
  readonly bug: BugReport | undefined;
}

export type BugStore = StoreApi<BugState>;

export const createBugStore = (): BugStore => createStore<BugState>(() => ({ bug: undefined }));
