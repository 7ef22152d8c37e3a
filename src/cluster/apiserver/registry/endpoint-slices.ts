import type { DiscoveryEndpointPort, Endpoint, EndpointSlice } from '../../../api/generated/types.ts';
import {
  checkDns1123Label,
  checkDns1123Subdomain,
  checkQualifiedName,
  duplicate,
  invalid,
  jsonEqual,
  notSupported,
  required,
  tooMany,
  type FieldError,
} from '../../../api/index.ts';
import type { ResourceDefinition } from '../resource-definition.ts';
import { parseIp, validateEndpointIp } from './ip-validation.ts';
import { addInvalid, validateLabels } from './label-validation.ts';
import { immutable } from './meta-validation.ts';
import { portProtocols } from './pod-spec/container-ports.ts';
import { fill, mapShared, withField } from './share.ts';
import { ageCell, ageColumn, column, nameColumn } from './table.ts';

/** Where a Service leads, a hundred addresses at a time. Upstream: pkg/registry/discovery/endpointslice */
export const endpointSlices: ResourceDefinition<EndpointSlice> = {
  group: 'discovery.k8s.io',
  version: 'v1',
  resource: 'endpointslices',
  kind: 'EndpointSlice',
  singular: 'endpointslice',
  isNamespaced: true,
  schema: 'io.k8s.api.discovery.v1.EndpointSlice',
  defaults: (slice) => {
    if (!slice.ports) return slice;
    return withField(
      slice,
      'ports',
      mapShared(slice.ports, (port) => fill(port, { name: '', protocol: 'TCP' })),
    );
  },
  prepareForCreate: (slice) => ({ ...slice, metadata: { ...slice.metadata, generation: 1 } }),
  prepareForUpdate: (next, old) => {
    const isSame =
      next.addressType === old.addressType &&
      jsonEqual(next.endpoints, old.endpoints) &&
      jsonEqual(next.ports, old.ports);
    if (isSame) return next;
    return { ...next, metadata: { ...next.metadata, generation: (old.metadata.generation ?? 0) + 1 } };
  },
  validate: validateSlice,
  validateUpdate: (next, old) => {
    const errors: FieldError[] = [];
    immutable(errors, next.addressType, old.addressType, 'addressType');
    return errors;
  },
  columns: [
    nameColumn,
    column('AddressType', 'string', 'What kind of addresses these are.'),
    column('Ports', 'string', 'The ports of all endpoints.'),
    column('Endpoints', 'string', 'The addresses.'),
    ageColumn,
  ],
  row: (slice, context) => [
    slice.metadata.name,
    slice.addressType,
    shortList((slice.ports ?? []).map(({ port, name }) => String(port ?? name ?? '*'))),
    shortList((slice.endpoints ?? []).flatMap(({ addresses }) => addresses)),
    ageCell(slice, context),
  ],
};

const maxShown = 3;

function shortList(items: readonly string[]): string {
  const shown = items.slice(0, maxShown).join(',');
  return items.length > maxShown ? `${shown} + ${items.length - maxShown} more...` : shown || '<unset>';
}

const addressTypes = ['FQDN', 'IPv4', 'IPv6'];
const maxEndpoints = 1000;
const maxAddresses = 100;
const maxPorts = 20_000;
const maxTopologyLabels = 16;
const maxZoneHints = 8;

/** Upstream: pkg/apis/discovery/validation/validation.go */
function validateSlice({ addressType = '', endpoints, ports }: EndpointSlice): readonly FieldError[] {
  const errors: FieldError[] = [];
  if (!addressType) errors.push(required('addressType'));
  else if (!addressTypes.includes(addressType)) errors.push(notSupported('addressType', addressType, addressTypes));

  if ((endpoints?.length ?? 0) > maxEndpoints) errors.push(tooMany('endpoints', endpoints.length, maxEndpoints));
  else endpoints?.forEach((endpoint, at) => validateEndpoint(errors, endpoint, addressType, `endpoints[${at}]`));

  if ((ports?.length ?? 0) > maxPorts) errors.push(tooMany('ports', ports!.length, maxPorts));
  else validatePorts(errors, ports ?? []);
  return errors;
}

