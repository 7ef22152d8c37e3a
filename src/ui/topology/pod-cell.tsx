import { memo } from 'react';
import { podStateTitles } from './pod-state.ts';
import type { PodMark, VolumeMark } from './scene.ts';
import { StateMark } from './state-icon.tsx';
import { volumePlaces, volumeTitles } from './volume-marks.ts';
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
  /** Its ReplicaSet is being replaced by a newer one. */
  readonly isOld: boolean;
  readonly emphasis: 'none' | 'selected' | 'related' | 'dimmed';
}

/** One pod. It moves to its place by itself; the element is the same from the tray to its node. */
export const PodCell = memo(function PodCell(props: PodCellProps) {
  const { mark, x, y, width, height, isCard, showsContainers, tint, isOld, emphasis } = props;
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
      {tint && !isOld && <rect x={3} y={height - 4} width={width - 6} height={2} rx={1} style={{ fill: tint }} />}
      {tint && isOld && (
        <path
          className={styles.podRevisionOld}
          d={`M4 ${height - 3}H${width - 4}`}
          style={{ stroke: tint, strokeWidth: 2 }}
          strokeDasharray="3 4"
        />
      )}
      <g
        style={{ color: `var(--state-${state})` }}
        transform={isCard ? 'translate(7 9.5)' : `translate(${(width - 16) / 2} ${(height - 17) / 2})`}
      >
        <g key={state} className={styles.podMark}>
          <StateMark state={state} />
        </g>
      </g>
      {isCard && showsContainers && mark.volumes.length > 0 && <Volumes mark={mark} width={width} y={height + 1.4} />}
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

/** What the pod has mounted, hanging below it. */
function Volumes({ mark, width, y }: { readonly mark: PodMark; readonly width: number; readonly y: number }) {
  const { places, rest } = volumePlaces(mark.volumes, width);
  return (
    <g transform={`translate(0 ${y})`}>
      {places.map(({ volume: { name, kind, source }, x, width: room }) => (
        <g key={name} transform={`translate(${x} 0)`} className={styles.volume} data-volume={kind}>
          <title>{`${volumeTitles[kind]} ${source}`}</title>
          <VolumeShape kind={kind} />
          <text x={7} y={4.6}>
            {shorten(source, Math.floor((room - 9) / 2.15))}
          </text>
        </g>
      ))}
      {rest > 0 && (
        <text x={width / 2} y={4.6} className={styles.volume}>
          {`and ${rest} more`}
        </text>
      )}
    </g>
  );
}

/** A drum for what lasts, a page for configuration, a lock for a secret, a dashed box for what goes with the pod. */
function VolumeShape({ kind }: { readonly kind: VolumeMark['kind'] }) {
  switch (kind) {
    case 'claim':
      return <path d="M.3 1.2a2.2.9 0 0 1 4.4 0v3.2a2.2.9 0 0 1-4.4 0zm0 0a2.2.9 0 0 0 4.4 0" />;
    case 'config':
      return <path d="M.6.4h2.6l1.2 1.2v3.7H.6zM1.5 2.6h2M1.5 3.8h2" />;
    case 'secret':
      return <path d="M.6 2.4h3.8v2.9H.6zM1.4 2.4V1.5a1.1 1.1 0 0 1 2.2 0v.9" />;
    default:
      return <path d="M.5.6h4v4.5h-4z" strokeDasharray="1 .7" />;
  }
}

const shorten = (text: string, letters: number) => (text.length > letters ? `${text.slice(0, letters - 1)}…` : text);
const shortenLeft = (text: string, letters: number) => (text.length > letters ? `…${text.slice(1 - letters)}` : text);
