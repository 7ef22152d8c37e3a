import type { PersistentVolumeClaim, Pod, PodSpec, StatefulSet, Volume } from '../../../api/generated/types.ts';
import type { Draft, OwnerReference } from '../../../api/index.ts';
import { pods, statefulSets } from '../../apiserver/registry/index.ts';
import { controllerReference } from '../owner-reference.ts';
import { ordinalOf, ordinals } from './ordinal.ts';

/** The claims of a stateful pod. Upstream: pkg/controller/statefulset/stateful_set_utils.go */

function claimName(template: PersistentVolumeClaim, set: StatefulSet, ordinal: number): string {
  return `${template.metadata.name}-${set.metadata.name}-${ordinal}`;
}

export function claimNames(set: StatefulSet, ordinal: number): readonly string[] {
  return (set.spec.volumeClaimTemplates ?? []).map((template) => claimName(template, set, ordinal));
}

/** One claim for each template: it outlives the pod, and finds it again by its number. */
export function claimsFor(set: StatefulSet, ordinal: number): readonly Draft<PersistentVolumeClaim>[] {
  return (set.spec.volumeClaimTemplates ?? []).map((template) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      name: claimName(template, set, ordinal),
      namespace: set.metadata.namespace,
      labels: { ...template.metadata.labels, ...set.spec.selector.matchLabels },
      ...(template.metadata.annotations && { annotations: template.metadata.annotations }),
    },
    spec: template.spec,
  }));
}

/** Volumes over the claims, in front of the template's own; one of the same name gives way. */
export function withClaims(spec: PodSpec, set: StatefulSet, ordinal: number): PodSpec {
  const templates = set.spec.volumeClaimTemplates ?? [];
  if (templates.length === 0) return spec;
  const volumes = templates.map((template): Volume => ({
    name: template.metadata.name,
    persistentVolumeClaim: { claimName: claimName(template, set, ordinal) },
  }));
  const names = new Set(volumes.map(({ name }) => name));
  return { ...spec, volumes: [...volumes, ...(spec.volumes ?? []).filter(({ name }) => !names.has(name))] };
}

/**
 * With whom a claim goes: with the set when it is deleted, with the pod when that is one too many, or with nobody.
 * Upstream: updateClaimOwnerRefForSetAndPod
 */
export function claimOwners(
  { metadata }: PersistentVolumeClaim,
  set: StatefulSet,
  pod: Pod,
): readonly OwnerReference[] {
  const ours = new Set([set.metadata.uid, pod.metadata.uid]);
  const others = (metadata.ownerReferences ?? []).filter(({ uid }) => !ours.has(uid));
  if (others.some(({ controller }) => controller)) return others;
  const { whenDeleted, whenScaled } = set.spec.persistentVolumeClaimRetentionPolicy ?? {};
  const isSurplus = !ordinals(set).includes(ordinalOf(pod, set) ?? -1);
  if (isSurplus && whenScaled === 'Delete') return [...others, controllerReference(pod, pods)];
  return whenDeleted === 'Delete' ? [...others, controllerReference(set, statefulSets)] : others;
}