function validateEndpoint(errors: FieldError[], endpoint: Endpoint, addressType: string, path: string): void {
  const { addresses = [], deprecatedTopology, hostname, nodeName, hints } = endpoint;
  if (addresses.length === 0) errors.push(required(`${path}.addresses`, 'must contain at least 1 address'));
  else if (addresses.length > maxAddresses) {
    errors.push(tooMany(`${path}.addresses`, addresses.length, maxAddresses));
  }
  addresses.forEach((address, at) => validateAddress(errors, address, addressType, `${path}.addresses[${at}]`));
  if (nodeName !== undefined) addInvalid(errors, `${path}.nodeName`, nodeName, checkDns1123Subdomain(nodeName));
  const topology = Object.keys(deprecatedTopology ?? {});
  if (topology.length > maxTopologyLabels) {
    errors.push(tooMany(`${path}.deprecatedTopology`, topology.length, maxTopologyLabels));
  }
  validateLabels(errors, deprecatedTopology, `${path}.deprecatedTopology`);
  if (topology.includes('kubernetes.io/hostname')) {
    const detail = 'must not be present in deprecatedTopology, use nodeName instead';
    const body = `Invalid value: "kubernetes.io/hostname": ${detail}`;
    errors.push({ type: 'FieldValueInvalid', field: `${path}.deprecatedTopology[kubernetes.io/hostname]`, body });
  }
  if (hostname !== undefined) addInvalid(errors, `${path}.hostname`, hostname, checkDns1123Label(hostname));
  if (hints) validateHints(errors, hints.forZones ?? [], `${path}.hints.forZones`);
}

function validateAddress(errors: FieldError[], address: string, type: string, path: string): void {
  if (type === 'FQDN') return validateFqdn(errors, address, path);
  const ip = parseIp(address);
  if (!ip) {
    errors.push(invalid(path, address, 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)'));
    return;
  }
  if (type !== ip.family) errors.push(invalid(path, address, `must be an ${type} address`));
  validateEndpointIp(errors, address, path);
}

/** Upstream: IsFullyQualifiedDomainName */
function validateFqdn(errors: FieldError[], address: string, path: string): void {
  const name = address.replace(/\.$/, '');
  if (!address) errors.push(required(path));
  else if (checkDns1123Subdomain(name).length > 0) {
    errors.push(invalid(path, name, checkDns1123Subdomain(name).join(',')));
  } else if (!name.includes('.')) {
    errors.push(invalid(path, name, 'should be a domain with at least two segments separated by dots'));
  } else {
    const label = name.split('.').find((part) => checkDns1123Label(part).length > 0);
    if (label !== undefined) errors.push(invalid(path, label, checkDns1123Label(label).join(',')));
  }
}

function validateHints(errors: FieldError[], zones: readonly { readonly name: string }[], path: string): void {
  if (zones.length > maxZoneHints) {
    errors.push(tooMany(path, zones.length, maxZoneHints));
    return;
  }
  const seen = new Set<string>();
  zones.forEach(({ name }, at) => {
    const zonePath = `${path}[${at}].name`;
    if (seen.has(name)) errors.push(duplicate(zonePath, name));
    seen.add(name);
    addInvalid(errors, zonePath, name, checkQualifiedName(name));
  });
}

function validatePorts(errors: FieldError[], ports: readonly DiscoveryEndpointPort[]): void {
  const names = new Set<string>();
  ports.forEach(({ name = '', protocol, appProtocol }, at) => {
    const path = `ports[${at}]`;
    if (name) addInvalid(errors, `${path}.name`, name, checkDns1123Label(name));
    if (names.has(name)) errors.push(duplicate(`${path}.name`, name));
    names.add(name);
    if (protocol === undefined) errors.push(required(`${path}.protocol`));
    else if (!portProtocols.includes(protocol)) {
      errors.push(notSupported(`${path}.protocol`, protocol, portProtocols));
    }
    if (appProtocol !== undefined) {
      addInvalid(errors, `${path}.appProtocol`, appProtocol, checkQualifiedName(appProtocol));
    }
  });
}
