import { memo, useMemo, useRef, useState, type MouseEvent } from 'react';
import type { ClockEvent } from '../../api/index.ts';
import { formatElapsed } from '../parts/format.ts';
import { useSize } from '../topology/use-map-layout.ts';
import { laneOf, lanes } from './components.ts';
import { labelText } from './label-text.ts';
import styles from './timeline.module.css';

interface EventStripProps {
  readonly events: readonly ClockEvent[];
  readonly nowMs: number;
  readonly startMs: number;
  readonly onSeek: (atMs: number) => void;
}

const laneHeight = 4;
/** Below the lanes, for the times. */
const axisHeight = 9;

interface Scale {
  readonly at: (ms: number) => number;
  readonly invert: (x: number) => number;
}

function linearScale([from, to]: readonly [number, number], [left, right]: readonly [number, number]): Scale {
  const factor = (right - left) / (to - from);
  return { at: (ms) => left + (ms - from) * factor, invert: (x) => from + (x - left) / factor };
}

/** The labelled events of the last minutes, a lane for each part of the cluster. A click asks to go back there. */
export function EventStrip({ events, nowMs, startMs, onSeek }: EventStripProps) {
  const frame = useRef<HTMLDivElement>(null);
  const { width } = useSize(frame);
  const [hoverX, setHoverX] = useState<number>();
  const scale = useMemo(() => {
    const from = windowStart(events, nowMs, startMs);
    return linearScale([from, Math.max(nowMs, from + 1)], [4, Math.max(8, width - 4)]);
  }, [events, nowMs, startMs, width]);
  const hovered = hoverX === undefined ? undefined : nearest(events, scale.invert(hoverX));
  const toX = (event: MouseEvent) => event.clientX - (frame.current?.getBoundingClientRect().left ?? 0);

  return (
    <div ref={frame} className={styles.strip}>
      <button
        type="button"
        className={styles.stripButton}
        aria-label="Events of the last minutes. Go back to a time."
        onMouseMove={(event) => setHoverX(toX(event))}
        onMouseLeave={() => setHoverX(undefined)}
        onClick={(event) => onSeek(scale.invert(event.detail === 0 ? width / 2 : toX(event)))}
      >
        <svg width={width} height={lanes.length * laneHeight + 2 + axisHeight} aria-hidden="true">
          <Axis scale={scale} startMs={startMs} nowMs={nowMs} width={width} />
          <Ticks events={events} scale={scale} />
          {hoverX !== undefined && <path className={styles.stripCursor} d={`M${hoverX} 0V30`} />}
        </svg>
      </button>
      {hovered && hoverX !== undefined && (
        <div className={styles.stripTip} style={{ left: Math.min(Math.max(110, hoverX), Math.max(110, width - 110)) }}>
          <b>{formatElapsed(hovered.atMs - startMs)}</b> {labelText(hovered.label)}
        </div>
      )}
    </div>
  );
}

const axisSteps = [5, 10, 30, 60, 300].map((seconds) => seconds * 1_000);
/** Room for a time of day and some air. */
const leastStepWidth = 90;

/** Fine lines at round times, and what time each is. */
function Axis({
  scale,
  startMs,
  nowMs,
  width,
}: {
  readonly scale: Scale;
  readonly startMs: number;
  readonly nowMs: number;
  readonly width: number;
}) {
  // A strip that is hardly wider than one time says more without.
  if (width < 3 * leastStepWidth) return null;
  const step = axisSteps.find((each) => scale.at(each) - scale.at(0) >= leastStepWidth);
  if (step === undefined || startMs === 0) return null;
  const times: number[] = [];
  const from = scale.invert(0) - startMs;
  for (let at = Math.ceil(from / step) * step; at <= nowMs - startMs; at += step) if (at >= 0) times.push(at);
  return (
    <g className={styles.axis}>
      {times.map((at) => {
        const x = Math.round(scale.at(startMs + at));
        return (
          <g key={at}>
            <path d={`M${x} 0V33`} />
            {x < width - 44 && (
              <text x={x + 4} y={lanes.length * laneHeight + axisHeight}>
                {formatElapsed(at)}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}

const Ticks = memo(function Ticks({
  events,
  scale,
}: {
  readonly events: readonly ClockEvent[];
  readonly scale: Scale;
}) {
  // One path for each lane: hundreds of events, five elements.
  const paths = lanes.map(() => '');
  let lastX = lanes.map(() => -1);
  for (const { atMs, label } of events) {
    const lane = laneOf(label.component);
    const x = Math.round(scale.at(atMs));
    if (x === lastX[lane] || x < 0) continue;
    lastX = lastX.with(lane, x);
    paths[lane] += `M${x} ${2 + lane * laneHeight}v${laneHeight - 1}`;
  }
  return lanes.map(({ id, color }, index) => (
    <path key={id} d={paths[index]} style={{ stroke: color }} className={styles.stripTick} />
  ));
});

/** The last five minutes, or less while there is less. */
function windowStart(events: readonly ClockEvent[], nowMs: number, startMs: number): number {
  const first = events[0]?.atMs ?? startMs;
  return Math.max(first, nowMs - 300_000) - 500;
}

function nearest(events: readonly ClockEvent[], atMs: number): ClockEvent | undefined {
  let best: ClockEvent | undefined;
  for (const event of events) {
    if (!best || Math.abs(event.atMs - atMs) < Math.abs(best.atMs - atMs)) best = event;
  }
  return best;
}
