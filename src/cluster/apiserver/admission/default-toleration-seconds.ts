import type { KubeObject } from '../../../api/index.ts';
import type { Pod, Toleration } from '../../../api/generated/types.ts';
import { withFields } from '../../../api/with-fields.ts';
import type { AdmissionPlugin } from './admission.ts';

const seconds = 300;
const troubles = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'].map((key): Toleration => ({
  key,
  operator: 'Exists',
  effect: 'NoExecute',
  tolerationSeconds: seconds,
}));

/**
 * A pod stays on a node in trouble for five minutes, unless it says otherwise.
 * Upstream: plugin/pkg/admission/defaulttolerationseconds/admission.go
 */
export const defaultTolerationSeconds: AdmissionPlugin = {
  name: 'DefaultTolerationSeconds',
  handles: ({ group, resource }, operation, subresource) =>
    group === '' && resource === 'pods' && subresource === '' && (operation === 'CREATE' || operation === 'UPDATE'),
  admit: (object: KubeObject) => {
    const pod = object as Pod;
    const tolerations = pod.spec.tolerations ?? [];
    const missing = troubles.filter(
      (trouble) => !tolerations.some((toleration) => tolerates(toleration, trouble.key!)),
    );
    if (missing.length === 0) return pod;
    const all = tolerations.length === 0 ? troubles : [...tolerations, ...missing];
    return { ...pod, spec: withFields(pod.spec, { tolerations: all }) };
  },
};

function tolerates({ key, effect }: Toleration, trouble: string): boolean {
  return (!key || key === trouble) && (!effect || effect === 'NoExecute');
}
