import { Button } from '../parts/button.tsx';
import styles from './workspace.module.css';

/** The cluster did not come up at all. */
export function BootFailure({ problem }: { readonly problem: string }) {
  return (
    <main className={styles.failure}>
      <h1>The cluster did not start</h1>
      <p>{problem}</p>
      <p>Reload to try again, or begin a new cluster. A new one puts your current session away for good.</p>
      <div>
        <Button tone="main" onClick={() => location.reload()}>
          Reload
        </Button>{' '}
        <Button onClick={() => location.assign('?fresh')}>New cluster</Button>
      </div>
    </main>
  );
}
