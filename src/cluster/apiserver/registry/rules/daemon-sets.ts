import type {
  DaemonSet,
  DaemonSetSpec,
  DaemonSetStatus,
  DaemonSetUpdateStrategy,
} from '../../../../api/generated/types.ts';
import {
  formatLabelSelector,
  invalid,
  jsonEqual,
  matchesLabels,
  queryFromLabelSelector,
  required,
  SelectorError,
  type FieldError,
} from '../../../../api/index.ts';
import type { ResourceRules } from '../../resource-definition.ts';
import { numberOf, validateAtMost100Percent, validateIntOrPercent, validateNonNegative } from '../int-or-percent.ts';
import { immutableAs, invalidAs, notSupportedAs } from '../internal-form/shown.ts';
import { validateLabelSelector } from '../label-validation.ts';
import { defaultPodTemplate } from '../pod-spec/defaults.ts';
import { validatePodTemplate } from '../pod-spec/validate-pod-spec.ts';
import { warningsForTemplate } from '../pod-spec/warnings.ts';
import { fill, isZero, withField } from '../share.ts';
import { ageCell, ageColumn, column, containerCells, formatLabels, nameColumn } from '../table.ts';
import { asFirstGeneration, asNextGeneration, withOldSpec } from '../workload/generation.ts';
import { validateEndlessTemplate } from '../workload/pod-template-validation.ts';
import { validateCollisionCount, validateCounts } from '../workload/status-validation.ts';

const noStatus: DaemonSetStatus = {
  currentNumberScheduled: 0,
  numberMisscheduled: 0,
  desiredNumberScheduled: 0,
  numberReady: 0,
};

/** What a DaemonSet has to look like. */
export const daemonSetRules: ResourceRules<DaemonSet> = {
  defaults: (set) => withField(set, 'spec', defaultSpec(set.spec)),
  prepareForCreate: (set) => withTemplateGeneration(asFirstGeneration(set, noStatus), 1),
  prepareForUpdate: (next, old) => {
    const before = templateGeneration(old);
    const isSame = jsonEqual(next.spec?.template ?? null, old.spec?.template ?? null);
    return withTemplateGeneration(asNextGeneration(next, old), isSame ? before : before + 1);
  },
  validate: validateDaemonSet,
  validateUpdate: (next, old) => {
    const errors: FieldError[] = [];
    immutableAs(errors, next.spec.selector, old.spec.selector, 'spec.selector', '*LabelSelector');
    return errors;
  },
  warnings: (next, old) => {
    if (old && templateGeneration(old) === templateGeneration(next)) return [];
    return warningsForTemplate(next.spec.template, 'spec.template');
  },
  status: { prepareForUpdate: withOldSpec, validateUpdate: validateStatus },
  columns: [
    nameColumn,
    column('Desired', 'integer', 'How many nodes should have the pod.'),
    column('Current', 'integer', 'How many nodes have the pod and should.'),
    column('Ready', 'integer', 'How many nodes have the pod ready.'),
    column('Up-to-date', 'integer', 'How many nodes have the newest template.'),
    column('Available', 'integer', 'How many nodes have had the pod ready for long enough.'),
    column('Node Selector', 'string', 'The labels of nodes that should have the pod.'),
    ageColumn,
    column('Containers', 'string', 'The names of the containers in the template.', { wide: true }),
    column('Images', 'string', 'The images of the containers in the template.', { wide: true }),
    column('Selector', 'string', 'Which pods belong to the set.', { wide: true }),
  ],
  row: (set, context) => {
    const { spec, status = noStatus } = set;
    return [
      set.metadata.name,
      status.desiredNumberScheduled ?? 0,
      status.currentNumberScheduled ?? 0,
      status.numberReady ?? 0,
      status.updatedNumberScheduled ?? 0,
      status.numberAvailable ?? 0,
      formatLabels(spec.template?.spec?.nodeSelector),
      ageCell(set, context),
      ...containerCells(spec.template?.spec?.containers),
      formatLabelSelector(spec.selector),
    ];
  },
};

/** Upstream: SetDefaults_DaemonSet in pkg/apis/apps/v1/defaults.go */
function defaultSpec(given: DaemonSetSpec): DaemonSetSpec {
  if (!given) return given;
  let spec = fill(given, { revisionHistoryLimit: 10 });
  spec = withField(spec, 'updateStrategy', defaultStrategy(spec.updateStrategy ?? {}));
  return spec.template ? withField(spec, 'template', defaultPodTemplate(spec.template)) : spec;
}

