import { History, Pause, Play, StepForward, Undo2 } from 'lucide-react';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { ClockEvent } from '../../api/index.ts';
import { useDrydock } from '../drydock.ts';
import { IconButton } from '../parts/icon-button.tsx';
import { formatClock, formatElapsed } from '../parts/format.ts';
import { isTyping } from '../parts/is-typing.ts';
import { EventStrip } from './event-strip.tsx';
import { isRoutine, labelText } from './label-text.ts';
import { speeds, speedTitle, timeControls } from './time-controls.ts';
import styles from './timeline.module.css';

const SeekDialog = lazy(() => import('./seek-dialog.tsx').then(({ SeekDialog }) => ({ default: SeekDialog })));

/** Virtual time: play, pause, step, speed, what happened, and the way back. */
export function TimeBar() {
  const drydock = useDrydock();
  const { nowMs, startMs, isPaused, speed, events, stepped, left } = useStore(drydock.clock);
  const controls = useMemo(() => timeControls(drydock), [drydock]);
  const [seekMs, setSeekMs] = useState<number>();

  useEffect(() => {
    function press(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (event.key === ' ' && !(event.target instanceof HTMLButtonElement)) controls.toggle();
      else if (event.key === '.') controls.step();
      else return;
      event.preventDefault();
    }
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [controls]);

  return (
    <footer className={styles.bar} aria-label="Time">
      <IconButton
        icon={isPaused ? Play : Pause}
        label={isPaused ? 'Play' : 'Pause'}
        shortcut="Space"
        onClick={controls.toggle}
        data-testid="play"
      />
      <IconButton icon={StepForward} label="Step one event" shortcut="." onClick={controls.step} />
      <label className={styles.speed}>
        <span className="visually-hidden">Speed</span>
        <select value={speed} onChange={({ target }) => controls.setSpeed(Number(target.value))}>
          {(speeds as readonly number[]).includes(speed) ? null : <option value={speed}>{speedTitle(speed)}</option>}
          {speeds.map((value) => (
            <option key={value} value={value}>
              {speedTitle(value)}
            </option>
          ))}
        </select>
      </label>
      <time
        className={styles.clock}
        dateTime={nowMs ? new Date(nowMs).toISOString() : ''}
        title={`${formatClock(nowMs)} UTC in the cluster`}
      >
        {formatElapsed(startMs ? nowMs - startMs : 0)}
      </time>
      <IconButton
        icon={History}
        label="Go back in time"
        aria-haspopup="dialog"
        onClick={() => setSeekMs(Math.max(startMs, nowMs - 10_000))}
      />
      {left && (
        <button
          type="button"
          className={styles.left}
          title="Go on where you were before you went back"
          onClick={controls.returnToLeftBranch}
        >
          <Undo2 size={14} strokeWidth={1.75} aria-hidden="true" />
          <span>Return to</span> {formatElapsed(left.atMs - startMs)}
        </button>
      )}
      <EventStrip events={events} nowMs={nowMs} startMs={startMs} onSeek={setSeekMs} />
      <output className={styles.latest} aria-live={isPaused ? 'polite' : 'off'}>
        {isPaused ? (stepped ? labelText(stepped.label) : 'Paused') : latestText(events)}
      </output>
      {seekMs !== undefined && (
        <Suspense>
          <SeekDialog atMs={seekMs} onClose={() => setSeekMs(undefined)} />
        </Suspense>
      )}
    </footer>
  );
}

/** The latest event that is no routine. */
function latestText(events: readonly ClockEvent[]): string {
  const last = events.findLast((event) => !isRoutine(event));
  return last ? labelText(last.label) : '';
}
