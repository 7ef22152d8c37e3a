import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useDrydock } from '../drydock.ts';
import { Dialog } from '../parts/dialog.tsx';
import type { Settings } from '../stores/settings-store.ts';
import styles from './settings.module.css';

export function SettingsDialog({ onClose }: { readonly onClose: () => void }) {
  const { settings: store } = useDrydock();
  const settings = useStore(store);
  const set = (change: Partial<Settings>) => store.setState(change);
  return (
    <Dialog title="Settings" onClose={onClose}>
      <Row title="Theme">
        <select value={settings.theme} onChange={({ target }) => set({ theme: target.value as Settings['theme'] })}>
          <option value="system">As the system</option>
          <option value="light">Light</option>
          <option value="dark">Dark</option>
        </select>
      </Row>
      <Row title="Motion" detail="Reduced motion highlights a message’s way instead of moving along it.">
        <select value={settings.motion} onChange={({ target }) => set({ motion: target.value as Settings['motion'] })}>
          <option value="system">As the system</option>
          <option value="full">Full</option>
          <option value="reduced">Reduced</option>
        </select>
      </Row>
      <Row title="Text size">
        <select value={settings.textScale} onChange={({ target }) => set({ textScale: Number(target.value) })}>
          <option value={0.9}>Small</option>
          <option value={1}>Normal</option>
          <option value={1.15}>Large</option>
          <option value={1.3}>Largest</option>
        </select>
      </Row>
      <Row title="Screen reader mode" detail="The terminal’s output is read out as it comes.">
        <input
          type="checkbox"
          checked={settings.screenReaderMode}
          onChange={({ target }) => set({ screenReaderMode: target.checked })}
        />
      </Row>
      <Row
        title="Heartbeats on the map"
        detail="Also shows the leases, status reports and event records that are sent all the time."
      >
        <input
          type="checkbox"
          checked={settings.showHeartbeats}
          onChange={({ target }) => set({ showHeartbeats: target.checked })}
        />
      </Row>
      <h3 className={styles.heading}>Keys</h3>
      <dl className={styles.keys}>
        {keys.map(([key, text]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}

const keys = [
  ['Ctrl K', 'Find an object or a command'],
  ['Ctrl `', 'To the terminal, and back'],
  ['Space', 'Pause and play time'],
  ['.', 'Step one event'],
  ['Arrows', 'On the map: from object to object; Enter inspects'],
  ['+  -  0', 'On the map: zoom in, out, fit everything'],
] as const;

function Row({
  title,
  detail,
  children,
}: {
  readonly title: string;
  readonly detail?: string;
  readonly children: ReactNode;
}) {
  return (
    <label className={styles.row}>
      <span>
        {title}
        {detail && <small>{detail}</small>}
      </span>
      {children}
    </label>
  );
}
