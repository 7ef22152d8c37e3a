import { useId, useMemo, useState, type KeyboardEvent } from 'react';
import { useDrydock } from '../drydock.ts';
import { Dialog } from '../parts/dialog.tsx';
import { commandsOf, objectsOf, requestsOf, search } from './commands.ts';
import styles from './palette.module.css';

const mostShown = 40;

/** Finds any object or command by a few letters. */
export function Palette({ onClose }: { readonly onClose: () => void }) {
  const drydock = useDrydock();
  const id = useId();
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const all = useMemo(() => [...commandsOf(drydock), ...objectsOf(drydock), ...requestsOf(drydock)], [drydock]);
  const found = useMemo(() => search(all, query, mostShown), [all, query]);
  const chosen = found[Math.min(at, found.length - 1)];

  function run(command: typeof chosen) {
    if (!command) return;
    onClose();
    command.run();
  }

  function press(event: KeyboardEvent) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) {
      const next = (at + by + found.length) % Math.max(1, found.length);
      setAt(next);
      document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter') run(chosen);
    else return;
    event.preventDefault();
  }

  return (
    <Dialog title="Find an object or a command" isBare onClose={onClose}>
      <input
        className={styles.input}
        // The dialog is opened in order to type.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        role="combobox"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={chosen && `${id}-${found.indexOf(chosen)}`}
        aria-label="Find an object or a command"
        placeholder="Find an object or a command"
        value={query}
        onChange={({ target }) => {
          setQuery(target.value);
          setAt(0);
        }}
        onKeyDown={press}
      />
      {/* A select cannot hold shortcuts and kinds: this is the combobox pattern, on a list. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role, jsx-a11y/prefer-tag-over-role */}
      <ul className={styles.list} role="listbox" id={`${id}-list`} aria-label="Matches">
        {found.map((command, index) => (
          // The input holds the focus; the keys are handled there.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
          <li
            key={command.id}
            id={`${id}-${index}`}
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role, jsx-a11y/prefer-tag-over-role
            role="option"
            aria-selected={command === chosen}
            onMouseMove={() => setAt(index)}
            onClick={() => run(command)}
          >
            <span>{command.title}</span>
            {command.shortcut && <kbd>{command.shortcut}</kbd>}
            <small>{command.sort}</small>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className={styles.none}>Nothing is called that.</p>}
    </Dialog>
  );
}
