import type { Service } from '../../api/generated/types.ts';
import type { Command } from '../command/command.ts';
import type { Invocation } from '../command/invocation.ts';
import { itemsOf } from '../resource/unstructured.ts';

/** Upstream: kubectl/pkg/cmd/clusterinfo/clusterinfo.go */
export const clusterInfoCommand: Command = {
  name: 'cluster-info',
  short: 'Display cluster information',
  long: `Display addresses of the control plane and services with label kubernetes.io/cluster-service=true. To further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.`,
  examples: `# The addresses of the control plane and cluster services
kubectl cluster-info`,
  run: printAddresses,
};

async function printAddresses(invocation: Invocation): Promise<void> {
  const { server } = await invocation.config();
  const namespace = invocation.flags.getString('namespace') || 'kube-system';
  const client = await invocation.client();
  const list = await client.json({
    path: `/api/v1/namespaces/${namespace}/services`,
    query: { labelSelector: 'kubernetes.io/cluster-service=true' },
  });
  invocation.print(`Kubernetes control plane is running at ${server}\n`);
  for (const service of itemsOf(list) as unknown as Service[]) {
    const name = service.metadata.labels?.['kubernetes.io/name'] || service.metadata.name;
    invocation.print(`${name} is running at ${addressOf(service, server)}\n`);
  }
  invocation.print("\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n");
}

function addressOf({ metadata, spec, status }: Service, server: string): string {
  const ingress = status.loadBalancer?.ingress?.[0];
  if (ingress)
    return (spec.ports ?? []).map(({ port }) => `http://${ingress.ip || ingress.hostname}:${port} `).join('');
  const port = spec.ports?.[0];
  const scheme = port && (port.name === 'https' || port.port === 443) ? 'https:' : '';
  const portName = port?.name ?? '';
  const name = scheme || portName ? `${scheme}${metadata.name}:${portName}` : metadata.name;
  return `${server}/api/v1/namespaces/${metadata.namespace}/services/${name}/proxy`;
}
