import { useState } from 'react';
import { useDrydock } from '../drydock.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import styles from './workspace.module.css';

/** A new cluster in place of this one. */
export function NewClusterDialog({ onClose }: { readonly onClose: () => void }) {
  const { sim, lessons, overlay, restart } = useDrydock();
  const [nodes, setNodes] = useState(3);
  const [seed, setSeed] = useState(1);
  const [isBusy, setBusy] = useState(false);

  async function create() {
    setBusy(true);
    try {
      lessons.actor.send({ type: 'leave' });
      await sim.startOver({ seed, nodes, epochMs: Math.floor(Date.now() / 1000) * 1000 });
      await sim.run(30_000);
      restart();
      onClose();
    } catch (error) {
      overlay.say(error instanceof Error ? error.message : String(error), 'bad');
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog title="New cluster" size="small" onClose={onClose}>
      <p>What runs in this cluster is thrown away.</p>
      <label className={styles.field}>
        Nodes, with the control plane’s
        <input
          type="number"
          min={1}
          max={100}
          value={nodes}
          onChange={({ target }) => setNodes(Math.min(100, Math.max(1, Number(target.value) || 1)))}
        />
      </label>
      <label className={styles.field}>
        Seed: the same seed and the same commands give the same cluster
        <input
          type="number"
          min={1}
          value={seed}
          onChange={({ target }) => setSeed(Math.max(1, Math.floor(Number(target.value)) || 1))}
        />
      </label>
      <div className={styles.dialogActions}>
        <Button onClick={onClose}>Keep this one</Button>
        <Button tone="main" disabled={isBusy} onClick={() => void create()}>
          {isBusy ? 'Starting' : 'New cluster'}
        </Button>
      </div>
    </Dialog>
  );
}