function defaultStrategy(given: DaemonSetUpdateStrategy): DaemonSetUpdateStrategy {
  const strategy = fill(given, { type: 'RollingUpdate' }, isZero);
  if (strategy.type !== 'RollingUpdate') return strategy;
  return withField(strategy, 'rollingUpdate', fill(strategy.rollingUpdate ?? {}, { maxUnavailable: 1, maxSurge: 0 }));
}

const templateGenerationKey = 'deprecated.daemonset.template.generation';

function templateGeneration({ metadata }: DaemonSet): number {
  return Number(metadata.annotations?.[templateGenerationKey] ?? 0) || 0;
}

/** Once a field of its own; v1 keeps it in an annotation. */
function withTemplateGeneration(set: DaemonSet, generation: number): DaemonSet {
  const { annotations } = set.metadata;
  if (annotations?.[templateGenerationKey] === String(generation)) return set;
  const marked = { ...annotations, [templateGenerationKey]: String(generation) };
  return { ...set, metadata: { ...set.metadata, annotations: marked } };
}

function validateDaemonSet({ spec }: DaemonSet): readonly FieldError[] {
  const errors: FieldError[] = [];
  const { selector, template } = spec;
  validateLabelSelector(errors, selector, 'spec.selector');
  if (!matchesTemplate(spec)) {
    const labels = template?.metadata?.labels ?? null;
    errors.push(invalid('spec.template.metadata.labels', labels, '`selector` does not match template `labels`'));
  }
  const size = Object.keys(selector?.matchLabels ?? {}).length + (selector?.matchExpressions?.length ?? 0);
  if (selector && size === 0) {
    errors.push(invalidAs('spec.selector', selector, '*LabelSelector', 'empty selector is invalid for daemonset'));
  }
  validatePodTemplate(errors, template, 'spec.template');
  validateEndlessTemplate(errors, template, 'spec.template', 'DaemonSet');
  validateNonNegative(errors, spec.minReadySeconds, 'spec.minReadySeconds');
  validateStrategy(errors, spec.updateStrategy ?? {}, 'spec.updateStrategy');
  validateNonNegative(errors, spec.revisionHistoryLimit, 'spec.revisionHistoryLimit');
  return errors;
}

/** What makes no sense as a selector has been reported already. */
function matchesTemplate({ selector, template }: DaemonSetSpec): boolean {
  try {
    return matchesLabels(queryFromLabelSelector(selector), template?.metadata?.labels ?? {});
  } catch (error) {
    if (error instanceof SelectorError) return true;
    throw error;
  }
}

function validateStrategy(errors: FieldError[], strategy: DaemonSetUpdateStrategy, path: string): void {
  const { type, rollingUpdate } = strategy;
  if (type === 'OnDelete') return;
  if (type !== 'RollingUpdate') {
    errors.push(notSupportedAs(path, strategy, 'DaemonSetUpdateStrategy', ['RollingUpdate', 'OnDelete']));
    return;
  }
  if (!rollingUpdate) {
    errors.push(required(`${path}.rollingUpdate`));
    return;
  }
  const { maxUnavailable, maxSurge } = rollingUpdate;
  const unavailablePath = `${path}.rollingUpdate.maxUnavailable`;
  const surgePath = `${path}.rollingUpdate.maxSurge`;
  validateIntOrPercent(errors, maxUnavailable, unavailablePath);
  validateIntOrPercent(errors, maxSurge, surgePath);
  validateAtMost100Percent(errors, maxUnavailable, unavailablePath);
  validateAtMost100Percent(errors, maxSurge, surgePath);
  const isUnavailable = numberOf(maxUnavailable) !== 0;
  const isSurging = numberOf(maxSurge) !== 0;
  if (isUnavailable && isSurging) {
    errors.push(invalid(surgePath, maxSurge, 'may not be set when maxUnavailable is non-zero'));
  } else if (!isUnavailable && !isSurging) {
    errors.push(required(unavailablePath, 'cannot be 0 when maxSurge is 0'));
  }
}

function validateStatus(next: DaemonSet, old: DaemonSet): readonly FieldError[] {
  const errors: FieldError[] = [];
  validateCounts(errors, next.status ?? noStatus, [
    'currentNumberScheduled',
    'numberMisscheduled',
    'desiredNumberScheduled',
    'numberReady',
    'observedGeneration',
    'updatedNumberScheduled',
    'numberAvailable',
    'numberUnavailable',
    'collisionCount',
  ]);
  validateCollisionCount(errors, next.status, old.status);
  return errors;
}
