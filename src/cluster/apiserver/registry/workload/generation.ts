import { jsonEqual, type KubeObject } from '../../../../api/index.ts';

/** Objects whose `generation` counts the versions of their spec. Upstream: pkg/registry/apps strategies */
interface Specified extends KubeObject {
  readonly spec?: unknown;
  readonly status?: unknown;
}

/** A new object: no status yet, first generation. */
export function asFirstGeneration<T extends Specified>(object: T, status: unknown = {}): T {
  return { ...object, metadata: { ...object.metadata, generation: 1 }, status };
}

/** A changed object: status as it was, one generation more when the spec differs. */
export function asNextGeneration<T extends Specified>(next: T, old: T): T {
  const kept: T = { ...next, status: old.status };
  if (next.spec === old.spec || jsonEqual(next.spec, old.spec)) return kept;
  return { ...kept, metadata: { ...next.metadata, generation: (old.metadata.generation ?? 0) + 1 } };
}

/** Deployments also count their annotations, which ReplicaSets copy. */
export function asNextAnnotatedGeneration<T extends Specified>(next: T, old: T): T {
  const changed = asNextGeneration(next, old);
  const isCounted = changed.metadata.generation !== old.metadata.generation;
  if (isCounted || jsonEqual(next.metadata.annotations ?? {}, old.metadata.annotations ?? {})) return changed;
  return { ...changed, metadata: { ...changed.metadata, generation: (old.metadata.generation ?? 0) + 1 } };
}

/** `/status`: the spec stays. */
export function withOldSpec<T extends Specified>(next: T, old: T): T {
  return next.spec === old.spec ? next : { ...next, spec: old.spec };
}

/** As above; labels stay too. */
export function withOldSpecAndLabels<T extends Specified>(next: T, old: T): T {
  const { labels, ...metadata } = next.metadata;
  if (labels === old.metadata.labels) return withOldSpec(next, old);
  const kept = old.metadata.labels ? { ...metadata, labels: old.metadata.labels } : metadata;
  return { ...next, metadata: kept, spec: old.spec };
}

/** A changed object without a status. */
export function withNextGeneration<T extends Specified>(next: T, old: T): T {
  if (next.spec === old.spec || jsonEqual(next.spec, old.spec)) return next;
  return { ...next, metadata: { ...next.metadata, generation: (old.metadata.generation ?? 0) + 1 } };
}
