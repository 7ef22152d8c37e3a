import { badRequest, type KubeObject, type ObjectMeta } from '../../../api/index.ts';
import type { RequestContext } from '../resource-definition.ts';

/**
 * What the API server itself writes into `metadata`.
 * Upstream: apiserver/pkg/registry/rest/meta.go, create.go, update.go
 */
export function withMeta<T extends KubeObject>(object: T, change: Partial<ObjectMeta>): T {
  return { ...object, metadata: { ...object.metadata, ...change } };
}

/** Puts the object into the namespace of the request; refuses one that names another. */
export function inNamespace<T extends KubeObject>(object: T, namespace: string): T {
  const own = object.metadata.namespace ?? '';
  if (own === namespace) return object;
  if (namespace === '') {
    const { namespace: _dropped, ...metadata } = object.metadata;
    return { ...object, metadata };
  }
  if (own !== '') {
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  }
  return withMeta(object, { namespace });
}

/** The metadata of a new object: clients choose neither uid nor times, nor do they begin a deletion. */
export function newMeta(given: ObjectMeta, uid: string, name: string, context: RequestContext): ObjectMeta {
  const {
    resourceVersion: _version,
    deletionTimestamp: _deletion,
    deletionGracePeriodSeconds: _grace,
    selfLink: _link,
    ...rest
  } = given;
  return { ...rest, name, uid, creationTimestamp: context.now } as ObjectMeta;
}

/** What an update cannot change, taken from the stored object. */
export function keptMeta(next: ObjectMeta, old: ObjectMeta): ObjectMeta {
  if (next === old) return next;
  const kept: Record<string, unknown> = { ...next };
  kept['uid'] = next.uid || old.uid;
  kept['creationTimestamp'] = old.creationTimestamp;
  if (old.deletionTimestamp !== undefined) kept['deletionTimestamp'] = old.deletionTimestamp;
  if (old.deletionGracePeriodSeconds !== undefined && next.deletionGracePeriodSeconds === undefined) {
    kept['deletionGracePeriodSeconds'] = old.deletionGracePeriodSeconds;
  }
  delete kept['selfLink'];
  return kept as unknown as ObjectMeta;
}

/** `generation` belongs to the API server: an update starts from the stored one. */
export function withGeneration<T extends KubeObject>(object: T, generation: number | undefined): T {
  if (object.metadata.generation === generation) return object;
  const { generation: _given, ...metadata } = object.metadata;
  return { ...object, metadata: generation === undefined ? metadata : { ...metadata, generation } };
}
