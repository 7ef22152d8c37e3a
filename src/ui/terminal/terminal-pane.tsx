import { Plus, Search, SquareSplitHorizontal, X } from 'lucide-react';
import { lazy, Suspense, useEffect, type CSSProperties } from 'react';
import { useStore } from 'zustand';
import { useDrydock } from '../drydock.ts';
import { IconButton } from '../parts/icon-button.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { Splitter } from './splitter.tsx';
import { terminalKeys } from './terminal-keys.ts';
import styles from './terminal.module.css';

const TerminalView = lazy(() => import('./terminal-view.tsx').then(({ TerminalView }) => ({ default: TerminalView })));

/** The terminals: one is seen, or two side by side; the others go on out of sight. */
export function TerminalPane({ isShown }: { readonly isShown: boolean }) {
  const drydock = useDrydock();
  const { terminal, layout } = drydock;
  const { tabs, current, shown, isSearching } = useStore(terminal);
  const split = useStore(layout, (state) => state.terminalSplit);

  useEffect(() => {
    const press = terminalKeys(drydock);
    document.addEventListener('keydown', press, { capture: true });
    return () => document.removeEventListener('keydown', press, { capture: true });
  }, [drydock]);

  const isSplit = shown.length > 1;
  return (
    <div
      className={styles.screens}
      id="terminals-panel"
      data-split={isSplit || undefined}
      style={{ '--split': `${split}fr`, '--rest': `${1 - split}fr` } as CSSProperties}
    >
      <Suspense>
        {tabs.map(({ id, title }) => (
          <TerminalView
            key={id}
            id={id}
            title={title}
            // The first column, the last, or none: the separator is between them.
            place={shown.indexOf(id)}
            isCurrent={id === current && isShown}
            isSearching={isSearching && id === current}
            onSearchEnd={() => terminal.setState({ isSearching: false })}
          />
        ))}
      </Suspense>
      {isSplit && <Splitter share={split} onChange={(terminalSplit) => layout.setState({ terminalSplit })} />}
    </div>
  );
}

/** For the head of the pane that the terminals are in. */
export function TerminalActions() {
  const { terminal } = useDrydock();
  const { tabs, current, shown, isSearching } = useStore(terminal);
  return (
    <>
      {tabs.length > 1 && (
        <div className={styles.tabs}>
          <Tabs
            label="Terminals"
            idPrefix="terminals"
            tabs={tabs.map(({ id, title }) => ({ id: String(id), title: title.replace('Terminal ', '') }))}
            selected={String(current)}
            onSelect={(id) => terminal.select(Number(id))}
          />
        </div>
      )}
      <IconButton
        icon={Search}
        label="Search in the terminal"
        isPressed={isSearching}
        onClick={() => terminal.setState({ isSearching: !isSearching })}
      />
      <IconButton
        icon={SquareSplitHorizontal}
        label="Split the terminal"
        shortcut="Ctrl+Shift+5"
        isPressed={shown.length > 1}
        onClick={() => terminal.split()}
      />
      <IconButton icon={Plus} label="New terminal" shortcut="Ctrl+Shift+`" onClick={() => terminal.open()} />
      {tabs.length > 1 && <IconButton icon={X} label="Close this terminal" onClick={() => terminal.close(current)} />}
    </>
  );
}
