import type {
  PersistentVolumeClaim,
  PodTemplateSpec,
  StatefulSet,
  StatefulSetSpec,
  StatefulSetUpdateStrategy,
} from '../../../../api/generated/types.ts';
import {
  checkDns1123Label,
  forbiddenField,
  invalid,
  jsonEqual,
  notSupported,
  required,
  type FieldError,
} from '../../../../api/index.ts';
import type { ResourceRules } from '../../resource-definition.ts';
import { numberOf, validateAtMost100Percent, validateIntOrPercent, validateNonNegative } from '../int-or-percent.ts';
import { invalidAs } from '../internal-form/shown.ts';
import { addInvalid } from '../label-validation.ts';
import { validateClaimSpec } from '../pod-spec/claim-templates.ts';
import { defaultPodTemplate } from '../pod-spec/defaults.ts';
import { validatePodTemplate } from '../pod-spec/validate-pod-spec.ts';
import { defaultClaimSpec } from '../pod-spec/volume-defaults.ts';
import { warningsForTemplate } from '../pod-spec/warnings.ts';
import { Change, fill, isZero, mapShared, withField } from '../share.ts';
import { ageCell, ageColumn, column, containerCells, nameColumn } from '../table.ts';
import { asFirstGeneration, asNextGeneration, withOldSpec } from '../workload/generation.ts';
import {
  queryOf,
  validateEndlessTemplate,
  validateTemplateLabels,
  validateWorkloadSelector,
} from '../workload/pod-template-validation.ts';
import { validateCollisionCount, validateCounts } from '../workload/status-validation.ts';

/** What a StatefulSet has to look like. */
export const statefulSetRules: ResourceRules<StatefulSet> = {
  defaults: (set) => withField(set, 'spec', defaultSpec(set.spec)),
  prepareForCreate: (set) => asFirstGeneration(set, { replicas: 0 }),
  prepareForUpdate: asNextGeneration,
  validate: validateStatefulSet,
  validateCreate: validateNames,
  validateUpdate,
  warnings: (next, old) => {
    if (old && old.metadata.generation === next.metadata.generation) return [];
    const { revisionHistoryLimit = 0 } = next.spec;
    const isEndless = revisionHistoryLimit < 0;
    return [
      ...warningsForTemplate(next.spec.template, 'spec.template'),
      ...(isEndless
        ? ['spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended']
        : []),
    ];
  },
  status: { prepareForUpdate: withOldSpec, validateUpdate: validateStatus },
  columns: [
    nameColumn,
    column('Ready', 'string', 'How many pods are ready, and how many there should be.'),
    ageColumn,
    column('Containers', 'string', 'The names of the containers in the template.', { wide: true }),
    column('Images', 'string', 'The images of the containers in the template.', { wide: true }),
  ],
  row: (set, context) => [
    set.metadata.name,
    `${set.status?.readyReplicas ?? 0}/${set.spec.replicas ?? 0}`,
    ageCell(set, context),
    ...containerCells(set.spec.template?.spec?.containers),
  ],
};

const strategies = ['RollingUpdate', 'OnDelete'] as const;
const retentionPolicies = ['Retain', 'Delete'];

/** Upstream: SetDefaults_StatefulSet in pkg/apis/apps/v1/defaults.go */
function defaultSpec(given: StatefulSetSpec): StatefulSetSpec {
  if (!given) return given;
  const spec = new Change(given);
  spec.fill({ podManagementPolicy: 'OrderedReady' }, isZero);
  spec.set('updateStrategy', defaultStrategy(given.updateStrategy ?? {}));
  const retention = given.persistentVolumeClaimRetentionPolicy ?? {};
  spec.set(
    'persistentVolumeClaimRetentionPolicy',
    fill(retention, { whenDeleted: 'Retain', whenScaled: 'Retain' }, isZero),
  );
  spec.fill({ replicas: 1, revisionHistoryLimit: 10 });
  if (given.template) spec.set('template', defaultPodTemplate(given.template));
  if (given.volumeClaimTemplates) spec.set('volumeClaimTemplates', mapShared(given.volumeClaimTemplates, defaultClaim));
  return spec.result;
}

function defaultStrategy(given: StatefulSetUpdateStrategy): StatefulSetUpdateStrategy {
  const strategy = given.type ? given : { rollingUpdate: {}, ...given, type: 'RollingUpdate' };
  if (strategy.type !== 'RollingUpdate' || !strategy.rollingUpdate) return strategy;
  return withField(strategy, 'rollingUpdate', fill(strategy.rollingUpdate, { partition: 0, maxUnavailable: 1 }));
}

function defaultClaim(given: PersistentVolumeClaim): PersistentVolumeClaim {
  const claim = new Change<PersistentVolumeClaim>(given);
  claim.fill({ apiVersion: 'v1', kind: 'PersistentVolumeClaim' });
  claim.set('spec', defaultClaimSpec(given.spec));
  claim.set('status', fill(given.status ?? {}, { phase: 'Pending' }, isZero));
  return claim.result;
}

