import type { ContainerPort, EnvVar, PodSpec } from '../../../../api/generated/types.ts';
import { goQuote } from '../../../../api/index.ts';
import { everyContainer } from './every-container.ts';

/** A variable that is defined twice, unless the second builds on the first. */
export function envWarnings(warnings: string[], variables: readonly EnvVar[], path: string): void {
  if (variables.length < 2) return;
  const names = new Set<string>();
  variables.forEach(({ name, value = '', valueFrom }, at) => {
    if (!names.has(name)) {
      names.add(name);
      return;
    }
    const reference = `$(${name})`;
    if (!valueFrom && value !== reference && value.includes(reference)) return;
    const why = `hides previous definition of ${goQuote(name)}, which may be dropped when using apply`;
    warnings.push(`${path}[${at}]: ${why}`);
  });
}

/** Ports and their names are of the whole pod, so two containers can get in each other's way. */
export function portWarnings(warnings: string[], spec: PodSpec, path: string): void {
  const taken = new Map<string, { readonly path: string; readonly port: ContainerPort }[]>();
  everyContainer(spec, path, ({ ports }, containerPath) => {
    ports?.forEach((port, at) => {
      const portPath = `${containerPath}.ports[${at}]`;
      const { name = '', containerPort, protocol, hostIP = '', hostPort = 0 } = port;
      if (hostIP && hostPort === 0) {
        const shown = `{Name:${name} HostPort:0 ContainerPort:${containerPort} Protocol:${protocol} HostIP:${hostIP}}`;
        warnings.push(`${portPath}: hostIP set without hostPort: ${shown}`);
      }
      const key = `${containerPort}/${protocol}`;
      const others = taken.get(key) ?? [];
      for (const other of others) {
        const clash = clashOf(port, other.port);
        if (clash) warnings.push(`${portPath}: ${clash} port definition with ${other.path}`);
      }
      taken.set(key, [...others, { path: portPath, port }]);
    });
  });
  namedPortWarnings(warnings, spec, path);
}

function clashOf(a: ContainerPort, b: ContainerPort): string | undefined {
  const isSamePort = (a.hostPort ?? 0) === (b.hostPort ?? 0);
  if (isSamePort && (a.hostIP ?? '') === (b.hostIP ?? '')) return 'duplicate';
  if (!a.hostPort || !b.hostPort) return 'overlapping';
  return isSamePort && Boolean(a.hostIP) !== Boolean(b.hostIP) ? 'dangerously ambiguous' : undefined;
}

function namedPortWarnings(warnings: string[], spec: PodSpec, path: string): void {
  const named = new Map<string, string>();
  everyContainer(spec, path, ({ ports }, containerPath) => {
    ports?.forEach(({ name }, at) => {
      if (!name) return;
      const portPath = `${containerPath}.ports[${at}]`;
      const first = named.get(name);
      if (!first) {
        named.set(name, portPath);
        return;
      }
      const why = `duplicate port name ${goQuote(name)} with ${first}, services and probes that select ports by name will use ${first}`;
      warnings.push(`${portPath}: ${why}`);
    });
  });
}
