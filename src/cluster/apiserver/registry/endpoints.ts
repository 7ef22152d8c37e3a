import type { EndpointAddress, EndpointPort, Endpoints, EndpointSubset } from '../../../api/generated/types.ts';
import {
  checkDns1123Label,
  checkDns1123Subdomain,
  checkPortNumber,
  checkQualifiedName,
  required,
  type FieldError,
} from '../../../api/index.ts';
import type { ResourceDefinition } from '../resource-definition.ts';
import { validateEndpointIp, validateIp } from './ip-validation.ts';
import { addInvalid } from './label-validation.ts';
import { validateProtocol } from './pod-spec/container-ports.ts';
import { fill, isZero, mapShared, withField } from './share.ts';
import { ageCell, ageColumn, column, nameColumn } from './table.ts';

/** The addresses behind a Service, all in one object: what EndpointSlices replaced. Upstream: pkg/registry/core/endpoint */
export const endpoints: ResourceDefinition<Endpoints> = {
  group: '',
  version: 'v1',
  resource: 'endpoints',
  kind: 'Endpoints',
  singular: 'endpoints',
  shortNames: ['ep'],
  isNamespaced: true,
  schema: 'io.k8s.api.core.v1.Endpoints',
  defaults: (object) => {
    if (!object.subsets) return object;
    return withField(object, 'subsets', mapShared(object.subsets, withProtocols));
  },
  validate: ({ subsets }) => {
    const errors: FieldError[] = [];
    subsets?.forEach((subset, at) => validateSubset(errors, subset, `subsets[${at}]`));
    return errors;
  },
  deprecation: 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
  allowsCreateOnUpdate: true,
  columns: [nameColumn, column('Endpoints', 'string', 'Where the service leads.'), ageColumn],
  row: (object, context) => [object.metadata.name, endpointsCell(object), ageCell(object, context)],
};

function withProtocols(subset: EndpointSubset): EndpointSubset {
  if (!subset.ports) return subset;
  return withField(
    subset,
    'ports',
    mapShared(subset.ports, (port) => fill(port, { protocol: 'TCP' }, isZero)),
  );
}

function validateSubset(errors: FieldError[], subset: EndpointSubset, path: string): void {
  const { addresses = [], notReadyAddresses = [], ports = [] } = subset;
  if (addresses.length === 0 && notReadyAddresses.length === 0) {
    errors.push(required(path, 'must specify `addresses` or `notReadyAddresses`'));
  }
  addresses.forEach((address, at) => validateAddress(errors, address, `${path}.addresses[${at}]`));
  notReadyAddresses.forEach((address, at) => validateAddress(errors, address, `${path}.notReadyAddresses[${at}]`));
  ports.forEach((port, at) => validatePort(errors, port, `${path}.ports[${at}]`, ports.length > 1));
}

function validateAddress(errors: FieldError[], { ip = '', hostname, nodeName }: EndpointAddress, path: string): void {
  validateIp(errors, ip, `${path}.ip`);
  if (hostname) addInvalid(errors, `${path}.hostname`, hostname, checkDns1123Label(hostname));
  if (nodeName !== undefined) addInvalid(errors, `${path}.nodeName`, nodeName, checkDns1123Subdomain(nodeName));
  validateEndpointIp(errors, ip, `${path}.ip`);
}

function validatePort(errors: FieldError[], port: EndpointPort, path: string, needsName: boolean): void {
  const { name, protocol, appProtocol } = port;
  if (name) addInvalid(errors, `${path}.name`, name, checkDns1123Label(name));
  else if (needsName) errors.push(required(`${path}.name`));
  addInvalid(errors, `${path}.port`, port.port ?? 0, checkPortNumber(port.port ?? 0));
  validateProtocol(errors, protocol, `${path}.protocol`);
  if (appProtocol !== undefined) {
    addInvalid(errors, `${path}.appProtocol`, appProtocol, checkQualifiedName(appProtocol));
  }
}

const maxShown = 3;

/** Upstream: formatEndpoints in pkg/printers/internalversion/printers.go */
function endpointsCell({ subsets }: Endpoints): string {
  if (!subsets?.length) return '<none>';
  const all = subsets.flatMap(({ addresses = [], ports = [] }) => {
    if (ports.length === 0) return addresses.map(({ ip }) => ip);
    return ports.flatMap(({ port }) =>
      addresses.map(({ ip }) => (ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`)),
    );
  });
  const shown = all.slice(0, maxShown).join(',');
  return all.length > maxShown ? `${shown} + ${all.length - maxShown} more...` : shown;
}
