import type { EndpointSlice, Service, ServicePort } from '../../api/generated/types.ts';
import type { Describer } from './describer.ts';
import { aboutObject, writeEventsAbout } from './events.ts';
import { labelsText, writeAnnotations, writeLabels } from './lists.ts';
import { DescribePage } from './page.ts';

/** Upstream: kubectl/pkg/describe/describe.go describeService */
export const describeService: Describer<Service> = async (service, context) => {
  const { metadata, spec } = service;
  const slices = await context
    .list<EndpointSlice>(`/apis/discovery.k8s.io/v1/namespaces/${metadata.namespace}/endpointslices`, {
      labelSelector: `kubernetes.io/service-name=${metadata.name}`,
    })
    .catch(() => []);
  const page = new DescribePage();
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Namespace', metadata.namespace ?? '');
  writeLabels(page, 'Labels', metadata.labels);
  writeAnnotations(page, 'Annotations', metadata.annotations);
  page.field(0, 'Selector', labelsText(spec.selector));
  page.field(0, 'Type', spec.type ?? '');
  writeAddresses(page, service);
  for (const port of spec.ports ?? []) writePort(page, port, slices);
  page.field(0, 'Session Affinity', spec.sessionAffinity ?? '');
  if (spec.externalTrafficPolicy) page.field(0, 'External Traffic Policy', spec.externalTrafficPolicy);
  if (spec.internalTrafficPolicy) page.field(0, 'Internal Traffic Policy', spec.internalTrafficPolicy);
  if (spec.healthCheckNodePort) page.field(0, 'HealthCheck NodePort', spec.healthCheckNodePort);
  if (spec.loadBalancerSourceRanges?.length) {
    page.field(0, 'LoadBalancer Source Ranges', spec.loadBalancerSourceRanges.join(','));
  }
  if (spec.trafficDistribution) page.field(0, 'Traffic Distribution', spec.trafficDistribution);
  await writeEventsAbout(page, context, aboutObject(service));
  return page.end();
};

function writeAddresses(page: DescribePage, { spec, status }: Service): void {
  if (spec.ipFamilyPolicy) page.field(0, 'IP Family Policy', spec.ipFamilyPolicy);
  page.field(0, 'IP Families', spec.ipFamilies?.join(',') || '<none>');
  page.field(0, 'IP', spec.clusterIP ?? '');
  page.field(0, 'IPs', spec.clusterIPs?.join(',') || '<none>');
  if (spec.externalIPs?.length) page.field(0, 'External IPs', spec.externalIPs.join(','));
  if (spec.loadBalancerIP) page.field(0, 'Desired LoadBalancer IP', spec.loadBalancerIP);
  if (spec.externalName) page.field(0, 'External Name', spec.externalName);
  const ingress = status.loadBalancer?.ingress ?? [];
  if (ingress.length === 0) return;
  const texts = ingress.map(({ ip, ipMode, hostname }) =>
    ip ? ip + (ipMode ? ` (${ipMode})` : '') : (hostname ?? ''),
  );
  page.field(0, 'LoadBalancer Ingress', texts.join(', '));
}

function writePort(page: DescribePage, port: ServicePort, slices: readonly EndpointSlice[]): void {
  const name = port.name || '<unset>';
  page.field(0, 'Port', `${name}\t${port.port}/${port.protocol}`);
  page.field(0, 'TargetPort', `${port.targetPort ?? 0}/${port.protocol}`);
  if (port.nodePort) page.field(0, 'NodePort', `${name}\t${port.nodePort}/${port.protocol}`);
  page.field(0, 'Endpoints', endpointsText(slices, port.name ?? ''));
}

const shown = 3;

/** The first three ready addresses of a port. Upstream: formatEndpointSlices */
export function endpointsText(slices: readonly EndpointSlice[], portName: string): string {
  if (slices.length === 0) return '<none>';
  const addresses = slices.flatMap(({ ports, endpoints }) => {
    const ready = (endpoints ?? []).filter(({ conditions }) => conditions?.ready !== false);
    if (!ports?.length) return ready.map((endpoint) => endpoint.addresses[0]!);
    return ports
      .filter((port) => (port.name ?? '') === portName)
      .flatMap((port) => ready.map((endpoint) => hostAndPort(endpoint.addresses[0]!, port.port ?? 0)));
  });
  const more = addresses.length > shown ? ` + ${addresses.length - shown} more...` : '';
  return addresses.slice(0, shown).join(',') + more;
}

function hostAndPort(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
