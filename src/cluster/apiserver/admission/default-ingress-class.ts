import type { Ingress, IngressClass } from '../../../api/generated/types.ts';
import type { KubeObject } from '../../../api/index.ts';
import type { Collection } from '../../store/index.ts';
import type { AdmissionPlugin } from './admission.ts';

const isDefault = ({ metadata }: IngressClass): boolean =>
  metadata.annotations?.['ingressclass.kubernetes.io/is-default-class'] === 'true';

/**
 * An ingress that names no class gets the default one; of several, the newest.
 * Upstream: plugin/pkg/admission/network/defaultingressclass/admission.go
 */
export function defaultIngressClass(classes: Collection<IngressClass>): AdmissionPlugin {
  return {
    name: 'DefaultIngressClass',
    handles: ({ group, resource }, operation, subresource) =>
      group === 'networking.k8s.io' && resource === 'ingresses' && subresource === '' && operation === 'CREATE',
    admit: (object: KubeObject) => {
      const ingress = object as Ingress;
      const hasAnnotation = ingress.metadata.annotations?.['kubernetes.io/ingress.class'] !== undefined;
      if (hasAnnotation || ingress.spec?.ingressClassName !== undefined) return ingress;
      const [chosen] = [...classes.list().objects].filter(isDefault).toSorted(newestFirst);
      return chosen ? { ...ingress, spec: { ...ingress.spec, ingressClassName: chosen.metadata.name } } : ingress;
    },
  };
}

function newestFirst(a: IngressClass, b: IngressClass): number {
  const [timeA, timeB] = [a, b].map(({ metadata }) => Date.parse(metadata.creationTimestamp ?? ''));
  return timeB! - timeA! || (a.metadata.name < b.metadata.name ? -1 : 1);
}
