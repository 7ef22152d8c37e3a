import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { ObjectKey, TraceMessage } from '../../api/index.ts';
import { useDrydock } from '../drydock.ts';
import { isMotionReduced } from '../stores/settings-store.ts';
import type { Layout } from '../topology/layout.ts';
import type { PodMark } from '../topology/scene.ts';
import { refusalText } from './hop-words.ts';
import { hopWay } from './hop-way.ts';
import type { Journey } from './journey-store.ts';
import styles from './requests.module.css';

interface JourneyLayerProps {
  readonly journey: Journey;
  readonly layout: Layout;
  readonly marks: ReadonlyMap<ObjectKey, PodMark>;
}

/** How long the eye follows one hop before the next begins. */
const hopMs = 480;

/** The path of a request over the map, hop by hop; it stays until it is cleared. */
export function JourneyLayer({ journey, layout, marks }: JourneyLayerProps) {
  const { settings } = useDrydock();
  const isReduced = useStore(settings, isMotionReduced);
  const shown = useShown(journey.hops.length, isReduced);
  const hops = journey.hops.slice(0, shown).flatMap((hop, at) => {
    const way = hopWay(hop, layout, marks);
    return way ? [{ hop, number: at + 1, kind: kindOf(hop), way }] : [];
  });
  return (
    <g data-journey={journey.outcome?.type ?? 'waiting'}>
      {hops.map(({ hop, kind, way }) => (
        <g key={hop.id}>
          <path className={styles.under} d={way.path} />
          <path className={styles.path} data-kind={kind} d={way.path} pathLength={1} />
        </g>
      ))}
      {/* Above all ways, and as large on the screen at any zoom. */}
      {hops.map(({ hop, number, kind, way: { end } }) => (
        <g key={hop.id} style={{ transform: `translate(${end.x}px, ${end.y}px) scale(calc(1 / var(--zoom)))` }}>
          <Badge number={number} kind={kind} reason={hop.isRefused ? refusalText(hop) : ''} />
        </g>
      ))}
    </g>
  );
}

type HopKind = 'request' | 'answer' | 'refused';

const kindOf = ({ isRefused, verb }: TraceMessage): HopKind =>
  isRefused ? 'refused' : verb.startsWith('HTTP ') ? 'answer' : 'request';

/** One hop more at a time, however fast they come. */
function useShown(count: number, isReduced: boolean): number {
  const [shown, setShown] = useState(1);
  useEffect(() => {
    if (isReduced || shown >= count) return;
    const timer = setTimeout(() => setShown(shown + 1), hopMs);
    return () => clearTimeout(timer);
  }, [count, isReduced, shown]);
  return isReduced ? count : shown;
}

interface BadgeProps {
  readonly number: number;
  readonly kind: HopKind;
  /** Why it was refused, in a word or two. */
  readonly reason: string;
}

function Badge({ number, kind, reason }: BadgeProps) {
  return (
    <g className={styles.badge} data-hop={number} data-kind={kind}>
      {reason && <rect x={0} y={-11} width={24 + reason.length * 6.3} height={22} rx={11} />}
      <circle r={10} />
      <text y={4} className={styles.number}>
        {kind === 'refused' ? '✕' : number}
      </text>
      {reason && (
        <text x={15} y={4} className={styles.reason}>
          {reason}
        </text>
      )}
    </g>
  );
}
