import type { ControllerRevision, Pod, PodTemplateSpec, StatefulSet } from '../../../api/generated/types.ts';
import type { Draft } from '../../../api/index.ts';
import { statefulSets } from '../../apiserver/registry/index.ts';
import { controllerReference } from '../owner-reference.ts';
import { revisionHashLabel } from '../revision-history.ts';
import { withClaims } from './claims.ts';

const nameLabel = 'statefulset.kubernetes.io/pod-name';
const indexLabel = 'apps.kubernetes.io/pod-index';

export function revisionOf({ metadata }: Pod): string {
  return metadata.labels?.[revisionHashLabel] ?? '';
}

/** The pod with this number, made from this version of the template: name, host name and labels say who it is. */
export function statefulPod(set: StatefulSet, revision: ControllerRevision, ordinal: number): Draft<Pod> {
  const { metadata, spec } = templateOf(revision);
  const name = `${set.metadata.name}-${ordinal}`;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: set.metadata.namespace,
      labels: {
        ...metadata?.labels,
        [revisionHashLabel]: revision.metadata.name,
        [nameLabel]: name,
        [indexLabel]: String(ordinal),
      },
      ...(metadata?.annotations && { annotations: metadata.annotations }),
      ...(metadata?.finalizers && { finalizers: metadata.finalizers }),
      ownerReferences: [controllerReference(set, statefulSets)],
    },
    spec: {
      ...withClaims(spec!, set, ordinal),
      hostname: name,
      ...(set.spec.serviceName && { subdomain: set.spec.serviceName }),
    },
  };
}

function templateOf({ data }: ControllerRevision): PodTemplateSpec {
  const { $patch: _, ...template } = (data as { spec: { template: PodTemplateSpec & { $patch?: string } } }).spec
    .template;
  return template;
}
