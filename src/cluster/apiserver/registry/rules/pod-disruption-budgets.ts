import type { PodDisruptionBudget, PodDisruptionBudgetSpec } from '../../../../api/generated/types.ts';
import { notSupported, type FieldError } from '../../../../api/index.ts';
import type { ResourceRules } from '../../resource-definition.ts';
import { validateAtMost100Percent, validateIntOrPercent } from '../int-or-percent.ts';
import { invalidAs } from '../internal-form/shown.ts';
import { validateLabelSelector } from '../label-validation.ts';
import { ageCell, ageColumn, column, nameColumn } from '../table.ts';
import { asFirstGeneration, asNextGeneration, withOldSpec } from '../workload/generation.ts';
import { validateCounts } from '../workload/status-validation.ts';

const noStatus = { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 };

/** What a PodDisruptionBudget has to look like. */
export const podDisruptionBudgetRules: ResourceRules<PodDisruptionBudget> = {
  prepareForCreate: (budget) => asFirstGeneration(budget, noStatus),
  prepareForUpdate: asNextGeneration,
  validate: validateBudget,
  status: {
    prepareForUpdate: withOldSpec,
    validateUpdate: ({ status = noStatus }) => {
      const errors: FieldError[] = [];
      validateCounts(errors, status, ['disruptionsAllowed', 'currentHealthy', 'desiredHealthy', 'expectedPods']);
      return errors;
    },
  },
  columns: [
    nameColumn,
    column('Min Available', 'string', 'How many pods must stay.'),
    column('Max Unavailable', 'string', 'How many pods may be missing.'),
    column('Allowed Disruptions', 'integer', 'How many pods may be taken away now.'),
    ageColumn,
  ],
  row: (budget, context) => [
    budget.metadata.name,
    String(budget.spec?.minAvailable ?? 'N/A'),
    String(budget.spec?.maxUnavailable ?? 'N/A'),
    budget.status?.disruptionsAllowed ?? 0,
    ageCell(budget, context),
  ],
};

const evictionPolicies = ['AlwaysAllow', 'IfHealthyBudget'];

/** Upstream: ValidatePodDisruptionBudgetSpec in pkg/apis/policy/validation/validation.go */
function validateBudget({ spec = {} }: PodDisruptionBudget): readonly FieldError[] {
  const errors: FieldError[] = [];
  const { minAvailable, maxUnavailable, unhealthyPodEvictionPolicy: policy }: PodDisruptionBudgetSpec = spec;
  if (minAvailable !== undefined && maxUnavailable !== undefined) {
    const detail = 'minAvailable and maxUnavailable cannot be both set';
    errors.push(invalidAs('spec', spec, 'PodDisruptionBudgetSpec', detail));
  }
  validateIntOrPercent(errors, minAvailable, 'spec.minAvailable');
  validateAtMost100Percent(errors, minAvailable, 'spec.minAvailable');
  validateIntOrPercent(errors, maxUnavailable, 'spec.maxUnavailable');
  validateAtMost100Percent(errors, maxUnavailable, 'spec.maxUnavailable');
  validateLabelSelector(errors, spec.selector, 'spec.selector');
  if (policy !== undefined && !evictionPolicies.includes(policy)) {
    errors.push(notSupported('spec.unhealthyPodEvictionPolicy', policy, evictionPolicies));
  }
  return errors;
}
