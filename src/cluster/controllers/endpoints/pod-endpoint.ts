import type { Pod, Service, ServicePort } from '../../../api/generated/types.ts';
import { isPodTerminal } from '../pod-state.ts';

/** What a pod is to a service. Upstream: endpointslice/utils.go, pkg/api/v1/pod/util.go FindPort */

/** A port of the service as this pod has it. */
export interface ResolvedPort {
  readonly name: string;
  readonly port: number;
  readonly protocol: string;
  readonly appProtocol?: string;
}

export function isHeadless({ spec }: Service): boolean {
  return spec.clusterIP === 'None' || spec.clusterIP === undefined || spec.clusterIP === '';
}

/** Services without a selector get their endpoints from somebody else. */
export function hasSelector({ spec }: Service): boolean {
  return spec.selector !== undefined && spec.type !== 'ExternalName';
}

export function mayReceiveTraffic(pod: Pod, includesTerminating: boolean): boolean {
  if (isPodTerminal(pod) || !pod.status.podIP) return false;
  return includesTerminating || pod.metadata.deletionTimestamp === undefined;
}

/** Only under its own service does a pod keep its host name. */
export function hostnameIn(service: Service, { spec }: Pod): string | undefined {
  return spec.hostname && spec.subdomain === service.metadata.name ? spec.hostname : undefined;
}

/** Ports whose name no container of the pod has are left out. */
export function resolvedPorts(service: Service, pod: Pod): readonly ResolvedPort[] {
  const ports: ResolvedPort[] = [];
  for (const { name = '', protocol = 'TCP', appProtocol, ...servicePort } of service.spec.ports ?? []) {
    const port = targetPort(pod, { ...servicePort, protocol });
    if (port !== undefined) ports.push({ name, port, protocol, ...(appProtocol && { appProtocol }) });
  }
  return ports;
}

function targetPort({ spec }: Pod, { targetPort: target, port, protocol }: ServicePort): number | undefined {
  if (typeof target === 'number') return target === 0 ? port : target;
  if (!target) return port;
  const sidecars = spec.initContainers?.filter(({ restartPolicy }) => restartPolicy === 'Always') ?? [];
  return [...spec.containers, ...sidecars]
    .flatMap(({ ports = [] }) => ports)
    .find((candidate) => candidate.name === target && (candidate.protocol ?? 'TCP') === protocol)?.containerPort;
}
