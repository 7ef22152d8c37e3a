import type { KubeObject } from '../../../api/index.ts';
import type { Pod, PriorityClass } from '../../../api/generated/types.ts';
import { withFields } from '../../../api/with-fields.ts';
import type { Collection } from '../../store/index.ts';
import type { AdmissionPlugin, Attributes } from './admission.ts';
import { refuse } from './refusal.ts';

/**
 * Turns the name of a priority class into a number, and sees to it that only one class is the default.
 * Upstream: plugin/pkg/admission/priority/admission.go
 */
export function priority(classes: Collection<PriorityClass>): AdmissionPlugin {
  return {
    name: 'Priority',
    handles: ({ group, resource }, operation, subresource) => {
      const isKnown = (group === '' && resource === 'pods') || resource === 'priorityclasses';
      return isKnown && subresource === '' && (operation === 'CREATE' || operation === 'UPDATE');
    },
    admit: (object: KubeObject, attributes) => {
      if (attributes.definition.resource !== 'pods') return object;
      const pod = object as Pod;
      if (attributes.operation === 'CREATE') return admitPod(pod, attributes, classes);
      return keepPriority(pod, attributes.old as Pod);
    },
    validate: (object, attributes) => {
      if (attributes.definition.resource !== 'priorityclasses') return;
      const { globalDefault, metadata } = object as PriorityClass;
      const known = globalDefault ? defaultClass(classes) : undefined;
      if (!known || (attributes.operation === 'UPDATE' && known.metadata.name === metadata.name)) return;
      const why = `PriorityClass ${known.metadata.name} is already marked as default. Only one default can exist`;
      throw refuse(attributes, why);
    },
  };
}

function admitPod(pod: Pod, attributes: Attributes, classes: Collection<PriorityClass>): Pod {
  const { priorityClassName: name, priority: given, preemptionPolicy: givenPolicy } = pod.spec;
  const found = name ? classes.get(name) : defaultClass(classes);
  if (name && !found) throw refuse(attributes, `no PriorityClass with name ${name} was found`);
  const { value, preemptionPolicy } = found ?? { value: 0, preemptionPolicy: 'PreemptLowerPriority' };
  const origin = 'priority admission controller computed';
  if (given !== undefined && given !== value) {
    const why = `the integer value of priority (${given}) must not be provided in pod spec; ${origin} ${value} from the given PriorityClass name`;
    throw refuse(attributes, why);
  }
  if (givenPolicy !== undefined && preemptionPolicy !== undefined && givenPolicy !== preemptionPolicy) {
    const why = `the string value of PreemptionPolicy (${givenPolicy}) must not be provided in pod spec; ${origin} ${preemptionPolicy} from the given PriorityClass name`;
    throw refuse(attributes, why);
  }
  const spec = withFields(pod.spec, {
    priority: value,
    ...(found && { priorityClassName: found.metadata.name }),
    ...(preemptionPolicy !== undefined && { preemptionPolicy }),
  });
  return { ...pod, spec };
}

/** Clients that know nothing of priorities may send pods back without. */
function keepPriority(pod: Pod, { spec: old }: Pod): Pod {
  const { priority = old.priority, preemptionPolicy = old.preemptionPolicy } = pod.spec;
  if (priority === pod.spec.priority && preemptionPolicy === pod.spec.preemptionPolicy) return pod;
  return { ...pod, spec: { ...pod.spec, priority, preemptionPolicy } as Pod['spec'] };
}

/** The lowest, should there be several. */
function defaultClass(classes: Collection<PriorityClass>): PriorityClass | undefined {
  let lowest: PriorityClass | undefined;
  for (const candidate of classes.list().objects) {
    if (candidate.globalDefault && (!lowest || candidate.value < lowest.value)) lowest = candidate;
  }
  return lowest;
}
