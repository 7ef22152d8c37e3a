import type { EndpointSlice, Ingress, IngressBackend, Service } from '../../api/generated/types.ts';
import type { DescribeContext, Describer } from './describer.ts';
import { aboutObject, writeEventsAbout } from './events.ts';
import { writeAnnotations, writeLabels } from './lists.ts';
import { DescribePage } from './page.ts';
import { endpointsText } from './service.ts';

/** Upstream: kubectl/pkg/describe/describe.go describeIngressV1 */
export const describeIngress: Describer<Ingress> = async (ingress, context) => {
  const { metadata, spec } = ingress;
  const namespace = metadata.namespace ?? '';
  const page = new DescribePage();
  page.field(0, 'Name', metadata.name);
  writeLabels(page, 'Labels', metadata.labels);
  page.field(0, 'Namespace', namespace);
  page.field(0, 'Address', addressesOf(ingress));
  page.field(0, 'Ingress Class', spec.ingressClassName ?? '<none>');
  const fallback = spec.defaultBackend ? await backendText(context, namespace, spec.defaultBackend) : '<default>';
  page.field(0, 'Default backend', fallback);
  if (spec.tls?.length) page.write(0, 'TLS:\n');
  for (const { secretName, hosts = [] } of spec.tls ?? []) {
    page.write(1, secretName ? `${secretName} terminates ${hosts.join(',')}\n` : `SNI routes ${hosts.join(',')}\n`);
  }
  page.write(0, 'Rules:\n  Host\tPath\tBackends\n');
  page.write(1, '----\t----\t--------\n');
  const rules = (spec.rules ?? []).filter((rule) => rule.http);
  for (const { host, http } of rules) {
    page.write(1, `${host || '*'}\t\n`);
    for (const { path, backend } of http?.paths ?? []) {
      page.write(2, `\t${path ?? ''} \t${await backendText(context, namespace, backend)}\n`);
    }
  }
  if (rules.length === 0) page.write(1, `*\t*\t${fallback}\n`);
  writeAnnotations(page, 'Annotations', metadata.annotations);
  await writeEventsAbout(page, context, aboutObject(ingress));
  return page.end();
};

function addressesOf({ status }: Ingress): string {
  const points = status.loadBalancer?.ingress ?? [];
  return [...new Set(points.map(({ ip, hostname }) => ip || (hostname ?? '')))].filter(Boolean).sort().join(',');
}

/** The service and port of a backend with the addresses behind it, or what is wrong with it. */
async function backendText(context: DescribeContext, namespace: string, backend: IngressBackend): Promise<string> {
  const { service: to, resource } = backend;
  if (to) {
    const text = `${to.name}:${to.port?.number || (to.port?.name ?? '')}`;
    try {
      const slices = await context.list<EndpointSlice>(
        `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices`,
        { labelSelector: `kubernetes.io/service-name=${to.name}` },
      );
      const service = await context.get<Service>(`/api/v1/namespaces/${namespace}/services/${to.name}`);
      const isWanted = ({ port, name }: { port: number; name?: string }) =>
        to.port?.number ? to.port.number === port : Boolean(to.port?.name) && to.port?.name === name;
      const portName = service.spec.ports?.findLast(isWanted)?.name ?? '';
      return `${text} (${endpointsText(slices, portName)})`;
    } catch (error) {
      return `${text} (<error: ${error instanceof Error ? error.message : String(error)}>)`;
    }
  }
  if (!resource) return '';
  return `APIGroup: ${resource.apiGroup ?? '<none>'}, Kind: ${resource.kind}, Name: ${resource.name}`;
}
