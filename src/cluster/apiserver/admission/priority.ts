import type { KubeObject } from '../../../api/index.ts';
import type { Pod } from '../../../api/generated/types.ts';
import type { AdmissionPlugin } from './admission.ts';
import { refuse } from './refusal.ts';

const systemClasses: Readonly<Record<string, number>> = {
  'system-cluster-critical': 2_000_000_000,
  'system-node-critical': 2_000_001_000,
};

/**
 * Turns the name of a priority class into a number.
 * Upstream: plugin/pkg/admission/priority/admission.go
 * Differs: only the two classes of the system exist; there is no PriorityClass resource yet.
 */
export const priority: AdmissionPlugin = {
  name: 'Priority',
  handles: ({ group, resource }, operation, subresource) =>
    group === '' && resource === 'pods' && operation === 'CREATE' && subresource === '',
  admit: (object: KubeObject, attributes) => {
    const pod = object as Pod;
    const { priorityClassName, priority: given, preemptionPolicy = 'PreemptLowerPriority' } = pod.spec;
    const value = priorityClassName ? systemClasses[priorityClassName] : 0;
    if (value === undefined) throw refuse(attributes, `no PriorityClass with name ${priorityClassName} was found`);
    if (given !== undefined && given !== value) {
      const why = `the integer value of priority (${given}) must not be provided in pod spec; priority admission controller computed ${value} from the given PriorityClass name`;
      throw refuse(attributes, why);
    }
    return { ...pod, spec: { ...pod.spec, priority: value, preemptionPolicy } } as Pod;
  },
};
