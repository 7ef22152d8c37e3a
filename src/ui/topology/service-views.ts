import { keyOf, type ObjectKey } from '../../api/index.ts';
import type { EndpointSlice, Service } from '../../api/generated/types.ts';
import type { ServiceView } from './scene.ts';

const serviceNameLabel = 'kubernetes.io/service-name';

/** The services and the pods behind them, as the endpoint slices say. */
export function serviceViewsOf(services: Iterable<Service>, slices: Iterable<EndpointSlice>): readonly ServiceView[] {
  const endpoints = new Map<ObjectKey, { ready: Set<ObjectKey>; notReady: Set<ObjectKey>; others: number }>();
  for (const slice of slices) {
    const name = slice.metadata.labels?.[serviceNameLabel];
    if (!name) continue;
    const key = `${slice.metadata.namespace}/${name}`;
    let sets = endpoints.get(key);
    if (!sets) endpoints.set(key, (sets = { ready: new Set(), notReady: new Set(), others: 0 }));
    for (const { targetRef, conditions } of slice.endpoints ?? []) {
      const isReady = conditions?.ready ?? true;
      if (targetRef?.kind !== 'Pod' || !targetRef.name) {
        if (isReady) sets.others++;
        continue;
      }
      (isReady ? sets.ready : sets.notReady).add(`${targetRef.namespace}/${targetRef.name}`);
    }
  }
  return Array.from(services, (service) => {
    const key = keyOf(service);
    const sets = endpoints.get(key);
    const { type = 'ClusterIP', clusterIP = '' } = service.spec;
    return {
      key,
      name: service.metadata.name,
      type: clusterIP === 'None' ? 'Headless' : type,
      clusterIP,
      ports: portsOf(service),
      isExposed: type === 'NodePort' || type === 'LoadBalancer',
      endpoints: [...(sets?.ready ?? [])],
      otherEndpoints: sets?.others ?? 0,
      notReady: [...(sets?.notReady ?? [])],
    };
  });
}

const portsOf = (service: Service): string =>
  (service.spec.ports ?? []).map(({ port, nodePort }) => (nodePort ? `${port}:${nodePort}` : `${port}`)).join(', ');
