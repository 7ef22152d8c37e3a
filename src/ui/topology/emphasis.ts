import type { ObjectKey } from '../../api/index.ts';
import type { Journey } from '../requests/journey-store.ts';
import type { ObjectRef } from '../stores/selection-store.ts';
import type { PodMark, Scene, WorkloadView } from './scene.ts';

/** The pods that a request came from and went to; undefined as long as it met none. */
export function travelledPods({ hops }: Journey): ReadonlySet<ObjectKey> | undefined {
  const pods = hops.flatMap(({ from, to }) => [from, to].filter(({ type }) => type === 'pod').map(({ name }) => name));
  return pods.length > 0 ? new Set(pods) : undefined;
}

/** The pods that belong to what is selected; undefined when nothing should be singled out. */
export function relatedPods(
  selected: ObjectRef | undefined,
  scene: Scene,
  byOwner: ReadonlyMap<string, WorkloadView>,
): ReadonlySet<ObjectKey> | undefined {
  if (!selected) return undefined;
  const { resource, key } = selected;
  if (resource === 'services') {
    const service = scene.services.find((view) => view.key === key);
    const pods = [...(service?.endpoints ?? []), ...(service?.notReady ?? [])];
    return pods.length > 0 ? new Set(pods) : undefined;
  }
  if (resource === 'deployments' || resource === 'replicasets') {
    const isRelated = ({ ownerId }: PodMark) => {
      if (!ownerId) return false;
      return resource === 'replicasets' ? ownerId === `ReplicaSet/${key}` : byOwner.get(ownerId)?.key === key;
    };
    const pods = scene.pods.filter(isRelated).map((mark) => mark.key);
    return pods.length > 0 ? new Set(pods) : undefined;
  }
  return undefined;
}

export function emphasisOf(
  mark: PodMark,
  selected: ObjectRef | undefined,
  related: ReadonlySet<ObjectKey> | undefined,
): 'none' | 'selected' | 'related' | 'dimmed' {
  if (selected?.resource === 'pods') return selected.key === mark.key ? 'selected' : 'none';
  if (!related) return 'none';
  return related.has(mark.key) ? 'related' : 'dimmed';
}
