import { memo } from 'react';
import { podStateTitles } from './pod-state.ts';
import type { PodMark } from './scene.ts';
import { StateMark } from './state-icon.tsx';
import styles from './topology.module.css';

interface PodCellProps {
  readonly mark: PodMark;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly isCard: boolean;
  readonly showsContainers: boolean;
  /** Colour of the workload that it belongs to. */
  readonly tint: string | undefined;
  readonly emphasis: 'none' | 'selected' | 'related' | 'dimmed';
}

/** One pod. It moves to its place by itself; the element is the same from the tray to its node. */
export const PodCell = memo(function PodCell(props: PodCellProps) {
  const { mark, x, y, width, height, isCard, showsContainers, tint, emphasis } = props;
  const { state } = mark;
  return (
    <g
      className={styles.pod}
      style={{ transform: `translate(${x}px, ${y}px)` }}
      data-ref={`pods/${mark.key}`}
      data-state={state}
      data-emphasis={emphasis}
    >
      <title>{`${mark.key.replace('/', ' / ')}: ${podStateTitles[state]} (${mark.reason})`}</title>
      <rect
        className={styles.podBody}
        width={width}
        height={height}
        rx={6}
        style={{ fill: `var(--state-${state}-soft)`, stroke: `var(--state-${state})` }}
        strokeDasharray={state === 'terminating' || state === 'pending' ? '4 3' : undefined}
      />
      {tint && <rect x={3} y={height - 4} width={width - 6} height={2} rx={1} style={{ fill: tint }} />}
      <g
        style={{ color: `var(--state-${state})` }}
        transform={isCard ? 'translate(7 9.5)' : `translate(${(width - 16) / 2} ${(height - 17) / 2})`}
      >
        <g key={state} className={styles.podMark}>
          <StateMark state={state} />
        </g>
      </g>
      {isCard && (showsContainers ? <Containers mark={mark} /> : <Name mark={mark} width={width} />)}
    </g>
  );
});

function Name({ mark, width }: { readonly mark: PodMark; readonly width: number }) {
  const letters = Math.floor((width - 34) / 6.3);
  return (
    <>
      <text x={28} y={mark.shortName ? 15 : 21.5} className={styles.podName}>
        {shorten(mark.group, letters)}
      </text>
      {mark.shortName && (
        <text x={28} y={27} className={styles.podSuffix}>
          {shortenLeft(mark.shortName, letters)}
        </text>
      )}
      {mark.restarts > 0 && (
        <text x={width - 5} y={10} className={styles.podRestarts}>
          ↻{mark.restarts}
        </text>
      )}
    </>
  );
}

function Containers({ mark }: { readonly mark: PodMark }) {
  return (
    <>
      <text x={28} y={10} className={styles.containerName} style={{ fontWeight: 600 }}>
        {shorten(mark.name, 24)}
      </text>
      {mark.containers.slice(0, 3).map(({ name, image, state }, index) => (
        <g key={name} transform={`translate(28 ${14 + index * 7})`}>
          <rect y={0} width={4} height={4} rx={1} data-container={state} className={styles.containerDot} />
          <text x={7} y={4.2} className={styles.containerName}>
            {shorten(`${name} · ${image}`, 26)}
          </text>
        </g>
      ))}
    </>
  );
}

const shorten = (text: string, letters: number) => (text.length > letters ? `${text.slice(0, letters - 1)}…` : text);
const shortenLeft = (text: string, letters: number) => (text.length > letters ? `…${text.slice(1 - letters)}` : text);
