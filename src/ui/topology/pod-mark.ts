import { controllerOf, keyOf } from '../../api/index.ts';
import type { Pod } from '../../api/generated/types.ts';
import { volumesOf } from './volume-marks.ts';
import { restartsOf, situationOf } from './pod-state.ts';
import type { ContainerMark, PodMark } from './scene.ts';

export const ownerId = (kind: string, namespace: string | undefined, name: string): string =>
  namespace ? `${kind}/${namespace}/${name}` : `${kind}/${name}`;

export function markOf(pod: Pod, slot: number): PodMark {
  const { name, namespace, uid, labels } = pod.metadata;
  const owner = controllerOf(pod);
  const hash = labels?.['pod-template-hash'];
  const group = owner ? withoutSuffix(owner.name, hash) : name;
  return {
    key: keyOf(pod),
    uid,
    name,
    shortName: owner && name.startsWith(`${owner.name}-`) ? name.slice(owner.name.length + 1) : owner ? name : '',
    group,
    ...situationOf(pod),
    restarts: restartsOf(pod),
    nodeName: pod.spec.nodeName ?? '',
    slot,
    containers: containersOf(pod),
    volumes: volumesOf(pod),
    ownerId: owner && ownerId(owner.kind, namespace, owner.name),
  };
}

const withoutSuffix = (name: string, suffix: string | undefined): string =>
  suffix && name.endsWith(`-${suffix}`) ? name.slice(0, -suffix.length - 1) : name;

function containersOf(pod: Pod): readonly ContainerMark[] {
  const statuses = new Map(pod.status.containerStatuses?.map((status) => [status.name, status]));
  return pod.spec.containers.map(({ name, image = '' }) => {
    const status = statuses.get(name);
    const state = status?.ready
      ? 'ready'
      : status?.state?.running
        ? 'running'
        : status?.state?.terminated
          ? 'terminated'
          : 'waiting';
    return { name, image, state };
  });
}

/** Whether the map draws both the same. */
export function isSameMark(a: PodMark, b: PodMark): boolean {
  return (
    a.uid === b.uid &&
    a.state === b.state &&
    a.reason === b.reason &&
    a.restarts === b.restarts &&
    a.nodeName === b.nodeName &&
    a.slot === b.slot &&
    a.containers.length === b.containers.length &&
    a.containers.every((container, at) => container.state === b.containers[at]!.state)
  );
}
