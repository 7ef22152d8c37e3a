import type { CSIDriver, CSIDriverSpec } from '../../../../api/generated/types.ts';
import { duplicate, invalid, notSupported, required, type FieldError } from '../../../../api/index.ts';
import type { ResourceRules } from '../../resource-definition.ts';
import { immutable } from '../meta-validation.ts';
import { fill, withField } from '../share.ts';
import { ageCell, ageColumn, column, nameColumn } from '../table.ts';
import { withNextGeneration } from '../workload/generation.ts';

/** What a CSIDriver has to look like. */
export const csiDriverRules: ResourceRules<CSIDriver> = {
  defaults: (driver) => withField(driver, 'spec', defaultSpec(driver.spec ?? {})),
  prepareForUpdate: withNextGeneration,
  validate: ({ spec }) => validateSpec(spec),
  validateUpdate: ({ spec: next }, { spec: old }) => {
    const errors: FieldError[] = [];
    immutable(errors, next.attachRequired, old.attachRequired, 'spec.attachedRequired');
    immutable(errors, next.fsGroupPolicy, old.fsGroupPolicy, 'spec.fsGroupPolicy');
    immutable(errors, next.volumeLifecycleModes, old.volumeLifecycleModes, 'spec.volumeLifecycleModes');
    return errors;
  },
  columns: [
    nameColumn,
    column('AttachRequired', 'boolean', 'Whether volumes are attached to nodes before they are mounted.'),
    column('PodInfoOnMount', 'boolean', 'Whether the driver is told which pod a volume is for.'),
    column('StorageCapacity', 'boolean', 'Whether the scheduler counts the capacity that the driver reports.'),
    column('TokenRequests', 'string', 'For which audiences the driver gets tokens of service accounts.'),
    column('RequiresRepublish', 'boolean', 'Whether the driver is called again and again for mounted volumes.'),
    column('Modes', 'string', 'How long the volumes may live.'),
    ageColumn,
  ],
  row: (driver, context) => {
    const { spec } = driver;
    return [
      driver.metadata.name,
      spec.attachRequired ?? true,
      spec.podInfoOnMount ?? false,
      spec.storageCapacity ?? false,
      spec.tokenRequests ? spec.tokenRequests.map(({ audience }) => audience).join(',') : '<unset>',
      spec.requiresRepublish ?? false,
      spec.volumeLifecycleModes?.join(',') || '<none>',
      ageCell(driver, context),
    ];
  },
};

/** Upstream: SetDefaults_CSIDriver in pkg/apis/storage/v1/defaults.go */
function defaultSpec(given: CSIDriverSpec): CSIDriverSpec {
  const spec = fill(given, {
    attachRequired: true,
    podInfoOnMount: false,
    storageCapacity: false,
    fsGroupPolicy: 'ReadWriteOnceWithFSType',
    requiresRepublish: false,
    seLinuxMount: false,
  });
  return spec.volumeLifecycleModes?.length ? spec : { ...spec, volumeLifecycleModes: ['Persistent'] };
}

const groupPolicies = ['File', 'None', 'ReadWriteOnceWithFSType'];
const lifecycleModes = ['Persistent', 'Ephemeral'];
const minTokenSeconds = 600;
const maxTokenSeconds = 2 ** 32;
const minUpdateSeconds = 10;

/** Upstream: validateCSIDriverSpec in pkg/apis/storage/validation/validation.go */
function validateSpec(spec: CSIDriverSpec): readonly FieldError[] {
  const errors: FieldError[] = [];
  if (spec.attachRequired === undefined) errors.push(required('spec.attachedRequired'));
  if (spec.podInfoOnMount === undefined) errors.push(required('spec.podInfoOnMount'));
  if (spec.storageCapacity === undefined) errors.push(required('spec.storageCapacity'));
  const { fsGroupPolicy, nodeAllocatableUpdatePeriodSeconds: period } = spec;
  if (fsGroupPolicy !== undefined && !groupPolicies.includes(fsGroupPolicy)) {
    errors.push(notSupported('spec.fsGroupPolicy', fsGroupPolicy, groupPolicies));
  }
  validateTokenRequests(errors, spec);
  for (const mode of spec.volumeLifecycleModes ?? []) {
    if (!lifecycleModes.includes(mode)) errors.push(notSupported('spec.volumeLifecycleModes', mode, lifecycleModes));
  }
  if (period !== undefined && period < minUpdateSeconds) {
    const detail = `must be greater than or equal to ${minUpdateSeconds} seconds`;
    errors.push(invalid('spec.nodeAllocatableUpdatePeriodSeconds', period, detail));
  }
  return errors;
}

function validateTokenRequests(errors: FieldError[], { tokenRequests = [] }: CSIDriverSpec): void {
  const audiences = new Set<string>();
  tokenRequests.forEach(({ audience = '', expirationSeconds: seconds }, at) => {
    const path = `spec.tokenRequests[${at}]`;
    if (audiences.has(audience)) {
      errors.push(duplicate(`${path}.audience`, audience));
      return;
    }
    audiences.add(audience);
    const problem = seconds === undefined ? undefined : durationProblem(seconds);
    if (problem) errors.push(invalid(`${path}.expirationSeconds`, seconds, problem));
  });
}

function durationProblem(seconds: number): string | undefined {
  if (seconds < minTokenSeconds) return 'may not specify a duration less than 10 minutes';
  return seconds > maxTokenSeconds ? 'may not specify a duration larger than 2^32 seconds' : undefined;
}
