import type { KubeObject } from '../../../api/index.ts';
import type { Node } from '../../../api/generated/types.ts';
import type { AdmissionPlugin } from './admission.ts';

const notReady = { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' };

/**
 * A new node takes no pods before it has reported that it is ready.
 * Upstream: plugin/pkg/admission/nodetaint/admission.go
 */
export const taintNodesByCondition: AdmissionPlugin = {
  name: 'TaintNodesByCondition',
  handles: ({ group, resource }, operation, subresource) =>
    group === '' && resource === 'nodes' && operation === 'CREATE' && subresource === '',
  admit: (object: KubeObject) => {
    const node = object as Node;
    const taints = node.spec?.taints ?? [];
    if (taints.some((taint) => taint.key === notReady.key && taint.effect === notReady.effect)) return node;
    return { ...node, spec: { ...node.spec, taints: [...taints, notReady] } };
  },
};
