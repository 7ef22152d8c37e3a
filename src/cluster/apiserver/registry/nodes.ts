import type { Node, NodeAddress, Taint } from '../../../api/generated/types.ts';
import { checkLabelValue, forbiddenField, invalid, jsonEqual, type FieldError } from '../../../api/index.ts';
import type { ResourceDefinition } from '../resource-definition.ts';
import { canonicalResources } from './canonical-resources.ts';
import { duplicateAs } from './internal-form/shown.ts';
import { parseCidr, validateCidr } from './ip-validation.ts';
import { validateLabelName } from './label-validation.ts';
import { validateTaintEffect } from './pod-spec/tolerations.ts';
import { validateQuantityValue } from './resource-quantities.ts';
import { withField } from './share.ts';
import { ageCell, ageColumn, column, nameColumn } from './table.ts';

/** A machine that pods run on. Upstream: pkg/registry/core/node */
export const nodes: ResourceDefinition<Node> = {
  group: '',
  version: 'v1',
  resource: 'nodes',
  kind: 'Node',
  singular: 'node',
  shortNames: ['no'],
  isNamespaced: false,
  schema: 'io.k8s.api.core.v1.Node',
  defaults: defaultNode,
  prepareForUpdate: (next, old) => (old.status ? withField(next, 'status', old.status) : next),
  validate: validateNode,
  validateCreate: ({ spec }) => {
    const errors: FieldError[] = [];
    validatePodCidrs(errors, spec?.podCIDRs ?? []);
    return errors;
  },
  validateUpdate,
  warnings: warningsForNode,
  status: {
    prepareForUpdate: (next, old) => (old.spec ? withField(next, 'spec', old.spec) : next),
    validateUpdate: (next, old) => [...validateNode(next), ...validateUpdate(next, old)],
  },
  subresources: ['proxy'],
  selectableFields: { 'spec.unschedulable': ({ spec }) => String(spec?.unschedulable ?? false) },
  columns: [
    nameColumn,
    column('Status', 'string', 'Whether pods can run there.'),
    column('Roles', 'string', 'What the node is for.'),
    ageColumn,
    column('Version', 'string', 'The version of its kubelet.'),
    column('Internal-IP', 'string', 'Its address within the cluster.', { wide: true }),
    column('External-IP', 'string', 'Its address from outside.', { wide: true }),
    column('OS-Image', 'string', 'Its operating system.', { wide: true }),
    column('Kernel-Version', 'string', 'Its kernel.', { wide: true }),
    column('Container-Runtime', 'string', 'What runs its containers.', { wide: true }),
  ],
  row: (node, context) => {
    const info = node.status?.nodeInfo;
    return [
      node.metadata.name,
      statusCell(node),
      rolesCell(node),
      ageCell(node, context),
      info?.kubeletVersion ?? '',
      addressCell(node, 'InternalIP'),
      addressCell(node, 'ExternalIP'),
      info?.osImage || '<unknown>',
      info?.kernelVersion || '<unknown>',
      info?.containerRuntimeVersion || '<unknown>',
    ];
  },
};

function defaultNode(given: Node): Node {
  const { podCIDR, podCIDRs } = given.spec ?? {};
  // The one is the first of the others; old clients know only the one.
  let node = podCIDR && !podCIDRs ? withField(given, 'spec', { ...given.spec, podCIDRs: [podCIDR] }) : given;
  if (!node.status) return node;
  let status = node.status;
  if (status.capacity) status = withField(status, 'capacity', canonicalResources(status.capacity));
  if (status.allocatable) status = withField(status, 'allocatable', canonicalResources(status.allocatable));
  else if (status.capacity) status = { ...status, allocatable: status.capacity };
  node = withField(node, 'status', status);
  return node;
}

/** Upstream: ValidateNode in pkg/apis/core/validation/validation.go */
function validateNode({ spec, status }: Node): readonly FieldError[] {
  const errors: FieldError[] = [];
  // Upstream looks for the taints of the spec under metadata, and so do its messages.
  validateTaints(errors, spec?.taints ?? [], 'metadata.taints');
  for (const kind of ['capacity', 'allocatable'] as const) {
    const amounts = status?.[kind];
    for (const name in amounts) validateQuantityValue(errors, name, amounts[name]!, `status.${kind}.${name}`);
  }
  return errors;
}

