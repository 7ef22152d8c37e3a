import type {
  IPBlock,
  NetworkPolicyPeer,
  NetworkPolicyPort,
  NetworkPolicySpec,
} from '../../../../api/generated/types.ts';
import {
  checkPortName,
  checkPortNumber,
  forbiddenField,
  invalid,
  notSupported,
  required,
  type FieldError,
} from '../../../../api/index.ts';
import { parseCidr, validateCidr } from '../ip-validation.ts';
import { addInvalid, validateLabelSelector } from '../label-validation.ts';

/** Upstream: ValidateNetworkPolicySpec in pkg/apis/networking/validation/validation.go */
export function validateNetworkPolicy(errors: FieldError[], spec: NetworkPolicySpec, path: string): void {
  validateLabelSelector(errors, spec.podSelector, `${path}.podSelector`);
  spec.ingress?.forEach(({ ports, from }, at) => {
    validatePorts(errors, ports, `${path}.ingress[${at}].ports`);
    validatePeers(errors, from, `${path}.ingress[${at}].from`);
  });
  spec.egress?.forEach(({ ports, to }, at) => {
    validatePorts(errors, ports, `${path}.egress[${at}].ports`);
    validatePeers(errors, to, `${path}.egress[${at}].to`);
  });
  const types = spec.policyTypes ?? [];
  if (types.length > policyTypes.length) {
    errors.push(invalid(`${path}.policyTypes`, types, 'may not specify more than two policyTypes'));
    return;
  }
  types.forEach((type, at) => {
    if (!policyTypes.includes(type)) errors.push(notSupported(`${path}.policyTypes[${at}]`, type, policyTypes));
  });
}

const policyTypes = ['Ingress', 'Egress'];
const protocols = ['TCP', 'UDP', 'SCTP'];

function validatePorts(errors: FieldError[], ports: readonly NetworkPolicyPort[] | undefined, path: string): void {
  ports?.forEach(({ protocol, port, endPort }, at) => {
    const portPath = `${path}[${at}].port`;
    const endPath = `${path}[${at}].endPort`;
    if (protocol !== undefined && !protocols.includes(protocol)) {
      errors.push(notSupported(`${path}[${at}].protocol`, protocol, protocols));
    }
    if (port === undefined) {
      if (endPort === undefined) return;
      errors.push(invalid(endPath, endPort, 'may not be specified when `port` is not specified'));
    } else if (typeof port === 'string') {
      if (endPort !== undefined) {
        errors.push(invalid(endPath, endPort, 'may not be specified when `port` is non-numeric'));
      }
      addInvalid(errors, portPath, port, checkPortName(port));
    } else {
      addInvalid(errors, portPath, port, checkPortNumber(port));
      if (endPort === undefined) return;
      if (endPort < port) errors.push(invalid(endPath, port, 'must be greater than or equal to `port`'));
      addInvalid(errors, endPath, endPort, checkPortNumber(endPort));
    }
  });
}

function validatePeers(errors: FieldError[], peers: readonly NetworkPolicyPeer[] | undefined, path: string): void {
  peers?.forEach(({ podSelector, namespaceSelector, ipBlock }, at) => {
    const peerPath = `${path}[${at}]`;
    validateLabelSelector(errors, podSelector, `${peerPath}.podSelector`);
    validateLabelSelector(errors, namespaceSelector, `${peerPath}.namespaceSelector`);
    if (ipBlock) validateIpBlock(errors, ipBlock, `${peerPath}.ipBlock`);
    const count = [podSelector, namespaceSelector, ipBlock].filter(Boolean).length;
    if (count === 0) errors.push(required(peerPath, 'must specify a peer'));
    else if (count > 1 && ipBlock) {
      errors.push(forbiddenField(peerPath, 'may not specify both ipBlock and another peer'));
    }
  });
}

function validateIpBlock(errors: FieldError[], { cidr, except = [] }: IPBlock, path: string): void {
  if (!cidr) {
    errors.push(required(`${path}.cidr`));
    return;
  }
  validateCidr(errors, cidr, `${path}.cidr`);
  const block = parseCidr(cidr);
  if (!block) return;
  except.forEach((text, at) => {
    validateCidr(errors, text, `${path}.except[${at}]`);
    const hole = parseCidr(text);
    if (!hole || isWithin(hole, block)) return;
    errors.push(invalid(`${path}.except[${at}]`, text, 'must be a strict subset of `cidr`'));
  });
}

type Network = NonNullable<ReturnType<typeof parseCidr>>;

/** Strictly: a network is not within itself. */
function isWithin(inner: Network, outer: Network): boolean {
  if (inner.address.family !== outer.address.family || inner.bits <= outer.bits) return false;
  return outer.address.bytes.every((byte, at) => {
    const shared = Math.min(Math.max(outer.bits - at * 8, 0), 8);
    return byte >> (8 - shared) === inner.address.bytes[at]! >> (8 - shared);
  });
}
