import type { LimitRange, PersistentVolumeClaim, Pod } from '../../../api/generated/types.ts';
import type { KubeObject } from '../../../api/index.ts';
import type { Collection } from '../../store/index.ts';
import { ruleBook } from '../registry/rule-book.ts';
import type { AdmissionPlugin, Attributes } from './admission.ts';
import { refuse } from './refusal.ts';

/**
 * Gives containers the requests and limits of the namespace, and holds pods and claims to its bounds.
 * How is told by code that comes with the rules of LimitRanges.
 * Upstream: plugin/pkg/admission/limitranger/admission.go
 */
export function limitRanger(ranges: Collection<LimitRange>): AdmissionPlugin {
  const rangesFor = ({ namespace, old }: Attributes): Iterable<LimitRange> =>
    old?.metadata.deletionTimestamp === undefined ? ranges.list(namespace).objects : [];
  return {
    name: 'LimitRanger',
    handles: ({ group, resource }, operation, subresource) => {
      if (group !== '') return false;
      if (resource === 'persistentvolumeclaims') {
        return subresource === '' && (operation === 'CREATE' || operation === 'UPDATE');
      }
      return resource === 'pods' && `${operation} ${subresource}` in podOperations;
    },
    admit: (object: KubeObject, attributes) => {
      if (attributes.definition.resource !== 'pods') return object;
      let pod = object as Pod;
      for (const range of rangesFor(attributes)) pod = ruleBook.code.withDefaultResources(pod, range);
      return pod;
    },
    validate: (object, attributes) => {
      for (const { spec } of rangesFor(attributes)) {
        const problems = ruleBook.code.limitProblems(spec?.limits ?? [], object as Pod | PersistentVolumeClaim);
        if (problems.length === 1) throw refuse(attributes, problems[0]!);
        if (problems.length > 1) throw refuse(attributes, `[${[...new Set(problems)].join(', ')}]`);
      }
    },
  };
}

const podOperations = { 'CREATE ': true, 'UPDATE resize': true };
