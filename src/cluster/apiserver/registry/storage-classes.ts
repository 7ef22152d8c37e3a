import type { StorageClass, TopologySelectorTerm } from '../../../api/generated/types.ts';
import { duplicate, forbiddenField, jsonEqual, notSupported, required, type FieldError } from '../../../api/index.ts';
import type { ResourceDefinition } from '../resource-definition.ts';
import { validateLabelName } from './label-validation.ts';
import { immutable } from './meta-validation.ts';
import { fill } from './share.ts';
import { isDefaultStorageClass } from './storage/default-class.ts';
import { validateDriver, validateParameters } from './storage/parameters.ts';
import { ageCell, ageColumn, column, nameColumn } from './table.ts';

/** Where volumes come from. Upstream: pkg/registry/storage/storageclass */
export const storageClasses: ResourceDefinition<StorageClass> = {
  group: 'storage.k8s.io',
  version: 'v1',
  resource: 'storageclasses',
  kind: 'StorageClass',
  singular: 'storageclass',
  shortNames: ['sc'],
  isNamespaced: false,
  schema: 'io.k8s.api.storage.v1.StorageClass',
  defaults: (storage) => fill(storage, { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' }),
  validate: validateStorageClass,
  validateUpdate,
  columns: [
    nameColumn,
    column('Provisioner', 'string', 'What makes the volumes.'),
    column('ReclaimPolicy', 'string', 'What becomes of a volume when its claim goes.'),
    column('VolumeBindingMode', 'string', 'When volumes are made.'),
    column('AllowVolumeExpansion', 'boolean', 'Whether volumes may grow.'),
    ageColumn,
  ],
  row: (storage, context) => [
    isDefaultStorageClass(storage) ? `${storage.metadata.name} (default)` : storage.metadata.name,
    storage.provisioner,
    storage.reclaimPolicy ?? 'Delete',
    storage.volumeBindingMode ?? 'Immediate',
    storage.allowVolumeExpansion ?? false,
    ageCell(storage, context),
  ],
};

const reclaimPolicies = ['Delete', 'Retain'];
const bindingModes = ['Immediate', 'WaitForFirstConsumer'];

/** Upstream: ValidateStorageClass in pkg/apis/storage/validation/validation.go */
function validateStorageClass(storage: StorageClass): readonly FieldError[] {
  const errors: FieldError[] = [];
  const { provisioner, parameters = {}, reclaimPolicy, volumeBindingMode, allowedTopologies = [] } = storage;
  validateDriver(errors, provisioner, 'provisioner');
  validateParameters(errors, parameters, 'parameters');
  if (reclaimPolicy && !reclaimPolicies.includes(reclaimPolicy)) {
    errors.push(notSupported('reclaimPolicy', reclaimPolicy, reclaimPolicies));
  }
  if (volumeBindingMode === undefined) errors.push(required('volumeBindingMode'));
  else if (!bindingModes.includes(volumeBindingMode)) {
    errors.push(notSupported('volumeBindingMode', volumeBindingMode, bindingModes));
  }
  allowedTopologies.forEach((term, at) => {
    validateTopology(errors, term, `allowedTopologies[${at}]`);
    const isRepeated = allowedTopologies.slice(0, at).some((earlier) => jsonEqual(setsOf(earlier), setsOf(term)));
    if (isRepeated) errors.push(duplicate(`allowedTopologies[${at}].matchLabelExpressions`, ''));
  });
  return errors;
}

function validateTopology(errors: FieldError[], term: TopologySelectorTerm, path: string): void {
  const keys = new Set<string>();
  term.matchLabelExpressions?.forEach(({ key, values = [] }, at) => {
    const itemPath = `${path}.matchLabelExpressions[${at}]`;
    if (values.length === 0) errors.push(required(`${itemPath}.values`));
    values.forEach((value, index) => {
      if (values.indexOf(value) < index) errors.push(duplicate(`${itemPath}.values[${index}]`, value));
    });
    validateLabelName(errors, key, `${itemPath}.key`);
    if (keys.has(key)) errors.push(duplicate(`${itemPath}.key`, key));
    keys.add(key);
  });
}

function setsOf({ matchLabelExpressions = [] }: TopologySelectorTerm): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    matchLabelExpressions.map(({ key, values = [] }) => [key, [...new Set(values)].toSorted()]),
  );
}

function validateUpdate(next: StorageClass, old: StorageClass): readonly FieldError[] {
  const errors: FieldError[] = [];
  for (const field of ['parameters', 'provisioner', 'reclaimPolicy'] as const) {
    if (jsonEqual(next[field] ?? null, old[field] ?? null)) continue;
    errors.push(forbiddenField(field, `updates to ${field} are forbidden.`));
  }
  immutable(errors, next.volumeBindingMode, old.volumeBindingMode, 'volumeBindingMode');
  return errors;
}
