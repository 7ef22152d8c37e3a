import type { Container, PodSpec } from '../../../../api/generated/types.ts';

/** Init containers, containers, then ephemeral ones, each with its path. Upstream: VisitContainersWithPath */
export function everyContainer(spec: PodSpec, path: string, visit: (container: Container, path: string) => void): void {
  spec.initContainers?.forEach((container, at) => visit(container, `${path}.initContainers[${at}]`));
  spec.containers?.forEach((container, at) => visit(container, `${path}.containers[${at}]`));
  spec.ephemeralContainers?.forEach((container, at) => visit(container, `${path}.ephemeralContainers[${at}]`));
}

/** An init container that goes on running beside the others. */
export function isSidecar(container: Container): boolean {
  return container.restartPolicy === 'Always';
}
