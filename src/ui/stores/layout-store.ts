import type { StoreApi } from 'zustand/vanilla';
import { createPersistedStore } from './persisted-store.ts';

export type PaneId = 'lesson' | 'topology' | 'terminal' | 'inspector';

export interface LayoutState {
  /** In pixels, as last dragged. */
  readonly sizes: { readonly lesson: number; readonly bottom: number; readonly inspector: number };
  readonly maximised: PaneId | undefined;
  readonly isLessonOpen: boolean;
  readonly isInspectorOpen: boolean;
  /** Which pane a narrow screen shows. */
  readonly narrowPane: PaneId;
  readonly topologyView: 'map' | 'outline';
  readonly bottomTab: 'terminal' | 'editor';
  /** How much of the width is the left terminal's when two are side by side, from 0 to 1. */
  readonly terminalSplit: number;
}

export type LayoutStore = StoreApi<LayoutState>;

export const createLayoutStore = (): LayoutStore =>
  createPersistedStore<LayoutState>('drydock.layout', {
    sizes: { lesson: 340, bottom: 264, inspector: 380 },
    maximised: undefined,
    isLessonOpen: true,
    isInspectorOpen: false,
    narrowPane: 'topology',
    topologyView: 'map',
    bottomTab: 'terminal',
    terminalSplit: 0.5,
  });
