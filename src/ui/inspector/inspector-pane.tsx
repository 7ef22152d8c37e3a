import { lazy, Suspense } from 'react';
import { ScanSearch, X } from 'lucide-react';
import { useStore } from 'zustand';
import { useDrydock } from '../drydock.ts';
import { IconButton } from '../parts/icon-button.tsx';
import { kinds } from '../stores/kinds.ts';
import { refId } from '../stores/selection-store.ts';
import { Pane } from '../workspace/pane.tsx';
import styles from './inspector.module.css';

const Inspected = lazy(() => import('./inspected.tsx').then(({ Inspected }) => ({ default: Inspected })));

export function InspectorPane() {
  const { layout, selection } = useDrydock();
  const selected = useStore(selection, (state) => state.selected);
  return (
    <Pane
      id="inspector"
      name="Inspector"
      head={<h2 className={styles.title}>{selected ? kinds[selected.resource].kind : 'Inspector'}</h2>}
      actions={
        <span className={styles.close}>
          <IconButton icon={X} label="Close inspector" onClick={() => layout.setState({ isInspectorOpen: false })} />
        </span>
      }
    >
      {selected ? (
        <Suspense>
          <Inspected key={refId(selected)} target={selected} />
        </Suspense>
      ) : (
        <Nothing />
      )}
    </Pane>
  );
}

function Nothing() {
  return (
    <div className={styles.nothing}>
      <ScanSearch size={22} strokeWidth={1.5} aria-hidden="true" />
      <p>Select a pod, a node, a service or a workload, on the map or in the outline, to look inside it.</p>
    </div>
  );
}
