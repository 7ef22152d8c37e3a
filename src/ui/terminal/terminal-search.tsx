import { SearchAddon } from '@xterm/addon-search';
import type { Terminal } from '@xterm/xterm';
import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { IconButton } from '../parts/icon-button.tsx';
import styles from './terminal.module.css';

interface TerminalSearchProps {
  readonly terminal: Terminal;
  readonly onClose: () => void;
}

export function TerminalSearch({ terminal, onClose }: TerminalSearchProps) {
  const search = useRef<SearchAddon>(null);
  const [text, setText] = useState('');

  useEffect(() => {
    const addon = new SearchAddon();
    terminal.loadAddon(addon);
    search.current = addon;
    return () => addon.dispose();
  }, [terminal]);

  function close() {
    search.current?.clearDecorations();
    onClose();
  }

  function press(event: KeyboardEvent) {
    if (event.key === 'Escape') close();
    else if (event.key === 'Enter' && event.shiftKey) search.current?.findNext(text);
    else if (event.key === 'Enter') search.current?.findPrevious(text);
  }

  return (
    <search className={styles.search}>
      <input
        // It was asked for in order to type.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        aria-label="Search in the terminal"
        placeholder="Search"
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          search.current?.findPrevious(target.value, { incremental: true });
        }}
        onKeyDown={press}
      />
      <IconButton icon={ArrowUp} label="Earlier match" onClick={() => search.current?.findPrevious(text)} />
      <IconButton icon={ArrowDown} label="Later match" onClick={() => search.current?.findNext(text)} />
      <IconButton icon={X} label="Close search" onClick={close} />
    </search>
  );
}
