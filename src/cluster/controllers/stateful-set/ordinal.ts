import type { Pod, StatefulSet } from '../../../api/generated/types.ts';

/** The numbers from the first to the last. */
export function ordinals({ spec }: StatefulSet): readonly number[] {
  const first = spec.ordinals?.start ?? 0;
  return Array.from({ length: spec.replicas ?? 1 }, (_, at) => first + at);
}

/** `web-2` is 2; undefined for a pod that is not one of the set's. Upstream: stateful_set_utils.go getParentNameAndOrdinal */
export function ordinalOf({ metadata }: Pod, set: StatefulSet): number | undefined {
  const prefix = `${set.metadata.name}-`;
  const digits = metadata.name.startsWith(prefix) ? metadata.name.slice(prefix.length) : '';
  return /^\d+$/.test(digits) ? Number(digits) : undefined;
}
