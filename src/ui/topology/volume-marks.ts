import type { Pod, Volume } from '../../api/generated/types.ts';
import type { ObjectRef } from '../stores/selection-store.ts';
import type { VolumeMark } from './scene.ts';

const none: readonly VolumeMark[] = [];

/** The volumes of a pod, without the service account token that admission puts into each. */
export function volumesOf({ spec: { volumes } }: Pod): readonly VolumeMark[] {
  const marks = volumes?.filter(({ name, projected }) => !(projected && name.startsWith('kube-api-access-')));
  return marks?.length ? marks.map(markOf) : none;
}

function markOf({ name, persistentVolumeClaim, configMap, secret, emptyDir }: Volume): VolumeMark {
  if (persistentVolumeClaim) return { name, kind: 'claim', source: persistentVolumeClaim.claimName };
  if (configMap) return { name, kind: 'config', source: configMap.name ?? '' };
  if (secret) return { name, kind: 'secret', source: secret.secretName ?? '' };
  return { name, kind: emptyDir ? 'scratch' : 'other', source: name };
}

export const volumeTitles: Readonly<Record<VolumeMark['kind'], string>> = {
  claim: 'PersistentVolumeClaim',
  config: 'ConfigMap',
  secret: 'Secret',
  scratch: 'emptyDir',
  other: 'volume',
};

/** The object behind a volume, where there is one to look at. */
export function volumeRef({ kind, source }: VolumeMark, namespace: string): ObjectRef | undefined {
  const resource = kind === 'claim' ? 'persistentvolumeclaims' : kind === 'config' ? 'configmaps' : 'secrets';
  return kind === 'scratch' || kind === 'other' ? undefined : { resource, key: `${namespace}/${source}` };
}

/** Two fit side by side below a pod. */
const mostVolumes = 2;
const inset = 3;
/** Of the strip below a pod that they hang in. */
export const volumeHeight = 6.4;

export interface VolumePlace {
  readonly volume: VolumeMark;
  /** From the pod's left edge. */
  readonly x: number;
  readonly width: number;
}

/** Where the volumes of a pod are that is so wide, and how many there is no room for. */
export function volumePlaces(
  volumes: readonly VolumeMark[],
  podWidth: number,
): {
  readonly places: readonly VolumePlace[];
  readonly rest: number;
} {
  const shown = volumes.length > mostVolumes ? volumes.slice(0, mostVolumes - 1) : volumes;
  const width = (podWidth - 2 * inset) / Math.min(mostVolumes, Math.max(1, volumes.length));
  return {
    places: shown.map((volume, index) => ({ volume, x: inset + index * width, width })),
    rest: volumes.length - shown.length,
  };
}
