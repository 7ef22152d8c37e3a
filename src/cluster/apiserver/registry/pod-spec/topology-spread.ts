import type { TopologySpreadConstraint } from '../../../../api/generated/types.ts';
import { duplicate, invalid, notSupported, required, type FieldError } from '../../../../api/index.ts';
import { validateLabelSelector } from '../label-validation.ts';
import { validateLabelKeys } from './affinity.ts';

const actions = ['DoNotSchedule', 'ScheduleAnyway'];
const nodePolicies = ['Honor', 'Ignore'];

/** Upstream: validateTopologySpreadConstraints */
export function validateTopologySpread(
  errors: FieldError[],
  constraints: readonly TopologySpreadConstraint[] | undefined,
  path: string,
): void {
  constraints?.forEach((constraint, at) => {
    const itemPath = `${path}[${at}]`;
    const { maxSkew = 0, topologyKey = '', whenUnsatisfiable = '', minDomains } = constraint;
    if (maxSkew <= 0) errors.push(invalid(`${itemPath}.maxSkew`, maxSkew, 'must be greater than zero'));
    if (!topologyKey) errors.push(required(`${itemPath}.topologyKey`, 'can not be empty'));
    if (!actions.includes(whenUnsatisfiable)) {
      errors.push(notSupported(`${itemPath}.whenUnsatisfiable`, whenUnsatisfiable, actions));
    }
    const repeats = constraints
      .slice(at + 1)
      .some((other) => other.topologyKey === topologyKey && other.whenUnsatisfiable === whenUnsatisfiable);
    if (repeats) {
      errors.push(duplicate(`${itemPath}.{topologyKey, whenUnsatisfiable}`, `{${topologyKey}, ${whenUnsatisfiable}}`));
    }
    if (minDomains !== undefined) {
      const domainsPath = `${itemPath}.minDomains`;
      if (minDomains <= 0) errors.push(invalid(domainsPath, minDomains, 'must be greater than zero'));
      if (whenUnsatisfiable !== 'DoNotSchedule') {
        const detail = `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${whenUnsatisfiable}`;
        errors.push(invalid(domainsPath, minDomains, detail));
      }
    }
    for (const field of ['nodeAffinityPolicy', 'nodeTaintsPolicy'] as const) {
      const policy = constraint[field];
      if (policy !== undefined && !nodePolicies.includes(policy)) {
        errors.push(notSupported(`${itemPath}.${field}`, policy, nodePolicies));
      }
    }
    validateLabelKeys(errors, constraint, itemPath);
    validateLabelSelector(errors, constraint.labelSelector, `${itemPath}.labelSelector`);
  });
}