export function validateTaints(errors: FieldError[], taints: readonly Taint[], path: string): void {
  const seen = new Set<string>();
  taints.forEach((taint, at) => {
    const itemPath = `${path}[${at}]`;
    const { key = '', value = '', effect = '' } = taint;
    validateLabelName(errors, key, `${itemPath}.key`);
    const problems = checkLabelValue(value);
    if (problems.length > 0) errors.push(invalid(`${itemPath}.value`, value, problems.join(';')));
    validateTaintEffect(errors, effect, `${itemPath}.effect`);
    const pair = `${key}:${effect}`;
    if (seen.has(pair)) {
      errors.push(duplicateAs(itemPath, taint, 'Taint', 'taints must be unique by key and effect pair'));
    }
    seen.add(pair);
  });
}

function validatePodCidrs(errors: FieldError[], ranges: readonly string[]): void {
  const path = 'spec.podCIDRs';
  ranges.forEach((range, at) => validateCidr(errors, range, `${path}[${at}]`));
  if (ranges.length < 2) return;
  const families = new Set(ranges.map((range) => parseCidr(range)?.address.family));
  if (families.size < 2 || ranges.length > 2) {
    errors.push(invalid(path, ranges, 'may specify no more than one CIDR for each IP family'));
  }
}

function validateUpdate(next: Node, old: Node): readonly FieldError[] {
  const errors: FieldError[] = [];
  if (next.status?.addresses !== old.status?.addresses) validateAddresses(errors, next.status?.addresses ?? []);
  const before = old.spec?.podCIDRs ?? [];
  if (before.length > 0 && !jsonEqual(next.spec?.podCIDRs ?? [], before)) {
    const detail = 'node updates may not change podCIDR except from "" to valid';
    errors.push(forbiddenField('spec.podCIDRs', detail));
  }
  if (old.spec?.providerID && old.spec.providerID !== next.spec?.providerID) {
    const detail = 'node updates may not change providerID except from "" to valid';
    errors.push(forbiddenField('spec.providerID', detail));
  }
  if ((next.spec?.externalID ?? '') !== (old.spec?.externalID ?? '')) {
    errors.push(forbiddenField('spec.externalID', 'may not be updated'));
  }
  return errors;
}

function validateAddresses(errors: FieldError[], addresses: readonly NodeAddress[]): void {
  const seen = new Set<string>();
  addresses.forEach((address, at) => {
    const key = `${address.type}/${address.address}`;
    if (seen.has(key)) errors.push(duplicateAs(`status.addresses[${at}]`, address, 'NodeAddress'));
    seen.add(key);
  });
}

function warningsForNode({ spec }: Node): readonly string[] {
  const warnings: string[] = [];
  if (spec?.configSource) warnings.push('spec.configSource: the feature is removed');
  if (spec?.externalID) {
    warnings.push('spec.externalID: this field is deprecated, and is unused by Kubernetes');
  }
  return warnings;
}

function statusCell({ spec, status }: Node): string {
  const ready = status?.conditions?.find(({ type }) => type === 'Ready');
  const state = !ready ? 'Unknown' : ready.status === 'True' ? 'Ready' : 'NotReady';
  return spec?.unschedulable ? `${state},SchedulingDisabled` : state;
}

const rolePrefix = 'node-role.kubernetes.io/';
const roleLabel = 'kubernetes.io/role';

function rolesCell({ metadata }: Node): string {
  const roles = Object.entries(metadata.labels ?? {}).flatMap(([key, value]) => {
    if (key.startsWith(rolePrefix)) return key.length > rolePrefix.length ? [key.slice(rolePrefix.length)] : [];
    return key === roleLabel && value ? [value] : [];
  });
  return [...new Set(roles)].toSorted().join(',') || '<none>';
}

function addressCell({ status }: Node, type: string): string {
  return status?.addresses?.find((address) => address.type === type)?.address ?? '<none>';
}
