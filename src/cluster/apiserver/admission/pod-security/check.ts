import type { Container } from '../../../../api/generated/types.ts';
import type { CheckedPod } from './pod-template-of.ts';
import type { Violation } from './violation.ts';

export type Check = (pod: CheckedPod) => Violation | undefined;

export interface VersionedCheck {
  /** The checks are made in the order of their ids. */
  readonly id: string;
  /** By the minor version of Kubernetes that they came with, oldest first. */
  readonly versions: readonly (readonly [minor: number, check: Check])[];
  /** Checks of the baseline level that this one, of the restricted level, takes the place of. */
  readonly replaces?: string;
}

/** Upstream: visitContainers */
export function containersOf({ spec }: CheckedPod): readonly Container[] {
  return [...(spec.initContainers ?? []), ...spec.containers, ...((spec.ephemeralContainers ?? []) as Container[])];
}

/** `"a", "b"` */
export function quoted(items: Iterable<string>): string {
  return [...items].map((item) => `"${item}"`).join(', ');
}

export function sorted(items: Iterable<string>): readonly string[] {
  return [...new Set(items)].toSorted();
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return count === 1 ? one : many;
}

/** `container "a"`, `containers "a", "b"` */
export function namesOf(containers: readonly Container[]): string {
  return `${plural(containers.length, 'container')} ${quoted(containers.map(({ name }) => name))}`;
}

/** Who has set something: `pod and container "a"`. */
export function settersOf(isPod: boolean, containers: readonly Container[]): string {
  return [...(isPod ? ['pod'] : []), ...(containers.length > 0 ? [namesOf(containers)] : [])].join(' and ');
}

/** Pods of Windows are spared what only Linux knows. */
export function exceptOnWindows(check: Check): Check {
  return (pod) => (pod.spec.os?.name === 'windows' ? undefined : check(pod));
}

/** What happens in a user namespace of its own stays there. */
export function exceptInUserNamespaces(check: Check): Check {
  return (pod) => (pod.spec.hostUsers === false ? undefined : check(pod));
}
