import type { PriorityClass } from '../../../api/generated/types.ts';
import { forbiddenField, notSupported, type FieldError } from '../../../api/index.ts';
import type { ResourceDefinition } from '../resource-definition.ts';
import { immutable } from './meta-validation.ts';
import { fill } from './share.ts';
import { ageCell, ageColumn, column, nameColumn } from './table.ts';

/** How important pods are. Upstream: pkg/registry/scheduling/priorityclass */
export const priorityClasses: ResourceDefinition<PriorityClass> = {
  group: 'scheduling.k8s.io',
  version: 'v1',
  resource: 'priorityclasses',
  kind: 'PriorityClass',
  singular: 'priorityclass',
  shortNames: ['pc'],
  isNamespaced: false,
  schema: 'io.k8s.api.scheduling.v1.PriorityClass',
  defaults: (priority) => fill(priority, { preemptionPolicy: 'PreemptLowerPriority' }),
  prepareForCreate: (priority) => ({ ...priority, metadata: { ...priority.metadata, generation: 1 } }),
  validate: validatePriorityClass,
  validateUpdate: (next, old) => {
    const errors: FieldError[] = [];
    // The capital is upstream's.
    if (next.value !== old.value) errors.push(forbiddenField('Value', 'may not be changed in an update.'));
    immutable(errors, next.preemptionPolicy, old.preemptionPolicy, 'preemptionPolicy');
    return errors;
  },
  columns: [
    nameColumn,
    column('Value', 'integer', 'Pods with a higher one go first.'),
    column('Global-Default', 'boolean', 'Whether pods that name no class belong to this one.'),
    ageColumn,
    column('PreemptionPolicy', 'string', 'Whether pods may push out less important ones.', { wide: true }),
  ],
  row: (priority, context) => [
    priority.metadata.name,
    priority.value ?? 0,
    priority.globalDefault ?? false,
    ageCell(priority, context),
    priority.preemptionPolicy ?? '',
  ],
};

const highestUserPriority = 1_000_000_000;
const systemPrefix = 'system-';
const systemPriorities: Readonly<Record<string, number>> = {
  'system-node-critical': 2 * highestUserPriority + 1000,
  'system-cluster-critical': 2 * highestUserPriority,
};
const policies = ['Never', 'PreemptLowerPriority'];

/** Upstream: pkg/apis/scheduling/validation/validation.go */
function validatePriorityClass(priority: PriorityClass): readonly FieldError[] {
  const errors: FieldError[] = [];
  const { name } = priority.metadata;
  if (name.startsWith(systemPrefix)) {
    const problem = systemClassProblem(priority);
    const detail = `priority class names with '${systemPrefix}' prefix are reserved for system use only. error: ${problem}`;
    if (problem) errors.push(forbiddenField('metadata.name', detail));
  } else if (priority.value > highestUserPriority) {
    const detail = `maximum allowed value of a user defined priority is ${highestUserPriority}`;
    errors.push(forbiddenField('value', detail));
  }
  const policy = priority.preemptionPolicy;
  if (policy !== undefined && !policies.includes(policy)) {
    errors.push(notSupported('preemptionPolicy', policy, ['PreemptLowerPriority', 'Never']));
  }
  return errors;
}

function systemClassProblem({ metadata: { name }, value, globalDefault = false }: PriorityClass): string | undefined {
  const known = systemPriorities[name];
  if (known === undefined) return `${name} is not a known system priority class`;
  if (value !== known) return `value of ${name} PriorityClass must be ${known}`;
  return globalDefault ? `globalDefault of ${name} PriorityClass must be false` : undefined;
}
