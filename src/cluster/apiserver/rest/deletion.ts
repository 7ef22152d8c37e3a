import { conflict, type KubeObject } from '../../../api/index.ts';
import { rulesOf, type ResourceDefinition } from '../resource-definition.ts';
import { withMeta } from './object-meta.ts';
import type { DeleteOptions } from './write-options.ts';

/**
 * The rules of deleting: grace periods and finalizers.
 * Upstream: apiserver/pkg/registry/rest/delete.go and generic/registry/store.go
 */

/** What the grace period says about a delete. */
export type Grace<T> =
  | { readonly type: 'none' }
  /** It is already on its way out, and this delete does not hasten it. */
  | { readonly type: 'pending' }
  | { readonly type: 'graceful'; readonly object: T; readonly seconds: number };

export function checkPreconditions(definition: ResourceDefinition, object: KubeObject, options: DeleteOptions): void {
  const { uid, resourceVersion } = options.preconditions ?? {};
  const { name, ...stored } = object.metadata;
  const of = { group: definition.group, resource: definition.kind };
  if (uid !== undefined && uid !== stored.uid) {
    const why = `the UID in the precondition (${uid}) does not match the UID in record (${stored.uid}). The object might have been deleted and then recreated`;
    throw conflict(of, name, why);
  }
  if (resourceVersion !== undefined && resourceVersion !== stored.resourceVersion) {
    const why = `the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record (${stored.resourceVersion}). The object might have been modified`;
    throw conflict(of, name, why);
  }
}

export function graceOf<T extends KubeObject>(
  definition: ResourceDefinition<T>,
  object: T,
  options: DeleteOptions,
): Grace<T> {
  const rules = rulesOf(definition);
  if (!rules.gracePeriodSeconds) return { type: 'none' };
  const { nowMs } = options.context;
  // A negative grace period counts as one second.
  const asked =
    options.gracePeriodSeconds === undefined || options.gracePeriodSeconds >= 0 ? options.gracePeriodSeconds : 1;
  const { deletionTimestamp, deletionGracePeriodSeconds: running, generation } = object.metadata;
  if (deletionTimestamp !== undefined) {
    if (!running) return { type: 'none' };
    // A grace period that runs may only be shortened.
    if (asked === undefined || asked >= running) return { type: 'pending' };
    return shortened(object, Date.parse(deletionTimestamp) + (asked - running) * 1000, asked, nowMs);
  }
  const seconds = rules.gracePeriodSeconds(object, asked);
  if (seconds === undefined) return { type: 'none' };
  const marked = withMeta(object, {
    deletionTimestamp: timestamp(nowMs + seconds * 1000),
    deletionGracePeriodSeconds: seconds,
    ...(generation && { generation: generation + 1 }),
  });
  return { type: 'graceful', object: marked, seconds };
}

function shortened<T extends KubeObject>(object: T, dueMs: number, asked: number, nowMs: number): Grace<T> {
  // When the shorter period is over already, a graceful delete still leaves one second to whoever has to finish it.
  const isOver = dueMs < nowMs;
  const seconds = isOver && asked !== 0 ? 1 : asked;
  const deletionTimestamp = timestamp(isOver ? nowMs : dueMs);
  const marked = withMeta(object, { deletionTimestamp, deletionGracePeriodSeconds: seconds });
  return { type: 'graceful', object: marked, seconds };
}

/** Marks an object without grace that waits for its finalizers. */
export function markedAsDeleting<T extends KubeObject>(object: T, nowMs: number): T {
  const { deletionTimestamp, generation } = object.metadata;
  const isFirst = deletionTimestamp === undefined;
  return withMeta(object, {
    deletionTimestamp: isFirst || Date.parse(deletionTimestamp) > nowMs ? timestamp(nowMs) : deletionTimestamp,
    deletionGracePeriodSeconds: 0,
    ...(isFirst && generation && { generation: generation + 1 }),
  });
}

const orphan = 'orphan';
const foreground = 'foregroundDeletion';

/** The finalizers that the garbage collector will act on, as the options, the object and the kind's default ask for them. */
export function withCollectorFinalizers<T extends KubeObject>(
  definition: ResourceDefinition<T>,
  object: T,
  options: DeleteOptions,
): T {
  const old = object.metadata.finalizers ?? [];
  const kept = old.filter((finalizer) => finalizer !== orphan && finalizer !== foreground);
  const wanted = collectorFinalizer(definition, old, options);
  const next = wanted ? [...kept, wanted] : kept;
  if (next.length === old.length && next.every((finalizer) => old.includes(finalizer))) return object;
  return withMeta(object, { finalizers: next });
}

function collectorFinalizer(
  definition: Pick<ResourceDefinition, 'defaultPropagation'>,
  finalizers: readonly string[],
  options: DeleteOptions,
): string | undefined {
  if (options.orphanDependents !== undefined) return options.orphanDependents ? orphan : undefined;
  switch (options.propagationPolicy) {
    case 'Orphan':
      return orphan;
    case 'Foreground':
      return foreground;
    case 'Background':
      return undefined;
    case undefined:
      return (
        finalizers.find((finalizer) => finalizer === orphan || finalizer === foreground) ??
        (definition.defaultPropagation === 'Orphan' ? orphan : undefined)
      );
  }
}

/** Whether an update that leaves no finalizers behind was the last thing that kept the object. */
export function isReleasedBy(next: KubeObject, old: KubeObject): boolean {
  if ((next.metadata.finalizers?.length ?? 0) > 0 || old.metadata.deletionTimestamp === undefined) return false;
  return !old.metadata.deletionGracePeriodSeconds;
}

function timestamp(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
