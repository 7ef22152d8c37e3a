import type { Binding, Node } from '../../../api/generated/types.ts';
import type { KubeObject } from '../../../api/index.ts';
import type { Collection } from '../../store/index.ts';
import type { AdmissionPlugin } from './admission.ts';

const keys = ['topology.kubernetes.io/zone', 'topology.kubernetes.io/region'];

/**
 * A pod that is put on a node learns which zone and region that is in.
 * Upstream: plugin/pkg/admission/podtopologylabels/admission.go
 */
export function podTopologyLabels(nodes: Collection<Node>): AdmissionPlugin {
  return {
    name: 'PodTopologyLabels',
    handles: ({ group, resource }, operation, subresource) =>
      group === '' && operation === 'CREATE' && `${resource}/${subresource}` === 'pods/binding',
    admit: (object: KubeObject) => {
      const binding = object as Binding;
      const labels = nodes.get(binding.target?.name ?? '')?.metadata.labels ?? {};
      const topology = keys.filter((key) => labels[key] !== undefined).map((key) => [key, labels[key]!]);
      if (topology.length === 0) return binding;
      const merged = { ...binding.metadata.labels, ...Object.fromEntries(topology) };
      return { ...binding, metadata: { ...binding.metadata, labels: merged } };
    },
  };
}
