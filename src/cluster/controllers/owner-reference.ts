import { controllerOf, type Draft, type KubeObject, type OwnerReference } from '../../api/index.ts';
import type { ResourceDefinition } from '../apiserver/resource-definition.ts';

/** The reference of an object to the one that controls it. Upstream: apimachinery/pkg/apis/meta/v1/controller_ref.go */
export function controllerReference(
  owner: KubeObject,
  definition: Pick<ResourceDefinition, 'group' | 'version' | 'kind'>,
): OwnerReference {
  return {
    apiVersion: apiVersionOf(definition),
    kind: definition.kind,
    name: owner.metadata.name,
    uid: owner.metadata.uid,
    controller: true,
    blockOwnerDeletion: true,
  };
}

/** For an index of objects by their controller: its uid, when they have one. */
export function controllerUids(object: KubeObject): readonly string[] {
  const controller = controllerOf(object);
  return controller ? [controller.uid] : [];
}

export function apiVersionOf({ group, version }: { readonly group: string; readonly version: string }): string {
  return group ? `${group}/${version}` : version;
}

export function withOwner<T extends KubeObject | Draft<KubeObject>>(object: T, owner: OwnerReference): T {
  const ownerReferences = [...(object.metadata.ownerReferences ?? []), owner];
  return { ...object, metadata: { ...object.metadata, ownerReferences } };
}

export function withoutOwner<T extends KubeObject>(object: T, ownerUid: string): T {
  const ownerReferences = object.metadata.ownerReferences?.filter((owner) => owner.uid !== ownerUid);
  if (ownerReferences?.length === object.metadata.ownerReferences?.length) return object;
  return { ...object, metadata: { ...object.metadata, ownerReferences } };
}
