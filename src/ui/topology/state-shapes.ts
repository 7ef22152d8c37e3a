import type { PodState } from './pod-state.ts';

/**
 * The mark of each state in a box of 16 by 16: an outline, filled or hollow, and a glyph on it. Shapes differ, so that
 * colour is never the only difference. SVG paths, which canvas reads too.
 */
export interface StateShape {
  readonly outline: string;
  readonly isFilled: boolean;
  readonly isDashed: boolean;
  readonly glyph: string;
}

const circle = 'M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 1 1 0-13z';
const triangle = 'M8 1.2L15 13.8a.6.6 0 0 1-.5.9H1.5a.6.6 0 0 1-.5-.9z';
const square =
  'M3.5 1.8h9a1.7 1.7 0 0 1 1.7 1.7v9a1.7 1.7 0 0 1-1.7 1.7h-9a1.7 1.7 0 0 1-1.7-1.7v-9a1.7 1.7 0 0 1 1.7-1.7z';
const diamond = 'M8 .8L15.2 8L8 15.2L.8 8z';
const octagon = 'M5.2 1.5h5.6L14.5 5.2v5.6l-3.7 3.7H5.2L1.5 10.8V5.2z';

const shape = (outline: string, glyph: string, isFilled: boolean, isDashed = false): StateShape => ({
  outline,
  glyph,
  isFilled,
  isDashed,
});

export const stateShapes: Readonly<Record<PodState, StateShape>> = {
  pending: shape(circle, 'M8 4.6V8l2.3 1.6', false, true),
  creating: shape(circle, 'M8 4.4v6M5.4 8.2L8 10.8l2.6-2.6', false),
  starting: shape(circle, 'M8 1.5a6.5 6.5 0 0 1 0 13z', false),
  ready: shape(circle, 'M5 8.2l2.1 2.2L11 6', true),
  terminating: shape(circle, 'M5 8h6', false, true),
  crashing: shape(triangle, 'M8 6v4M8 12.2v.2', true),
  blocked: shape(diamond, 'M8 4.8v3.9M8 11v.2', true),
  failed: shape(octagon, 'M5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8', true),
  succeeded: shape(square, 'M5 8.2l2.1 2.2L11 6', false),
  unknown: shape(square, 'M6.2 6.2a1.9 1.9 0 1 1 2.5 1.9c-.5.2-.7.5-.7 1.1M8 11.3v.2', false, true),
};
