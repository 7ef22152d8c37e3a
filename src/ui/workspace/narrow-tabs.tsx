import { BookOpen, Boxes, ScanSearch, SquareTerminal } from 'lucide-react';
import { useStore } from 'zustand';
import { useDrydock } from '../drydock.ts';
import type { PaneId } from '../stores/layout-store.ts';
import styles from './workspace.module.css';

const panes = [
  { id: 'lesson', title: 'Lesson', icon: BookOpen },
  { id: 'topology', title: 'Map', icon: Boxes },
  { id: 'terminal', title: 'Terminal', icon: SquareTerminal },
  { id: 'inspector', title: 'Inspect', icon: ScanSearch },
] as const satisfies readonly { id: PaneId; title: string; icon: unknown }[];

export function NarrowTabs() {
  const { layout } = useDrydock();
  const shown = useStore(layout, ({ narrowPane }) => narrowPane);
  return (
    <nav className={styles.narrowTabs} aria-label="Panes">
      {panes.map(({ id, title, icon: Icon }) => (
        <button
          key={id}
          type="button"
          aria-current={id === shown ? 'page' : undefined}
          onClick={() => layout.setState({ narrowPane: id })}
        >
          <Icon size={18} strokeWidth={1.75} aria-hidden="true" />
          {title}
        </button>
      ))}
    </nav>
  );
}
