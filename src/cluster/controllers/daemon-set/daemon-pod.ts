import type { DaemonSet, NodeSelectorTerm, Pod, PodTemplateSpec, Toleration } from '../../../api/generated/types.ts';
import { revisionHashLabel } from '../revision-history.ts';
import { daemonTolerations } from './eligibility.ts';

/** Deprecated, but the API still counts it up, and pods still show it. */
const generationAnnotation = 'deprecated.daemonset.template.generation';

/** The template of the pod for one node: an affinity sends it there and nowhere else. */
export function templateFor({ metadata, spec }: DaemonSet, hash: string, nodeName: string): PodTemplateSpec {
  const { template } = spec;
  const podSpec = template.spec!;
  const generation = metadata.annotations?.[generationAnnotation];
  const { affinity } = podSpec;
  const nodeSelectorTerms: readonly NodeSelectorTerm[] = [
    { matchFields: [{ key: 'metadata.name', operator: 'In', values: [nodeName] }] },
  ];
  const nodeAffinity = {
    ...affinity?.nodeAffinity,
    requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms },
  };
  return {
    metadata: {
      ...template.metadata,
      labels: {
        ...template.metadata?.labels,
        [revisionHashLabel]: hash,
        ...(generation !== undefined && { 'pod-template-generation': generation }),
      },
    },
    spec: {
      ...podSpec,
      affinity: { ...affinity, nodeAffinity },
      tolerations: withTolerations(podSpec.tolerations ?? [], daemonTolerations(podSpec)),
    },
  };
}

/** Where a pod is, or is going to be. */
export function nodeNameOf({ spec }: Pod): string | undefined {
  if (spec.nodeName) return spec.nodeName;
  const terms = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  return terms?.[0]?.matchFields?.find(({ key }) => key === 'metadata.name')?.values?.[0];
}

function withTolerations(own: readonly Toleration[], added: readonly Toleration[]): readonly Toleration[] {
  const isSame = (a: Toleration, b: Toleration): boolean => a.key === b.key && a.effect === b.effect;
  return [...own.filter((toleration) => !added.some((other) => isSame(toleration, other))), ...added];
}