function validateStatefulSet({ spec }: StatefulSet): readonly FieldError[] {
  const errors: FieldError[] = [];
  const policy = spec.podManagementPolicy;
  if (!policy) errors.push(required('spec.podManagementPolicy'));
  else if (policy !== 'OrderedReady' && policy !== 'Parallel') {
    errors.push(invalid('spec.podManagementPolicy', policy, "must be 'OrderedReady' or 'Parallel'"));
  }
  validateStrategy(errors, spec.updateStrategy ?? {}, 'spec.updateStrategy');
  for (const field of ['whenDeleted', 'whenScaled'] as const) {
    const { persistentVolumeClaimRetentionPolicy: retention } = spec;
    const path = `spec.persistentVolumeClaimRetentionPolicy.${field}`;
    const chosen = retention?.[field] ?? '';
    if (retention && !retentionPolicies.includes(chosen)) errors.push(notSupported(path, chosen, retentionPolicies));
  }
  validateNonNegative(errors, spec.replicas, 'spec.replicas');
  validateNonNegative(errors, spec.minReadySeconds, 'spec.minReadySeconds');
  validateNonNegative(errors, spec.ordinals?.start, 'spec.ordinals.start');
  validateWorkloadSelector(errors, spec.selector, 'spec.selector', 'statefulset');

  const parsed = queryOf(errors, spec.selector, 'spec.selector', '');
  if (parsed) {
    validateTemplateLabels(errors, spec.template, parsed.query, 'spec.template');
    validatePodTemplate(errors, withClaimVolumes(spec), 'spec.template');
  }
  validateEndlessTemplate(errors, spec.template, 'spec.template', 'StatefulSet');
  return errors;
}

/** The volumes that the claims will become, so that mounts of them are known. */
function withClaimVolumes({ template, volumeClaimTemplates: claims }: StatefulSetSpec): PodTemplateSpec {
  if (!claims?.length || !template.spec) return template;
  const names = new Set(claims.map(({ metadata }) => metadata?.name ?? ''));
  const own = (template.spec.volumes ?? []).filter(({ name }) => !names.has(name));
  const claimed = [...names].map((name) => ({ name, persistentVolumeClaim: { claimName: name } }));
  return { ...template, spec: { ...template.spec, volumes: [...own, ...claimed] } };
}

function validateStrategy(errors: FieldError[], strategy: StatefulSetUpdateStrategy, path: string): void {
  const { type, rollingUpdate } = strategy;
  const rollingPath = `${path}.rollingUpdate`;
  if (!type) errors.push(required(path));
  else if (type === 'OnDelete') {
    const detail = "only allowed for updateStrategy 'RollingUpdate'";
    if (rollingUpdate) errors.push(invalidAs(rollingPath, rollingUpdate, '*RollingUpdateStatefulSetStrategy', detail));
  } else if (type === 'RollingUpdate') {
    if (!rollingUpdate) return;
    validateNonNegative(errors, rollingUpdate.partition, `${rollingPath}.partition`);
    const { maxUnavailable } = rollingUpdate;
    if (maxUnavailable === undefined) return;
    const unavailablePath = `${rollingPath}.maxUnavailable`;
    validateIntOrPercent(errors, maxUnavailable, unavailablePath);
    if (numberOf(maxUnavailable) === 0) errors.push(invalid(unavailablePath, maxUnavailable, 'cannot be 0'));
    validateAtMost100Percent(errors, maxUnavailable, unavailablePath);
  } else {
    const detail = `must be '${strategies[0]}' or '${strategies[1]}'`;
    errors.push(invalidAs(path, strategy, 'StatefulSetUpdateStrategy', detail));
  }
}

/** What sets that are there already are not held to. */
function validateNames({ spec }: StatefulSet): readonly FieldError[] {
  const errors: FieldError[] = [];
  if (spec.serviceName) addInvalid(errors, 'spec.serviceName', spec.serviceName, checkDns1123Label(spec.serviceName));
  spec.volumeClaimTemplates?.forEach((claim, at) => {
    validateClaimSpec(errors, claim.spec ?? {}, `spec.volumeClaimTemplates[${at}].spec`);
  });
  return errors;
}

const mutableFields: readonly (keyof StatefulSetSpec)[] = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
];

function validateUpdate({ spec: next }: StatefulSet, { spec: old }: StatefulSet): readonly FieldError[] {
  const fields = new Set([...Object.keys(next), ...Object.keys(old)] as (keyof StatefulSetSpec)[]);
  for (const field of mutableFields) fields.delete(field);
  if ([...fields].every((field) => jsonEqual(next[field] ?? null, old[field] ?? null))) return [];
  const names = mutableFields.map((name) => `'${name}'`);
  const list = `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  return [forbiddenField('spec', `updates to statefulset spec for fields other than ${list} are forbidden`)];
}

function validateStatus(next: StatefulSet, old: StatefulSet): readonly FieldError[] {
  const errors: FieldError[] = [];
  const status = next.status ?? { replicas: 0 };
  const counts = ['readyReplicas', 'currentReplicas', 'updatedReplicas', 'availableReplicas'] as const;
  validateCounts(errors, status, ['replicas', ...counts, 'observedGeneration', 'collisionCount']);
  for (const field of counts) {
    const count = status[field] ?? 0;
    if (count > status.replicas)
      errors.push(invalid(`status.${field}`, count, 'cannot be greater than status.replicas'));
  }
  const { availableReplicas = 0, readyReplicas = 0 } = status;
  if (availableReplicas > readyReplicas) {
    const detail = 'cannot be greater than status.readyReplicas';
    errors.push(invalid('status.availableReplicas', availableReplicas, detail));
  }
  validateCollisionCount(errors, status, old.status);
  return errors;
}
