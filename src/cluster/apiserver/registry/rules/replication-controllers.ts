import type { ReplicationController, ReplicationControllerSpec } from '../../../../api/generated/types.ts';
import { queryFromLabels, required, type FieldError } from '../../../../api/index.ts';
import type { ResourceRules } from '../../resource-definition.ts';
import { validateNonNegative } from '../int-or-percent.ts';
import { defaultPodTemplate } from '../pod-spec/defaults.ts';
import { validatePodTemplate } from '../pod-spec/validate-pod-spec.ts';
import { warningsForTemplate } from '../pod-spec/warnings.ts';
import { fill, withField } from '../share.ts';
import { ageCell, ageColumn, column, containerCells, formatLabels, nameColumn } from '../table.ts';
import { asFirstGeneration, asNextGeneration, withOldSpec } from '../workload/generation.ts';
import { validateEndlessTemplate, validateTemplateLabels } from '../workload/pod-template-validation.ts';
import { validateAtMostReplicas, validateCounts } from '../workload/status-validation.ts';

/** What a ReplicationController has to look like. */
export const replicationControllerRules: ResourceRules<ReplicationController> = {
  defaults: defaultController,
  prepareForCreate: (controller) => asFirstGeneration(controller, { replicas: 0 }),
  prepareForUpdate: asNextGeneration,
  validate: validateController,
  warnings: (next, old) => {
    const isSame = old && old.metadata.generation === next.metadata.generation;
    return isSame ? [] : warningsForTemplate(next.spec.template, 'spec.template');
  },
  status: {
    prepareForUpdate: withOldSpec,
    validateUpdate: ({ status = { replicas: 0 } }) => {
      const errors: FieldError[] = [];
      const counts = ['replicas', 'fullyLabeledReplicas', 'readyReplicas', 'availableReplicas'] as const;
      validateCounts(errors, status, [...counts, 'observedGeneration']);
      validateAtMostReplicas(errors, status, ['fullyLabeledReplicas', 'readyReplicas', 'availableReplicas']);
      return errors;
    },
  },
  columns: [
    nameColumn,
    column('Desired', 'integer', 'How many pods there should be.'),
    column('Current', 'integer', 'How many pods there are.'),
    column('Ready', 'integer', 'How many pods are ready.'),
    ageColumn,
    column('Containers', 'string', 'The names of the containers in the template.', { wide: true }),
    column('Images', 'string', 'The images of the containers in the template.', { wide: true }),
    column('Selector', 'string', 'Which pods belong to the controller.', { wide: true }),
  ],
  row: (controller, context) => {
    const { spec, status } = controller;
    return [
      controller.metadata.name,
      spec.replicas ?? 0,
      status?.replicas ?? 0,
      status?.readyReplicas ?? 0,
      ageCell(controller, context),
      ...containerCells(spec.template?.spec?.containers),
      formatLabels(spec.selector),
    ];
  },
};

/** Selector and labels follow the template's labels. Upstream: SetDefaults_ReplicationController */
function defaultController(given: ReplicationController): ReplicationController {
  if (!given.spec) return given;
  const template = given.spec.template && defaultPodTemplate(given.spec.template);
  const labels = template?.metadata?.labels;
  let spec: ReplicationControllerSpec = fill(withField(given.spec, 'template', template), { replicas: 1 });
  let { metadata } = given;
  if (labels && Object.keys(labels).length > 0) {
    if (Object.keys(spec.selector ?? {}).length === 0) spec = { ...spec, selector: labels };
    if (Object.keys(metadata.labels ?? {}).length === 0) metadata = { ...metadata, labels };
  }
  return withField(withField(given, 'spec', spec), 'metadata', metadata);
}

/** Upstream: ValidateReplicationControllerSpec in pkg/apis/core/validation/validation.go */
function validateController({ spec }: ReplicationController): readonly FieldError[] {
  const errors: FieldError[] = [];
  const { selector = {}, template } = spec;
  validateNonNegative(errors, spec.minReadySeconds, 'spec.minReadySeconds');
  const isSelecting = Object.keys(selector).length > 0;
  if (!isSelecting) errors.push(required('spec.selector'));
  validateNonNegative(errors, spec.replicas, 'spec.replicas');
  if (!template) return [...errors, required('spec.template')];
  if (isSelecting) {
    validateTemplateLabels(errors, template, queryFromLabels(selector), 'spec.template');
  }
  validatePodTemplate(errors, template, 'spec.template');
  validateEndlessTemplate(errors, template, 'spec.template', 'ReplicationController');
  return errors;
}
