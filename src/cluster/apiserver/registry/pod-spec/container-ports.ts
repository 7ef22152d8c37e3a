import type { Container, ContainerPort } from '../../../../api/generated/types.ts';
import {
  checkPortName,
  checkPortNumber,
  duplicate,
  invalid,
  notSupported,
  required,
  type FieldError,
} from '../../../../api/index.ts';
import { addInvalid } from '../label-validation.ts';

export const portProtocols = ['SCTP', 'TCP', 'UDP'];

/** Upstream: validateContainerPorts */
export function validateContainerPorts(
  errors: FieldError[],
  ports: readonly ContainerPort[] | undefined,
  path: string,
): void {
  if (!ports) return;
  const names = new Set<string>();
  ports.forEach(({ name, containerPort, hostPort, protocol }, at) => {
    const itemPath = `${path}[${at}]`;
    if (name) {
      const problems = checkPortName(name);
      addInvalid(errors, `${itemPath}.name`, name, problems);
      if (problems.length === 0 && names.has(name)) errors.push(duplicate(`${itemPath}.name`, name));
      if (problems.length === 0) names.add(name);
    }
    if (containerPort) addInvalid(errors, `${itemPath}.containerPort`, containerPort, checkPortNumber(containerPort));
    else errors.push(required(`${itemPath}.containerPort`));
    if (hostPort) addInvalid(errors, `${itemPath}.hostPort`, hostPort, checkPortNumber(hostPort));
    validateProtocol(errors, protocol, `${itemPath}.protocol`);
  });
}

export function validateProtocol(errors: FieldError[], protocol: string | undefined, path: string): void {
  if (!protocol) errors.push(required(path));
  else if (!portProtocols.includes(protocol)) errors.push(notSupported(path, protocol, portProtocols));
}

/** No two containers may want the same port of the node. */
export function validateHostPorts(errors: FieldError[], containers: readonly Container[], path: string): void {
  let taken: Set<string> | undefined;
  containers.forEach(({ ports }, container) => {
    ports?.forEach(({ protocol, hostIP = '', hostPort }, at) => {
      if (!hostPort) return;
      const port = `${protocol}/${hostIP}/${hostPort}`;
      taken ??= new Set();
      if (taken.has(port)) errors.push(duplicate(`${path}[${container}].ports[${at}].hostPort`, port));
      taken.add(port);
    });
  });
}

/** A number or the name of a port: probes, services, ingresses. */
export function validatePortNumberOrName(errors: FieldError[], port: number | string | undefined, path: string): void {
  const value = port ?? 0;
  addInvalid(errors, path, value, typeof value === 'number' ? checkPortNumber(value) : checkPortName(value));
}

/** On the node's own network a port of the container is a port of the node. */
export function validateHostNetworkPorts(
  errors: FieldError[],
  containers: readonly Container[],
  path: string,
  { isPod }: { readonly isPod: boolean },
): void {
  containers.forEach(({ ports }, container) => {
    ports?.forEach(({ containerPort, hostPort = 0 }, at) => {
      if ((!isPod && hostPort === 0) || hostPort === containerPort) return;
      const detail = 'must match `containerPort` when `hostNetwork` is true';
      errors.push(invalid(`${path}[${container}].ports[${at}].hostPort`, hostPort, detail));
    });
  });
}
