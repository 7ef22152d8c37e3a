import { Plus, Search, X } from 'lucide-react';
import { lazy, Suspense, useEffect } from 'react';
import { useStore } from 'zustand';
import { useDrydock } from '../drydock.ts';
import { IconButton } from '../parts/icon-button.tsx';
import { Tabs } from '../parts/tabs.tsx';
import styles from './terminal.module.css';

const TerminalView = lazy(() => import('./terminal-view.tsx').then(({ TerminalView }) => ({ default: TerminalView })));

/** The terminals, one shown at a time; the others go on out of sight. */
export function TerminalPane({ isShown }: { readonly isShown: boolean }) {
  const { terminal, layout } = useDrydock();
  const { tabs, current, isSearching } = useStore(terminal);

  useEffect(() => {
    function press(event: KeyboardEvent) {
      if (!event.ctrlKey || event.key !== '`') return;
      event.preventDefault();
      event.stopPropagation();
      const isInTerminal = document.activeElement?.closest('.xterm') !== null && document.activeElement !== null;
      if (isInTerminal) document.querySelector<HTMLElement>('[role=application]')?.focus();
      else {
        layout.setState({ bottomTab: 'terminal', narrowPane: 'terminal' });
        terminal.focus();
      }
    }
    document.addEventListener('keydown', press, { capture: true });
    return () => document.removeEventListener('keydown', press, { capture: true });
  }, [layout, terminal]);

  return (
    <div className={styles.screens} id="terminals-panel">
      <Suspense>
        {tabs.map(({ id, title }) => (
          <TerminalView
            key={id}
            title={title}
            isCurrent={id === current && isShown}
            isSearching={isSearching && id === current}
            onSearchEnd={() => terminal.setState({ isSearching: false })}
          />
        ))}
      </Suspense>
    </div>
  );
}

/** For the head of the pane that the terminals are in. */
export function TerminalActions() {
  const { terminal } = useDrydock();
  const { tabs, current, isSearching } = useStore(terminal);
  return (
    <>
      {tabs.length > 1 && (
        <Tabs
          label="Terminals"
          idPrefix="terminals"
          tabs={tabs.map(({ id, title }) => ({ id: String(id), title }))}
          selected={String(current)}
          onSelect={(id) => terminal.setState({ current: Number(id) })}
        />
      )}
      <IconButton
        icon={Search}
        label="Search in the terminal"
        isPressed={isSearching}
        onClick={() => terminal.setState({ isSearching: !isSearching })}
      />
      <IconButton icon={Plus} label="New terminal" onClick={() => terminal.open()} />
      {tabs.length > 1 && <IconButton icon={X} label="Close this terminal" onClick={() => terminal.close(current)} />}
    </>
  );
}
