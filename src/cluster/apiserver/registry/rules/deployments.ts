import type { Deployment, DeploymentSpec, DeploymentStrategy } from '../../../../api/generated/types.ts';
import {
  forbiddenField,
  formatLabelQuery,
  invalid,
  queryFromLabelSelector,
  required,
  SelectorError,
  type FieldError,
} from '../../../../api/index.ts';
import type { ResourceRules } from '../../resource-definition.ts';
import { numberOf, validateAtMost100Percent, validateIntOrPercent, validateNonNegative } from '../int-or-percent.ts';
import { immutableAs, notSupportedAs } from '../internal-form/shown.ts';
import { defaultPodTemplate } from '../pod-spec/defaults.ts';
import { warningsForTemplate } from '../pod-spec/warnings.ts';
import { fill, isZero, withField } from '../share.ts';
import { ageCell, ageColumn, column, containerCells, nameColumn } from '../table.ts';
import { asFirstGeneration, asNextAnnotatedGeneration, withOldSpecAndLabels } from '../workload/generation.ts';
import { validateReplicaTemplate, validateWorkloadSelector } from '../workload/pod-template-validation.ts';
import { validateAtMostReplicas, validateCollisionCount, validateCounts } from '../workload/status-validation.ts';

/** What a Deployment has to look like. */
export const deploymentRules: ResourceRules<Deployment> = {
  defaults: (deployment) => withField(deployment, 'spec', defaultSpec(deployment.spec)),
  prepareForCreate: (deployment) => asFirstGeneration(deployment),
  prepareForUpdate: asNextAnnotatedGeneration,
  validate: validateDeployment,
  validateUpdate: (next, old) => {
    const errors: FieldError[] = [];
    immutableAs(errors, next.spec.selector, old.spec.selector, 'spec.selector', '*LabelSelector');
    return errors;
  },
  warnings: (next, old) => {
    if (old && old.metadata.generation === next.metadata.generation) return [];
    return warningsForTemplate(next.spec.template, 'spec.template');
  },
  status: { prepareForUpdate: withOldSpecAndLabels, validateUpdate: validateStatus },
  columns: [
    nameColumn,
    column('Ready', 'string', 'How many pods are ready, and how many there should be.'),
    column('Up-to-date', 'string', 'How many pods have the newest template.'),
    column('Available', 'string', 'How many pods have been ready for long enough.'),
    ageColumn,
    column('Containers', 'string', 'The names of the containers in the template.', { wide: true }),
    column('Images', 'string', 'The images of the containers in the template.', { wide: true }),
    column('Selector', 'string', 'Which pods belong to the deployment.', { wide: true }),
  ],
  row: (deployment, context) => {
    const { spec, status } = deployment;
    return [
      deployment.metadata.name,
      `${status?.readyReplicas ?? 0}/${spec.replicas ?? 0}`,
      status?.updatedReplicas ?? 0,
      status?.availableReplicas ?? 0,
      ageCell(deployment, context),
      ...containerCells(spec.template.spec?.containers),
      selectorCell(spec),
    ];
  },
};

const numberDefaults: Partial<DeploymentSpec> = { replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600 };

/** Upstream: SetDefaults_Deployment in pkg/apis/apps/v1/defaults.go */
function defaultSpec(given: DeploymentSpec): DeploymentSpec {
  if (!given) return given;
  let spec = fill(given, numberDefaults);
  spec = withField(spec, 'strategy', defaultStrategy(spec.strategy ?? {}));
  return spec.template ? withField(spec, 'template', defaultPodTemplate(spec.template)) : spec;
}

function defaultStrategy(given: DeploymentStrategy): DeploymentStrategy {
  const strategy = fill(given, { type: 'RollingUpdate' }, isZero);
  if (strategy.type !== 'RollingUpdate') return strategy;
  const rollingUpdate = fill(strategy.rollingUpdate ?? {}, { maxUnavailable: '25%', maxSurge: '25%' });
  return withField(strategy, 'rollingUpdate', rollingUpdate);
}

function validateDeployment({ spec }: Deployment): readonly FieldError[] {
  const errors: FieldError[] = [];
  validateNonNegative(errors, spec.replicas, 'spec.replicas');
  validateWorkloadSelector(errors, spec.selector, 'spec.selector', 'deployment');
  validateReplicaTemplate(errors, spec, 'spec');
  validateStrategy(errors, spec.strategy ?? {}, 'spec.strategy');
  validateNonNegative(errors, spec.minReadySeconds, 'spec.minReadySeconds');
  validateNonNegative(errors, spec.revisionHistoryLimit, 'spec.revisionHistoryLimit');
  const { progressDeadlineSeconds: deadline, minReadySeconds = 0 } = spec;
  if (deadline !== undefined) {
    validateNonNegative(errors, deadline, 'spec.progressDeadlineSeconds');
    if (deadline <= minReadySeconds) {
      errors.push(invalid('spec.progressDeadlineSeconds', deadline, 'must be greater than minReadySeconds'));
    }
  }
  return errors;
}

function validateStrategy(errors: FieldError[], strategy: DeploymentStrategy, path: string): void {
  const { type, rollingUpdate } = strategy;
  if (type === 'Recreate') {
    if (!rollingUpdate) return;
    const detail = "may not be specified when strategy `type` is 'Recreate'";
    errors.push(forbiddenField(`${path}.rollingUpdate`, detail));
  } else if (type === 'RollingUpdate') {
    if (!rollingUpdate) {
      errors.push(required(`${path}.rollingUpdate`, 'this should be defaulted and never be nil'));
      return;
    }
    const { maxUnavailable, maxSurge } = rollingUpdate;
    const unavailablePath = `${path}.rollingUpdate.maxUnavailable`;
    validateIntOrPercent(errors, maxUnavailable, unavailablePath);
    validateIntOrPercent(errors, maxSurge, `${path}.rollingUpdate.maxSurge`);
    if (numberOf(maxUnavailable) === 0 && numberOf(maxSurge) === 0) {
      errors.push(invalid(unavailablePath, maxUnavailable ?? 0, 'may not be 0 when `maxSurge` is 0'));
    }
    validateAtMost100Percent(errors, maxUnavailable, unavailablePath);
  } else {
    errors.push(notSupportedAs(path, strategy, 'DeploymentStrategy', ['Recreate', 'RollingUpdate']));
  }
}

function validateStatus(next: Deployment, old: Deployment): readonly FieldError[] {
  const errors: FieldError[] = [];
  const status = next.status ?? {};
  validateCounts(errors, status, [
    'observedGeneration',
    'replicas',
    'updatedReplicas',
    'readyReplicas',
    'availableReplicas',
    'unavailableReplicas',
    'terminatingReplicas',
    'collisionCount',
  ]);
  validateAtMostReplicas(errors, status, ['updatedReplicas', 'readyReplicas', 'availableReplicas']);
  validateCollisionCount(errors, status, old.status);
  return errors;
}

function selectorCell({ selector }: DeploymentSpec): string {
  try {
    return formatLabelQuery(queryFromLabelSelector(selector));
  } catch (error) {
    if (error instanceof SelectorError) return '<invalid>';
    throw error;
  }
}
