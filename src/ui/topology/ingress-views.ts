import { keyOf, type ObjectKey } from '../../api/index.ts';
import type { Ingress, IngressBackend } from '../../api/generated/types.ts';
import type { IngressView } from './scene.ts';

export function ingressViewOf(ingress: Ingress): IngressView {
  const { rules = [], defaultBackend } = ingress.spec;
  const backends = [defaultBackend, ...rules.flatMap(({ http }) => http?.paths.map(({ backend }) => backend) ?? [])];
  const services = new Set(backends.flatMap((backend) => serviceOf(backend, ingress.metadata.namespace) ?? []));
  const [first, ...others] = [...new Set(rules.map(({ host }) => host || '*'))];
  return {
    key: keyOf(ingress),
    name: ingress.metadata.name,
    hosts: others.length > 0 ? `${first} +${others.length}` : (first ?? '*'),
    services: [...services],
  };
}

const serviceOf = (backend: IngressBackend | undefined, namespace: string | undefined): ObjectKey | undefined =>
  backend?.service && `${namespace}/${backend.service.name}`;
