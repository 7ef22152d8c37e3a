import type { Pod, PodCondition, PodStatus } from '../../../../api/generated/types.ts';
import { jsonEqual } from '../../../../api/index.ts';
import { withFields } from '../../../../api/with-fields.ts';
import { agreeOnServiceAccount } from '../pod-spec/defaults.ts';
import { withField } from '../share.ts';
import { applyLabelKeys } from './label-keys.ts';
import { computeQosClass } from './qos.ts';

/**
 * What the API server decides about a pod itself.
 * Upstream: pkg/registry/core/pod/strategy.go
 */
export function preparePodForCreate(pod: Pod): Pod {
  const spec = applyLabelKeys(agreeOnServiceAccount(pod.spec), pod.metadata.labels ?? {});
  const isGated = (spec.schedulingGates?.length ?? 0) > 0;
  const status: PodStatus = {
    ...(isGated && { conditions: [gatedCondition] }),
    phase: 'Pending',
    qosClass: computeQosClass(spec),
  };
  return withFields(pod, { metadata: withFields(pod.metadata, { generation: 1 }), spec, status });
}

const gatedCondition: PodCondition = {
  type: 'PodScheduled',
  status: 'False',
  reason: 'SchedulingGated',
  message: 'Scheduling is blocked due to non-empty scheduling gates',
};

export function preparePodForUpdate(next: Pod, old: Pod): Pod {
  return bumpGeneration({ ...next, status: old.status }, old);
}

export function bumpGeneration(next: Pod, old: Pod): Pod {
  if (next.spec === old.spec || jsonEqual(next.spec, old.spec)) return next;
  return { ...next, metadata: { ...next.metadata, generation: (old.metadata.generation ?? 0) + 1 } };
}

/** The kubelet and the scheduler write status only: spec, owners and deletion stay what they are. */
export function preparePodStatus(next: Pod, old: Pod): Pod {
  const { deletionTimestamp, deletionGracePeriodSeconds, ownerReferences } = old.metadata;
  let metadata = next.metadata;
  metadata = withField(metadata, 'deletionTimestamp', deletionTimestamp);
  metadata = withField(metadata, 'deletionGracePeriodSeconds', deletionGracePeriodSeconds);
  metadata = withField(metadata, 'ownerReferences', ownerReferences);
  let status = next.status ?? {};
  if (!status.qosClass && old.status?.qosClass) status = withField(status, 'qosClass', old.status.qosClass);
  status = keepObservedGeneration(status, old.status);
  return { ...next, metadata, spec: old.spec, status };
}

/** A client that does not know `observedGeneration` must not take it away. */
function keepObservedGeneration(given: PodStatus, old: PodStatus | undefined): PodStatus {
  let status = given;
  if (!status.observedGeneration && old?.observedGeneration) {
    status = withField(status, 'observedGeneration', old.observedGeneration);
  }
  if (!status.conditions?.some((condition) => !condition.observedGeneration)) return status;
  if (!old?.conditions?.some((condition) => condition.observedGeneration)) return status;
  const known = [...old.conditions];
  const conditions = status.conditions.map((condition) => {
    const at = known.findIndex(({ type }) => type === condition.type);
    const [before] = at < 0 ? [] : known.splice(at, 1);
    if (condition.observedGeneration || !before?.observedGeneration) return condition;
    return { ...condition, observedGeneration: before.observedGeneration };
  });
  return withField(status, 'conditions', conditions);
}

/** 0 deletes at once: the pod runs nowhere, or no longer. */
export function podGracePeriod(pod: Pod, asked: number | undefined): number {
  const { spec, status } = pod;
  const isOver = status?.phase === 'Failed' || status?.phase === 'Succeeded';
  if (!spec.nodeName || isOver) return 0;
  const seconds = asked ?? spec.terminationGracePeriodSeconds ?? 0;
  return seconds < 0 ? 1 : seconds;
}
