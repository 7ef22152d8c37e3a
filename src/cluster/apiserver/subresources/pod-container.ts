import { badRequest } from '../../../api/index.ts';
import type { Pod } from '../../../api/generated/types.ts';

/**
 * Which container of a pod is meant.
 * Upstream: validateContainer in pkg/registry/core/pod/strategy.go
 */
export function chooseContainer(pod: Pod, asked: string): string {
  const { name } = pod.metadata;
  const { containers = [], initContainers = [], ephemeralContainers = [] } = pod.spec ?? {};
  if (asked !== '') {
    const isThere = [...containers, ...initContainers, ...ephemeralContainers].some((one) => one.name === asked);
    if (!isThere) throw badRequest(`container ${asked} is not valid for pod ${name}`);
    return asked;
  }
  if (containers.length === 1) return containers[0]!.name;
  if (containers.length === 0) throw badRequest(`a container name must be specified for pod ${name}`);
  const list = (items: readonly { readonly name: string }[]): string => `[${items.map((item) => item.name).join(' ')}]`;
  const init = initContainers.length > 0 ? ` or one of the init containers: ${list(initContainers)}` : '';
  const ephemeral =
    ephemeralContainers.length > 0 ? ` or one of the ephemeral containers: ${list(ephemeralContainers)}` : '';
  throw badRequest(
    `a container name must be specified for pod ${name}, choose one of: ${list(containers)}${init}${ephemeral}`,
  );
}
