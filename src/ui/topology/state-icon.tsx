import { memo } from 'react';
import type { PodState } from './pod-state.ts';
import { stateShapes } from './state-shapes.ts';

/** The bare mark, for use inside an SVG: 16 by 16 from its origin. Colours come from `color`. */
export const StateMark = memo(function StateMark({ state }: { readonly state: PodState }) {
  const { outline, glyph, isFilled, isDashed } = stateShapes[state];
  const isHalf = state === 'starting';
  return (
    <>
      <path
        d={outline}
        fill={isFilled ? 'currentColor' : 'none'}
        stroke="currentColor"
        strokeWidth={1.5}
        strokeDasharray={isDashed ? '2.6 2' : undefined}
      />
      <path
        d={glyph}
        fill={isHalf ? 'currentColor' : 'none'}
        stroke={isFilled ? 'var(--surface)' : isHalf ? 'none' : 'currentColor'}
        strokeWidth={1.6}
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </>
  );
});

export function StateIcon({ state, size = 14 }: { readonly state: PodState; readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      aria-hidden="true"
      style={{ color: `var(--state-${state})`, flex: 'none' }}
    >
      <StateMark state={state} />
    </svg>
  );
}
