import {
  alreadyExists,
  ApiError,
  conflict,
  groupResourceName,
  invalid,
  throwIfInvalid,
  type KubeObject,
  type ObjectMeta,
} from '../../../api/index.ts';
import type { ResourceDefinition } from '../resource-definition.ts';

/** How the generic registry words its refusals. Upstream: apiserver/pkg/registry/generic/registry/store.go */
type Named = Pick<ResourceDefinition, 'group' | 'resource' | 'forbidsUnconditionalUpdate'>;

const hasChanged = 'the object has been modified; please apply your changes to the latest version and try again';

/** Optimistic concurrency: the version and the uid that a client names must be the stored ones. */
export function checkVersion(
  definition: Named,
  given: Partial<ObjectMeta>,
  stored: KubeObject,
  storageKey: string,
): void {
  const { uid, resourceVersion, name } = stored.metadata;
  if (given.uid && given.uid !== uid) throw wrongUid(definition, name, given.uid, uid, storageKey);
  const isConditional =
    given.resourceVersion !== undefined && given.resourceVersion !== '' && given.resourceVersion !== '0';
  if (isConditional) {
    if (given.resourceVersion !== resourceVersion) throw conflict(definition, name, hasChanged);
  } else if (definition.forbidsUnconditionalUpdate) {
    const error = invalid('metadata.resourceVersion', 0, 'must be specified for an update');
    throwIfInvalid({ group: definition.group, kind: definition.resource }, name, [error]);
  }
}

/** Upstream: storage.NewInvalidObjError */
export function wrongUid(of: Named, name: string, asked: string, stored: string, storageKey: string): ApiError {
  const failure = `Precondition failed: UID in precondition: ${asked}, UID in object meta: ${stored}`;
  const why = `StorageError: invalid object, Code: 4, Key: ${storageKey}, ResourceVersion: 0, AdditionalErrorMsg: ${failure}`;
  return conflict(of, name, why);
}

export function nameTaken(definition: Named, taken: KubeObject): ApiError {
  const error = alreadyExists(definition, taken.metadata.name);
  if (taken.metadata.deletionTimestamp === undefined) return error;
  return new ApiError(error.code, error.reason, `object is being deleted: ${error.message}`, error.details);
}

export function noNameFound(definition: Named, name: string): ApiError {
  const { group, resource } = definition;
  const message = `${groupResourceName(definition)} "${name}" already exists, the server was not able to generate a unique name for the object`;
  return new ApiError(409, 'AlreadyExists', message, {
    ...(group && { group }),
    kind: resource,
    name,
    retryAfterSeconds: 1,
  });
}
