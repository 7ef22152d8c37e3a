import { Maximize2, Minimize2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useDrydock } from '../drydock.ts';
import { ErrorBoundary } from '../parts/error-boundary.tsx';
import { IconButton } from '../parts/icon-button.tsx';
import type { PaneId } from '../stores/layout-store.ts';
import styles from './workspace.module.css';

interface PaneProps {
  readonly id: PaneId;
  /** Its name for screen readers. */
  readonly name: string;
  /** What its head shows at the left: a title or tabs. */
  readonly head: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A part of the workspace with a head; it can fill the screen. */
export function Pane({ id, name, head, actions, children }: PaneProps) {
  const { layout } = useDrydock();
  const isMaximised = useStore(layout, ({ maximised }) => maximised === id);
  return (
    <section aria-label={name} className={styles.pane} data-pane={id} data-maximised={isMaximised || undefined}>
      <div className={styles.paneHead}>
        <div className={styles.paneTitle}>{head}</div>
        <div className={styles.paneActions}>
          {actions}
          <span className={styles.wideOnly}>
            <IconButton
              icon={isMaximised ? Minimize2 : Maximize2}
              shortcut="Ctrl+Shift+Enter"
              label={isMaximised ? `Restore ${name.toLowerCase()}` : `Maximise ${name.toLowerCase()}`}
              onClick={() => layout.setState({ maximised: isMaximised ? undefined : id })}
            />
          </span>
        </div>
      </div>
      <div className={styles.paneBody}>
        <ErrorBoundary name={name}>{children}</ErrorBoundary>
      </div>
    </section>
  );
}
