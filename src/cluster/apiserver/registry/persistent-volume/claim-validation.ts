import type {
  PersistentVolumeClaim,
  PersistentVolumeClaimSpec,
  PersistentVolumeClaimStatus,
} from '../../../../api/generated/types.ts';
import {
  checkQualifiedName,
  compareQuantity,
  forbiddenField,
  invalid,
  jsonEqual,
  notSupported,
  parseQuantity,
  type FieldError,
} from '../../../../api/index.ts';
import { prettyInternalJson } from '../internal-form/internal-form.ts';
import { unifiedDiff } from '../internal-form/unified-diff.ts';
import { addInvalid } from '../label-validation.ts';
import { immutable } from '../meta-validation.ts';
import { isNativeResource, validateQuantityValue } from '../resource-quantities.ts';
import { withField } from '../share.ts';
import { betaClassAnnotation } from './access-modes.ts';

/** What of a claim may change. Upstream: ValidatePersistentVolumeClaimUpdate in pkg/apis/core/validation/validation.go */
export function validateClaimUpdate(next: PersistentVolumeClaim, old: PersistentVolumeClaim): readonly FieldError[] {
  const errors: FieldError[] = [];
  const [after = {}, before = {}] = [next.spec, old.spec];
  const oldAnnotation = old.metadata.annotations?.[betaClassAnnotation];
  const newAnnotation = next.metadata.annotations?.[betaClassAnnotation];
  let allowed = after;
  if (isClassMoved(next, old)) {
    allowed = withField(allowed, 'storageClassName', undefined);
  } else {
    const path = `metadata.annotations[${betaClassAnnotation}]`;
    if (newAnnotation !== oldAnnotation) errors.push(invalid(path, newAnnotation ?? '', 'field is immutable'));
    const isGiven = after.storageClassName !== undefined && before.storageClassName === undefined;
    if (isGiven && (oldAnnotation === undefined || oldAnnotation === after.storageClassName)) {
      allowed = withField(allowed, 'storageClassName', undefined);
    }
  }
  if (next.status?.phase === 'Bound') allowed = withoutAllowedChanges(allowed, before);
  const expected = before.volumeName ? before : withField(before, 'volumeName', after.volumeName);
  if (!jsonEqual(allowed, expected)) {
    const kind = 'PersistentVolumeClaimSpec';
    const diff = unifiedDiff(prettyInternalJson(expected, kind), prettyInternalJson(allowed, kind));
    const detail = `spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims\n${diff}`;
    errors.push(forbiddenField('spec', detail));
  }
  validateSize(errors, after, before, old.status);
  immutable(errors, after.volumeMode, before.volumeMode, 'volumeMode');
  validateAttributesClass(errors, after, before, old.status);
  return errors;
}

/** The class moves from the annotation to the field of its own. */
function isClassMoved(next: PersistentVolumeClaim, old: PersistentVolumeClaim): boolean {
  const before = old.metadata.annotations?.[betaClassAnnotation];
  const after = next.metadata.annotations?.[betaClassAnnotation];
  return (
    before !== undefined &&
    old.spec?.storageClassName === undefined &&
    next.spec?.storageClassName === before &&
    (after === undefined || after === before)
  );
}

function withoutAllowedChanges(
  next: PersistentVolumeClaimSpec,
  old: PersistentVolumeClaimSpec,
): PersistentVolumeClaimSpec {
  const spec = withField(next, 'volumeAttributesClassName', old.volumeAttributesClassName);
  const storage = old.resources?.requests?.['storage'];
  if (!spec.resources?.requests || storage === undefined) return spec;
  return { ...spec, resources: { ...spec.resources, requests: { ...spec.resources.requests, storage } } };
}

function validateSize(
  errors: FieldError[],
  next: PersistentVolumeClaimSpec,
  old: PersistentVolumeClaimSpec,
  status: PersistentVolumeClaimStatus | undefined,
): void {
  const after = parseQuantity(next.resources?.requests?.['storage'] ?? '0');
  const before = parseQuantity(old.resources?.requests?.['storage'] ?? '0');
  const actual = parseQuantity(status?.capacity?.['storage'] ?? '0');
  if (compareQuantity(after, before) >= 0 || compareQuantity(after, actual) > 0) return;
  errors.push(forbiddenField('spec.resources.requests.storage', 'field can not be less than status.capacity'));
}

function validateAttributesClass(
  errors: FieldError[],
  { volumeAttributesClassName: next }: PersistentVolumeClaimSpec,
  { volumeAttributesClassName: old }: PersistentVolumeClaimSpec,
  status: PersistentVolumeClaimStatus | undefined,
): void {
  if (next === old || status?.currentVolumeAttributesClassName === undefined || next) return;
  const what = next === undefined ? 'nil' : 'empty string';
  const detail = `update to ${what} is forbidden when status.currentVolumeAttributesClassName is not nil`;
  errors.push(forbiddenField('spec.volumeAttributesClassName', detail));
}

const resizeStatuses = [
  'ControllerResizeInProgress',
  'ControllerResizeInfeasible',
  'NodeResizeInProgress',
  'NodeResizeInfeasible',
  'NodeResizePending',
].toSorted();

/** Upstream: ValidatePersistentVolumeClaimStatusUpdate */
export function validateClaimStatus(errors: FieldError[], status: PersistentVolumeClaimStatus, path: string): void {
  for (const [name, amount] of Object.entries(status.capacity ?? {})) {
    validateAmount(errors, amount, `${path}.capacity[${name}]`);
  }
  const statusesPath = `${path}.allocatedResourceStatuses`;
  for (const [name, state] of Object.entries(status.allocatedResourceStatuses ?? {})) {
    validateKey(errors, name, statusesPath);
    if (!resizeStatuses.includes(state)) errors.push(notSupported(statusesPath, name, resizeStatuses));
  }
  const allocatedPath = `${path}.allocatedResources`;
  for (const [name, amount] of Object.entries(status.allocatedResources ?? {})) {
    if (!validateKey(errors, name, allocatedPath)) continue;
    const isAmount = validateAmount(errors, amount, `${allocatedPath}[${name}]`);
    if (isAmount) validateQuantityValue(errors, 'storage', amount, `${allocatedPath}[${name}]`);
  }
}

function validateAmount(errors: FieldError[], amount: string, path: string): boolean {
  const whole = parseQuantity(amount).nano / 1_000_000_000n;
  if (whole >= 0n) return true;
  errors.push(invalid(path, Number(whole), 'must be a valid resource quantity'));
  return false;
}

function validateKey(errors: FieldError[], name: string, path: string): boolean {
  const problems = checkQualifiedName(name);
  addInvalid(errors, path, name, problems);
  const isUnknown = problems.length === 0 && isNativeResource(name) && name !== 'storage';
  if (isUnknown) errors.push(notSupported(path, name, ['storage']));
  return problems.length === 0 && !isUnknown;
}
