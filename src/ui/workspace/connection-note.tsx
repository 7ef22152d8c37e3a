import { useMachine } from '@xstate/react';
import { useEffect } from 'react';
import { useDrydock } from '../drydock.ts';
import { connectionMachine } from '../machines/connection-machine.ts';
import { kinds, type Resource } from '../stores/kinds.ts';
import styles from './workspace.module.css';

/** Says when what the page shows may be out of date. */
export function ConnectionNote() {
  const { cluster } = useDrydock();
  const [snapshot, send] = useMachine(connectionMachine);

  useEffect(() => {
    const stops = (Object.keys(kinds) as Resource[]).map((resource) =>
      cluster.of(resource).subscribe(({ phase }, before) => {
        if (phase === before.phase) return;
        if (phase === 'live') send({ type: 'watch.live', resource });
        if (phase === 'reconnecting') send({ type: 'watch.broken', resource });
      }),
    );
    return () => stops.forEach((stop) => stop());
  }, [cluster, send]);

  return (
    <output className={snapshot.matches('lost') ? styles.note : undefined}>
      {snapshot.matches('lost') && 'Reconnecting to the cluster'}
    </output>
  );
}
