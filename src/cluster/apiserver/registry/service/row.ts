import type { Service, ServicePort } from '../../../../api/generated/types.ts';
import type { TableCell, TableContext } from '../../resource-definition.ts';
import { ageCell, ageColumn, column, formatLabels, nameColumn } from '../table.ts';

/** Upstream: printService in pkg/printers/internalversion/printers.go */
export const serviceColumns = [
  nameColumn,
  column('Type', 'string', 'How far the service reaches: the cluster, its nodes, or a load balancer before them.'),
  column('Cluster-IP', 'string', 'The address that stands for all pods of the service within the cluster.'),
  column('External-IP', 'string', 'Addresses at which the service can be reached from outside.'),
  column('Port(s)', 'string', 'The ports of the service, and the ports of the nodes that lead to them.'),
  ageColumn,
  column('Selector', 'string', 'Which pods the service leads to.', { wide: true }),
];

export function serviceRow(service: Service, context: TableContext): readonly TableCell[] {
  const { spec } = service;
  return [
    service.metadata.name,
    spec.type ?? '',
    spec.clusterIPs?.[0] ?? '<none>',
    externalAddress(service),
    (spec.ports ?? []).map(formatPort).join(',') || '<none>',
    ageCell(service, context),
    formatLabels(spec.selector),
  ];
}

function externalAddress({ spec, status }: Service): string {
  const own = spec.externalIPs ?? [];
  switch (spec.type) {
    case 'ClusterIP':
    case 'NodePort':
      return own.join(',') || '<none>';
    case 'LoadBalancer': {
      const given = (status?.loadBalancer?.ingress ?? []).map(({ ip, hostname }) => ip || hostname || '');
      const balanced = [...new Set(given.filter((address) => address !== ''))].toSorted();
      return [...balanced, ...own].join(',') || '<pending>';
    }
    case 'ExternalName':
      return spec.externalName ?? '';
    default:
      return '<unknown>';
  }
}

function formatPort({ port, nodePort, protocol }: ServicePort): string {
  return nodePort ? `${port}:${nodePort}/${protocol}` : `${port}/${protocol}`;
}
