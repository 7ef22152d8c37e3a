import type { PersistentVolume, Pod, Volume } from '../../../../api/generated/types.ts';
import type { Collection } from '../../../store/index.ts';

export interface NodeCollections {
  readonly pods: Collection<Pod>;
  readonly persistentVolumes: Collection<PersistentVolume>;
}

type Kind = 'secrets' | 'configmaps' | 'persistentvolumeclaims' | 'persistentvolumes' | 'serviceaccounts' | 'pods';

/**
 * Whether a node has to do with an object: the object is one of its pods, or one of its pods refers to it.
 * Upstream: plugin/pkg/auth/authorizer/node/graph.go keeps a graph; only requests of kubelets ask, and here these come
 * over the network rarely, so that the pods of the object's namespace are looked at when one does.
 */
export function isRelated(
  { pods, persistentVolumes }: NodeCollections,
  nodeName: string,
  kind: Kind,
  namespace: string,
  name: string,
): boolean {
  if (kind === 'pods') return pods.get(`${namespace}/${name}`)?.spec.nodeName === nodeName;
  if (kind === 'persistentvolumes') {
    const claim = persistentVolumes.get(name)?.spec?.claimRef;
    return claim !== undefined && uses('persistentvolumeclaims', claim.namespace ?? '', claim.name ?? '');
  }
  return uses(kind, namespace, name);

  function uses(used: Kind, place: string, what: string): boolean {
    for (const pod of pods.list(place).objects) {
      if (pod.spec.nodeName === nodeName && refersTo(pod, used, what)) return true;
    }
    return false;
  }
}

function refersTo(pod: Pod, kind: Kind, name: string): boolean {
  const { spec } = pod;
  if (kind === 'serviceaccounts') return spec.serviceAccountName === name;
  // A mirror of a static pod gives its node no rights.
  if (pod.metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined) return false;
  if (kind === 'secrets' && spec.imagePullSecrets?.some((secret) => secret.name === name)) return true;
  if (spec.volumes?.some((volume) => isIn(volume, kind, name, pod.metadata.name))) return true;
  if (kind === 'persistentvolumeclaims') return false;
  const containers = [...spec.containers, ...(spec.initContainers ?? []), ...(spec.ephemeralContainers ?? [])];
  return containers.some(({ env = [], envFrom = [] }) => {
    if (kind === 'secrets') {
      return (
        env.some((item) => item.valueFrom?.secretKeyRef?.name === name) ||
        envFrom.some((item) => item.secretRef?.name === name)
      );
    }
    return (
      env.some((item) => item.valueFrom?.configMapKeyRef?.name === name) ||
      envFrom.some((item) => item.configMapRef?.name === name)
    );
  });
}

function isIn(volume: Volume, kind: Kind, name: string, podName: string): boolean {
  const sources = volume.projected?.sources ?? [];
  switch (kind) {
    case 'secrets':
      return volume.secret?.secretName === name || sources.some((source) => source.secret?.name === name);
    case 'configmaps':
      return volume.configMap?.name === name || sources.some((source) => source.configMap?.name === name);
    case 'persistentvolumeclaims':
      return (
        volume.persistentVolumeClaim?.claimName === name ||
        (volume.ephemeral !== undefined && `${podName}-${volume.name}` === name)
      );
    default:
      return false;
  }
}
