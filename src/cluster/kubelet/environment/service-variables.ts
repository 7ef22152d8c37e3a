/**
 * The variables that tell a container about the services of its namespace.
 * Upstream: pkg/kubelet/envvars/envvars.go
 */
import type { Service, ServicePort } from '../../../api/generated/types.ts';

export function serviceVariables(services: readonly Service[]): readonly (readonly [string, string])[] {
  return services.filter(hasClusterIp).flatMap(variablesOf);
}

function hasClusterIp({ spec }: Service): boolean {
  return spec.type !== 'ExternalName' && !!spec.clusterIP && spec.clusterIP !== 'None';
}

function variablesOf({ metadata, spec }: Service): readonly (readonly [string, string])[] {
  const prefix = variableName(metadata.name);
  const address = spec.clusterIP!;
  const ports = spec.ports ?? [];
  const first = ports[0];
  return [
    [`${prefix}_SERVICE_HOST`, address],
    ...(first ? [[`${prefix}_SERVICE_PORT`, String(first.port)] as const] : []),
    ...ports.flatMap((port) =>
      port.name ? [[`${prefix}_SERVICE_PORT_${variableName(port.name)}`, String(port.port)] as const] : [],
    ),
    ...(first ? [[`${prefix}_PORT`, urlOf(address, first)] as const] : []),
    ...ports.flatMap((port) => linkVariables(prefix, address, port)),
  ];
}

/** The variables of Docker's old container links. */
function linkVariables(prefix: string, address: string, port: ServicePort): readonly (readonly [string, string])[] {
  const protocol = port.protocol ?? 'TCP';
  const name = `${prefix}_PORT_${port.port}_${protocol}`;
  return [
    [name, urlOf(address, port)],
    [`${name}_PROTO`, protocol.toLowerCase()],
    [`${name}_PORT`, String(port.port)],
    [`${name}_ADDR`, address],
  ];
}

function urlOf(address: string, { port, protocol }: ServicePort): string {
  return `${(protocol ?? 'TCP').toLowerCase()}://${address}:${port}`;
}

function variableName(name: string): string {
  return name.toUpperCase().replaceAll('-', '_');
}
