import { useStore } from 'zustand';
import type { KubeObject } from '../../api/index.ts';
import type { Event } from '../../api/generated/types.ts';
import { useDrydock } from '../drydock.ts';
import { formatDuration } from '../parts/format.ts';
import styles from './inspector.module.css';

const timeOf = (event: Event): number =>
  Date.parse(
    event.series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp,
  );

/** What happened to an object, latest first, as the cluster's components told it. */
export function useEventsOf({ kind, metadata: { name, namespace } }: KubeObject): readonly Event[] {
  const { cluster } = useDrydock();
  useStore(cluster.events, ({ revision }) => revision);
  const own: Event[] = [];
  for (const event of cluster.events.getState().objects.values()) {
    const about = event.involvedObject;
    if (about.kind === kind && about.name === name && (about.namespace ?? '') === (namespace ?? '')) own.push(event);
  }
  return own.sort((a, b) => timeOf(b) - timeOf(a));
}

export function Events({ object }: { readonly object: KubeObject }) {
  const { clock } = useDrydock();
  const events = useEventsOf(object);
  const nowMs = useStore(clock, (state) => Math.floor(state.nowMs / 1000) * 1000);
  if (events.length === 0) return <p className={styles.empty}>Nothing has been reported about it.</p>;
  return (
    <ol className={styles.events}>
      {events.map((event) => {
        const count = event.series?.count ?? event.count ?? 1;
        return (
          <li key={event.metadata.uid} data-type={event.type}>
            <p>
              <strong>
                {event.type === 'Warning' && <span aria-hidden="true">▲ </span>}
                {event.reason}
              </strong>
              <span className={styles.muted}>
                {' '}
                {formatDuration(nowMs - timeOf(event))} ago{count > 1 && `, ${count} times`} ·{' '}
                {event.source?.component || event.reportingComponent}
              </span>
            </p>
            <p>{event.message}</p>
          </li>
        );
      })}
    </ol>
  );
}
