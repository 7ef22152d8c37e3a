import { useState } from 'react';
import { useDrydock } from '../drydock.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { formatDuration, formatElapsed } from '../parts/format.ts';
import styles from './timeline.module.css';

interface SeekDialogProps {
  readonly atMs: number;
  readonly onClose: () => void;
}

/** Asks before time is turned back, and lets one set the second. */
export function SeekDialog({ atMs, onClose }: SeekDialogProps) {
  const { clock, seek, overlay } = useDrydock();
  const [{ nowMs, startMs }] = useState(() => clock.getState());
  const [chosenMs, setChosenMs] = useState(() => Math.round(Math.max(startMs, Math.min(nowMs, atMs)) / 1000) * 1000);
  const [isBusy, setBusy] = useState(false);

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
    <Dialog title="Go back in time" size="small" onClose={onClose}>
      <p>
        The cluster becomes what it was {formatDuration(nowMs - chosenMs)} ago. What happened after that is forgotten,
        and you go on from there.
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
      <div className={styles.seekActions}>
        <Button onClick={onClose}>Stay here</Button>
        <Button tone="main" disabled={isBusy} onClick={() => void go()}>
          {isBusy ? 'Replaying' : 'Go back'}
        </Button>
      </div>
    </Dialog>
  );
}
