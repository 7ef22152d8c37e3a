import { badRequest, type KubeObject, type ObjectMeta } from '../../../api/index.ts';
import { jsonEqual } from '../../../api/json.ts';
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

/**
 * The metadata of a new object: clients choose neither uid nor times, nor do they begin a deletion.
 * @param version the revision that will be written; absent when nothing will be
 */
export function newMeta(
  given: ObjectMeta,
  own: { readonly uid: string; readonly name: string; readonly version: string | undefined },
  context: RequestContext,
): ObjectMeta {
  // Written out: this is the hottest copy of all, and leaving out fields of a spread is slow.
  const meta: { -readonly [K in keyof ObjectMeta]?: ObjectMeta[K] } = { name: own.name };
  if (given.generateName) meta.generateName = given.generateName;
  if (given.namespace !== undefined) meta.namespace = given.namespace;
  meta.uid = own.uid;
  if (own.version !== undefined) meta.resourceVersion = own.version;
  if (given.generation !== undefined) meta.generation = given.generation;
  meta.creationTimestamp = context.now;
  if (given.labels) meta.labels = given.labels;
  if (given.annotations) meta.annotations = given.annotations;
  if (given.ownerReferences) meta.ownerReferences = given.ownerReferences;
  if (given.finalizers) meta.finalizers = given.finalizers;
  return meta as ObjectMeta;
}

/** What an update cannot change, taken from the stored object. */
export function keptMeta(next: ObjectMeta, old: ObjectMeta): ObjectMeta {
  const grace = next.deletionGracePeriodSeconds ?? old.deletionGracePeriodSeconds;
  const deletion = old.deletionTimestamp ?? next.deletionTimestamp;
  const isKept =
    next.uid === old.uid &&
    next.creationTimestamp === old.creationTimestamp &&
    next.deletionTimestamp === deletion &&
    next.deletionGracePeriodSeconds === grace &&
    next.selfLink === undefined;
  if (isKept) return next;
  const { selfLink: _link, ...rest } = next;
  return {
    ...rest,
    uid: next.uid || old.uid,
    creationTimestamp: old.creationTimestamp,
    ...(deletion !== undefined && { deletionTimestamp: deletion }),
    ...(grace !== undefined && { deletionGracePeriodSeconds: grace }),
  };
}

/** Whether an update changes nothing; the resourceVersion does not count. */
export function isUnchanged(next: KubeObject, old: KubeObject): boolean {
  if (next === old) return true;
  return isSameBut('metadata', next, old) && isSameBut('resourceVersion', next.metadata, old.metadata);
}

function isSameBut(ignored: string, a: object, b: object): boolean {
  if (a === b) return true;
  const [mine, theirs] = [a as Record<string, unknown>, b as Record<string, unknown>];
  for (const key in mine) if (key !== ignored && !jsonEqual(mine[key], theirs[key])) return false;
  for (const key in theirs) if (key !== ignored && theirs[key] !== undefined && mine[key] === undefined) return false;
  return true;
}

/** `generation` belongs to the API server: an update starts from the stored one. */
export function withGeneration<T extends KubeObject>(object: T, generation: number | undefined): T {
  if (object.metadata.generation === generation) return object;
  const { generation: _given, ...metadata } = object.metadata;
  return { ...object, metadata: generation === undefined ? metadata : { ...metadata, generation } };
}
