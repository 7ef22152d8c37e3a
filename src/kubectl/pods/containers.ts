import type { Container, Pod } from '../../api/generated/types.ts';
import { CommandError } from '../errors/command-error.ts';

/** Which container of a pod a command is about. Upstream: kubectl/pkg/cmd/util/podcmd/podcmd.go */

export const defaultContainerAnnotation = 'kubectl.kubernetes.io/default-container';

type AnyContainer = Pick<Container, 'name'> & Partial<Container>;

export function findContainer({ spec }: Pod, name: string): AnyContainer | undefined {
  const all: readonly AnyContainer[] = [
    ...spec.containers,
    ...(spec.initContainers ?? []),
    ...(spec.ephemeralContainers ?? []),
  ];
  return all.find((container) => container.name === name);
}

export function hasSeveralContainers({ spec }: Pod): boolean {
  return (
    spec.containers.length > 1 || (spec.initContainers?.length ?? 0) > 0 || (spec.ephemeralContainers?.length ?? 0) > 0
  );
}

/** `web, debugger (ephem), setup (init)` */
export function containerNames({ spec }: Pod): string {
  return [
    ...spec.containers.map(({ name }) => name),
    ...(spec.ephemeralContainers ?? []).map(({ name }) => `${name} (ephem)`),
    ...(spec.initContainers ?? []).map(({ name }) => `${name} (init)`),
  ].join(', ');
}

/** The container that was named, or the default one, which is mentioned where there is a choice. */
export function chooseContainer(pod: Pod, name: string, mention: (text: string) => void): AnyContainer {
  if (name !== '') {
    const named = findContainer(pod, name);
    if (!named) throw new CommandError(`container ${name} not found in pod ${pod.metadata.name}`);
    return named;
  }
  const preferred = pod.metadata.annotations?.[defaultContainerAnnotation];
  const annotated = preferred ? findContainer(pod, preferred) : undefined;
  if (annotated) return annotated;
  const first = pod.spec.containers[0]!;
  if (hasSeveralContainers(pod))
    mention(`Defaulted container ${JSON.stringify(first.name)} out of: ${containerNames(pod)}\n`);
  return first;
}
