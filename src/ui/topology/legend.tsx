import { useState } from 'react';
import { podStateTitles, type PodState } from './pod-state.ts';
import { StateIcon } from './state-icon.tsx';
import styles from './topology.module.css';

const order: readonly PodState[] = [
  'pending',
  'creating',
  'starting',
  'ready',
  'terminating',
  'crashing',
  'blocked',
  'failed',
  'succeeded',
  'unknown',
];

/** What the shapes mean; folded away until asked for. */
export function Legend() {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className={styles.legend} onKeyDown={(event) => event.key === 'Escape' && setOpen(false)} role="presentation">
      <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <StateIcon state="ready" size={12} />
        <StateIcon state="crashing" size={12} />
        <StateIcon state="blocked" size={12} />
        <span>Legend</span>
      </button>
      {isOpen && (
        <ul>
          {order.map((state) => (
            <li key={state}>
              <StateIcon state={state} />
              {podStateTitles[state]}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
