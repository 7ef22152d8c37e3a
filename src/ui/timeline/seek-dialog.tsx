import { useMemo, useState } from 'react';
import { useDrydock } from '../drydock.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { formatDuration, formatElapsed } from '../parts/format.ts';
import { laneOf, lanes } from './components.ts';
import { isRoutine, labelText } from './label-text.ts';
import styles from './timeline.module.css';

interface SeekDialogProps {
  readonly atMs: number;
  readonly onClose: () => void;
}

/** More events than this nobody reads through. */
const mostEvents = 150;

/** The events of the last minutes as a list, and the way back to before one of them, or to any second. */
export function SeekDialog({ atMs, onClose }: SeekDialogProps) {
  const { clock, seek, overlay } = useDrydock();
  const [{ nowMs, startMs, events }] = useState(() => clock.getState());
  const [chosenMs, setChosenMs] = useState(() => Math.round(Math.max(startMs, Math.min(nowMs, atMs)) / 1000) * 1000);
  const [isBusy, setBusy] = useState(false);
  const telling = useMemo(
    () =>
      events
        .filter((event) => !isRoutine(event))
        .slice(-mostEvents)
        .toReversed(),
    [events],
  );

  async function go() {
    setBusy(true);
    try {
      await seek(chosenMs);
      overlay.say(`The cluster is as it was at ${formatElapsed(chosenMs - startMs)}.`);
      onClose();
    } catch (error) {
      overlay.say(error instanceof Error ? error.message : String(error), 'bad');
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog title="Go back in time" onClose={onClose}>
      <p>
        The cluster becomes what it was {formatDuration(nowMs - chosenMs)} ago, and goes another way from there. Where
        you are now is kept: the time bar leads back to it.
      </p>
      <label className={styles.seekTime}>
        <span>Time since the start</span>
        <output>{formatElapsed(chosenMs - startMs)}</output>
        <input
          type="range"
          min={startMs}
          max={nowMs}
          step={1000}
          value={chosenMs}
          onChange={({ target }) => setChosenMs(Number(target.value))}
        />
      </label>
      {telling.length > 0 && (
        <>
          <h3 className={styles.eventsTitle} id="seek-events">
            Or to just before one of these
          </h3>
          <ol className={styles.events} aria-labelledby="seek-events">
            {telling.map(({ atMs: eventMs, label }, at) => (
              // Two events may be alike in all that they have.
              // oxlint-disable-next-line react/no-array-index-key
              <li key={at}>
                <button type="button" aria-pressed={chosenMs === eventMs - 1} onClick={() => setChosenMs(eventMs - 1)}>
                  <time>{formatElapsed(eventMs - startMs)}</time>
                  <i style={{ background: lanes[laneOf(label.component)]!.color }} aria-hidden="true" />
                  <span>{labelText(label)}</span>
                </button>
              </li>
            ))}
          </ol>
        </>
      )}
      <div className={styles.seekActions}>
        <Button onClick={onClose}>Stay here</Button>
        <Button tone="main" disabled={isBusy} onClick={() => void go()}>
          {isBusy ? 'Replaying' : 'Go back'}
        </Button>
      </div>
    </Dialog>
  );
}
