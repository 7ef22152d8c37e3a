import type { Pod, RuntimeClass, Toleration } from '../../../api/generated/types.ts';
import { jsonEqual, type KubeObject } from '../../../api/index.ts';
import type { Collection } from '../../store/index.ts';
import type { AdmissionPlugin, Attributes } from './admission.ts';
import { refuse } from './refusal.ts';

/**
 * What a pod's runtime needs and where it is: overhead, node selector and tolerations.
 * Upstream: plugin/pkg/admission/runtimeclass/admission.go
 */
export function runtimeClass(classes: Collection<RuntimeClass>): AdmissionPlugin {
  const classOf = (pod: Pod, attributes: Attributes): RuntimeClass | undefined => {
    const name = pod.spec.runtimeClassName;
    if (name === undefined) return undefined;
    const found = classes.get(name);
    if (!found) throw refuse(attributes, `pod rejected: RuntimeClass "${name}" not found`);
    return found;
  };
  return {
    name: 'RuntimeClass',
    handles: ({ group, resource }, operation, subresource) =>
      group === '' && resource === 'pods' && subresource === '' && operation === 'CREATE',
    admit: (object: KubeObject, attributes) => {
      const pod = object as Pod;
      const runtime = classOf(pod, attributes);
      return runtime ? withScheduling(withOverhead(pod, runtime, attributes), runtime, attributes) : pod;
    },
    validate: (object, attributes) => {
      const pod = object as Pod;
      const fixed = classOf(pod, attributes)?.overhead;
      if (fixed) checkOverhead(pod, fixed.podFixed, attributes);
      else if (pod.spec.overhead) {
        const why = 'pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead';
        throw refuse(attributes, why);
      }
    },
  };
}

function checkOverhead(pod: Pod, fixed: Readonly<Record<string, string>> = {}, attributes: Attributes): void {
  if (jsonEqual(pod.spec.overhead ?? {}, fixed)) return;
  throw refuse(attributes, "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead");
}

function withOverhead(pod: Pod, { overhead }: RuntimeClass, attributes: Attributes): Pod {
  if (!overhead) return pod;
  if (pod.spec.overhead) checkOverhead(pod, overhead.podFixed, attributes);
  return { ...pod, spec: { ...pod.spec, overhead: overhead.podFixed ?? {} } };
}

function withScheduling(pod: Pod, { scheduling }: RuntimeClass, attributes: Attributes): Pod {
  if (!scheduling) return pod;
  const { nodeSelector = {}, tolerations = [] } = scheduling;
  const own = pod.spec.nodeSelector ?? {};
  for (const [key, value] of Object.entries(nodeSelector)) {
    if (own[key] === undefined || own[key] === value) continue;
    const why = `conflict: runtimeClass.scheduling.nodeSelector[${key}] = ${value}; pod.spec.nodeSelector[${key}] = ${own[key]}`;
    throw refuse(attributes, why);
  }
  const merged = mergeTolerations(pod.spec.tolerations ?? [], tolerations);
  const spec = {
    ...pod.spec,
    ...((scheduling.nodeSelector || pod.spec.nodeSelector) && { nodeSelector: { ...own, ...nodeSelector } }),
    ...(merged.length > 0 && { tolerations: merged }),
  };
  return { ...pod, spec };
}

/** What is tolerated anyway is not said twice. Upstream: pkg/util/tolerations MergeTolerations */
function mergeTolerations(own: readonly Toleration[], more: readonly Toleration[]): readonly Toleration[] {
  const all = [...own, ...more];
  return all.filter((toleration, at) => {
    const covers = (other: Toleration, index: number): boolean =>
      index !== at && includes(other, toleration) && (!includes(toleration, other) || index < at);
    return !all.some(covers);
  });
}

/** Whether `wide` tolerates whatever `narrow` does. */
function includes(wide: Toleration, narrow: Toleration): boolean {
  if (jsonEqual(wide, narrow)) return true;
  if (wide.key && wide.key !== narrow.key) return false;
  if (wide.effect && wide.effect !== narrow.effect) return false;
  if (wide.effect === 'NoExecute' && wide.tolerationSeconds !== undefined) {
    const seconds = narrow.tolerationSeconds;
    if (seconds === undefined || wide.tolerationSeconds < seconds) return false;
  }
  if (wide.operator === 'Exists') return true;
  return (narrow.operator || 'Equal') === 'Equal' && (wide.value ?? '') === (narrow.value ?? '');
}
