import { useState } from 'react';
import { useDrydock } from '../drydock.ts';
import { listHomeFiles, readHomeFile } from './home-files.ts';
import styles from './editor.module.css';

/** Opens a file of the terminal's home folder. */
export function OpenFile() {
  const { workstation, editor, overlay } = useDrydock();
  const [names, setNames] = useState<readonly string[]>([]);

  async function open(name: string) {
    try {
      editor.open(name, readHomeFile(await workstation.open(), name));
    } catch (error) {
      overlay.say(`${name}: ${error instanceof Error ? error.message : String(error)}`, 'bad');
    }
  }

  // The list is read when somebody is about to look at it.
  const refresh = () => void workstation.open().then((machine) => setNames(listHomeFiles(machine)));

  return (
    <select
      className={styles.openFile}
      aria-label="Open a file of the terminal"
      value=""
      onFocus={refresh}
      onPointerDown={refresh}
      onChange={({ target }) => void open(target.value)}
    >
      <option value="">Open</option>
      {names.map((name) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
      {names.length === 0 && <option disabled>No files in the terminal’s home folder</option>}
    </select>
  );
}
