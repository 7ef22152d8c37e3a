import { Pause, Play, StepForward } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { useDrydock } from '../drydock.ts';
import { IconButton } from '../parts/icon-button.tsx';
import { formatClock, formatElapsed } from '../parts/format.ts';
import { isTyping } from '../parts/is-typing.ts';
import { EventStrip } from './event-strip.tsx';
import { labelText } from './label-text.ts';
import { SeekDialog } from './seek-dialog.tsx';
import { speeds, speedTitle, timeControls } from './time-controls.ts';
import styles from './timeline.module.css';

/** Virtual time: play, pause, step, speed, what happened, and the way back. */
export function TimeBar() {
  const drydock = useDrydock();
  const { nowMs, startMs, isPaused, speed, events, stepped } = useStore(drydock.clock);
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
      <EventStrip events={events} nowMs={nowMs} startMs={startMs} onSeek={setSeekMs} />
      <output className={styles.latest} aria-live={isPaused ? 'polite' : 'off'}>
        {isPaused ? (stepped ? labelText(stepped.label) : 'Paused') : latestText(events)}
      </output>
      {seekMs !== undefined && <SeekDialog atMs={seekMs} onClose={() => setSeekMs(undefined)} />}
    </footer>
  );
}

function latestText(events: readonly Parameters<typeof labelOf>[0][]): string {
  const last = events.at(-1);
  return last ? labelOf(last) : '';
}

const labelOf = ({ label }: { readonly label: Parameters<typeof labelText>[0] }) => labelText(label);
