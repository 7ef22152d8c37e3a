import type { KubeObject, ObjectKey } from '../../../api/index.ts';
import type { VirtualClock } from '../../../kernel/index.ts';
import type { Collection } from '../../store/index.ts';

interface Lease {
  readonly key: ObjectKey;
  readonly resourceVersion: string;
  readonly dueMs: number;
}

const sweepIntervalMs = 60_000;

/**
 * Takes objects away some time after they were last written: Events live for an hour.
 * Upstream: etcd's leases; kube-apiserver's --event-ttl
 * Differs: looks once a minute, so an object may live up to a minute longer.
 */
export function expire<T extends KubeObject>(collection: Collection<T>, lifetimeMs: number, clock: VirtualClock): void {
  /** In the order in which they end, since all live equally long. */
  let leases: Lease[] = [];
  collection.watch(({ type, key, object }) => {
    if (type === 'DELETED') return;
    const { resourceVersion } = object.metadata;
    leases.push({ key, resourceVersion, dueMs: clock.nowMs + lifetimeMs });
  });
  const sweep = (): void => {
    const kept = leases.findIndex(({ dueMs }) => dueMs > clock.nowMs);
    const ended = kept < 0 ? leases : leases.slice(0, kept);
    leases = kept < 0 ? [] : leases.slice(kept);
    for (const { key, resourceVersion } of ended) {
      // Written again since: a later lease counts.
      if (collection.get(key)?.metadata.resourceVersion === resourceVersion) collection.delete(key, resourceVersion);
    }
    clock.schedule(sweepIntervalMs, label, sweep);
  };
  const label = { component: 'etcd', action: 'expire', subject: collection.prefix };
  clock.schedule(sweepIntervalMs, label, sweep);
}
