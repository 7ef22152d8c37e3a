import type { ReplicaSet, ReplicaSetSpec } from '../../../../api/generated/types.ts';
import { checkDns1123Label, formatLabelSelector, type FieldError } from '../../../../api/index.ts';
import type { ResourceRules } from '../../resource-definition.ts';
import { validateNonNegative } from '../int-or-percent.ts';
import { immutableAs } from '../internal-form/shown.ts';
import { defaultPodTemplate } from '../pod-spec/defaults.ts';
import { warningsForTemplate } from '../pod-spec/warnings.ts';
import { fill, withField } from '../share.ts';
import { ageCell, ageColumn, column, containerCells, nameColumn } from '../table.ts';
import { asFirstGeneration, asNextGeneration, withOldSpec } from '../workload/generation.ts';
import { validateReplicaTemplate, validateWorkloadSelector } from '../workload/pod-template-validation.ts';
import { validateAtMostReplicas, validateCounts } from '../workload/status-validation.ts';

/** What a ReplicaSet has to look like. */
export const replicaSetRules: ResourceRules<ReplicaSet> = {
  defaults: (replicaSet) => withField(replicaSet, 'spec', defaultSpec(replicaSet.spec)),
  prepareForCreate: (replicaSet) => asFirstGeneration(replicaSet, { replicas: 0 }),
  prepareForUpdate: asNextGeneration,
  validate: validateReplicaSet,
  validateUpdate: (next, old) => {
    const errors: FieldError[] = [];
    immutableAs(errors, next.spec.selector, old.spec.selector, 'spec.selector', '*LabelSelector');
    return errors;
  },
  warnings: (next, old) => {
    if (old) {
      const isSame = old.metadata.generation === next.metadata.generation;
      return isSame ? [] : warningsForTemplate(next.spec.template, 'spec.template');
    }
    const problems = checkDns1123Label(next.metadata.name);
    const why = `this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended: [${problems.join(' ')}]`;
    const named = problems.length > 0 ? [`metadata.name: ${why}`] : [];
    return [...named, ...warningsForTemplate(next.spec.template, 'spec.template')];
  },
  status: { prepareForUpdate: withOldSpec, validateUpdate: validateStatus },
  columns: [
    nameColumn,
    column('Desired', 'integer', 'How many pods there should be.'),
    column('Current', 'integer', 'How many pods there are.'),
    column('Ready', 'integer', 'How many pods are ready.'),
    ageColumn,
    column('Containers', 'string', 'The names of the containers in the template.', { wide: true }),
    column('Images', 'string', 'The images of the containers in the template.', { wide: true }),
    column('Selector', 'string', 'Which pods belong to the set.', { wide: true }),
  ],
  row: (replicaSet, context) => {
    const { spec, status } = replicaSet;
    return [
      replicaSet.metadata.name,
      spec.replicas ?? 0,
      status?.replicas ?? 0,
      status?.readyReplicas ?? 0,
      ageCell(replicaSet, context),
      ...containerCells(spec.template?.spec?.containers),
      formatLabelSelector(spec.selector),
    ];
  },
};

function defaultSpec(given: ReplicaSetSpec): ReplicaSetSpec {
  if (!given) return given;
  const spec = fill(given, { replicas: 1 });
  return spec.template ? withField(spec, 'template', defaultPodTemplate(spec.template)) : spec;
}

function validateReplicaSet({ spec }: ReplicaSet): readonly FieldError[] {
  const errors: FieldError[] = [];
  validateNonNegative(errors, spec.replicas, 'spec.replicas');
  validateNonNegative(errors, spec.minReadySeconds, 'spec.minReadySeconds');
  // Upstream says "deployment" here too.
  validateWorkloadSelector(errors, spec.selector, 'spec.selector', 'deployment');
  validateReplicaTemplate(errors, spec, 'spec');
  return errors;
}

function validateStatus(next: ReplicaSet): readonly FieldError[] {
  const errors: FieldError[] = [];
  const status = next.status ?? { replicas: 0 };
  const counts = ['replicas', 'fullyLabeledReplicas', 'readyReplicas', 'availableReplicas'] as const;
  validateCounts(errors, status, [...counts, 'terminatingReplicas', 'observedGeneration']);
  validateAtMostReplicas(errors, status, ['fullyLabeledReplicas', 'readyReplicas', 'availableReplicas']);
  return errors;
}
