import type { Pod, Volume } from '../../api/generated/types.ts';
import type { ObjectKey } from '../../api/index.ts';

/** The claim that a volume of a pod stands for; undefined for volumes of other sorts. */
export function claimNameOf(pod: Pod, { name, persistentVolumeClaim, ephemeral }: Volume): string | undefined {
  // An ephemeral volume has a claim of its own, named after both.
  return persistentVolumeClaim?.claimName ?? (ephemeral && `${pod.metadata.name}-${name}`);
}

/** The keys of the claims that a pod uses. */
export function claimsOf(pod: Pod): readonly ObjectKey[] {
  return (pod.spec.volumes ?? []).flatMap((volume) => {
    const name = claimNameOf(pod, volume);
    return name === undefined ? [] : [`${pod.metadata.namespace}/${name}`];
  });
}
