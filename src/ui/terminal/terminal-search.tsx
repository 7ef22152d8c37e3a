import type { SearchAddon } from '@xterm/addon-search';
import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import { IconButton } from '../parts/icon-button.tsx';
import styles from './terminal.module.css';

interface TerminalSearchProps {
  readonly search: SearchAddon;
  readonly onClose: () => void;
}

export function TerminalSearch({ search, onClose }: TerminalSearchProps) {
  const [text, setText] = useState('');

  function close() {
    search.clearDecorations();
    onClose();
  }

  function press(event: KeyboardEvent) {
    if (event.key === 'Escape') close();
    else if (event.key === 'Enter' && event.shiftKey) search.findNext(text);
    else if (event.key === 'Enter') search.findPrevious(text);
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
          search.findPrevious(target.value, { incremental: true });
        }}
        onKeyDown={press}
      />
      <IconButton icon={ArrowUp} label="Earlier match" onClick={() => search.findPrevious(text)} />
      <IconButton icon={ArrowDown} label="Later match" onClick={() => search.findNext(text)} />
      <IconButton icon={X} label="Close search" onClick={close} />
    </search>
  );
}
