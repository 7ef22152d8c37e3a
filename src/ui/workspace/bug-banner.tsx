import { Bug, X } from 'lucide-react';
import { useStore } from 'zustand';
import { Button } from '../parts/button.tsx';
import { IconButton } from '../parts/icon-button.tsx';
import type { BugStore } from '../stores/bug-store.ts';
import styles from './workspace.module.css';

/** A broken assumption inside the simulator: it is our fault, and the session is what we need to find it. */
export function BugBanner({ bugs }: { readonly bugs: BugStore }) {
  const bug = useStore(bugs, (state) => state.bug);
  if (!bug) return null;

  function save() {
    const url = URL.createObjectURL(new Blob([JSON.stringify(bug, undefined, 1)], { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = 'drydock-bug-report.json';
    link.click();
    URL.revokeObjectURL(url);
  }

  return (
    <div role="alert" className={styles.bug}>
      <Bug size={16} aria-hidden="true" />
      <p>
        <strong>This is a bug in the simulator, not in what you did.</strong> {bug.message} (seed{' '}
        {bug.session.options.seed})
      </p>
      <Button onClick={save}>Save the report</Button>
      <IconButton icon={X} label="Dismiss" onClick={() => bugs.setState({ bug: undefined })} />
    </div>
  );
}
