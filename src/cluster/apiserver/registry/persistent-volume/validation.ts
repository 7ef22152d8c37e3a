import type { PersistentVolume, PersistentVolumeSpec, VolumeNodeAffinity } from '../../../../api/generated/types.ts';
import {
  checkDns1123Subdomain,
  forbiddenField,
  goJson,
  invalid,
  jsonEqual,
  notSupported,
  parseQuantity,
  required,
  type FieldError,
} from '../../../../api/index.ts';
import { prettyInternalJson } from '../internal-form/internal-form.ts';
import { invalidAs } from '../internal-form/shown.ts';
import { unifiedDiff } from '../internal-form/unified-diff.ts';
import { addInvalid } from '../label-validation.ts';
import { immutable } from '../meta-validation.ts';
import { accessModes, volumeModes } from '../pod-spec/claim-templates.ts';
import { validateNodeSelector } from '../pod-spec/node-selectors.ts';
import { validateVolumeSource, volumeSourceFields } from './sources.ts';

/** Upstream: ValidatePersistentVolumeSpec in pkg/apis/core/validation/validation.go */
export function validateVolume({ metadata, spec }: PersistentVolume): readonly FieldError[] {
  const errors: FieldError[] = [];
  if (!spec) return [required('spec')];
  validateAccessModes(errors, spec.accessModes ?? [], 'spec.accessModes');
  validateCapacity(errors, spec.capacity ?? {}, 'spec.capacity');
  const policy = spec.persistentVolumeReclaimPolicy;
  if (policy && !reclaimPolicies.includes(policy)) {
    errors.push(notSupported('spec.persistentVolumeReclaimPolicy', policy, reclaimPolicies));
  }
  if (spec.nodeAffinity) {
    const path = 'spec.nodeAffinity.required';
    if (spec.nodeAffinity.required) validateNodeSelector(errors, spec.nodeAffinity.required, path);
    else errors.push(required(path, 'must specify required node constraints'));
  }
  validateVolumeSource(errors, spec, metadata.name, 'spec');
  if (spec.hostPath && /^\/+(?:\.?\/)*\.?$/.test(spec.hostPath.path ?? '') && policy === 'Recycle') {
    const detail = "may not be 'recycle' for a hostPath mount of '/'";
    errors.push(forbiddenField('spec.persistentVolumeReclaimPolicy', detail));
  }
  const { storageClassName, volumeMode } = spec;
  if (storageClassName) {
    addInvalid(errors, 'spec.storageClassName', storageClassName, checkDns1123Subdomain(storageClassName));
  }
  if (volumeMode !== undefined && !volumeModes.includes(volumeMode)) {
    errors.push(notSupported('spec.volumeMode', volumeMode, volumeModes));
  }
  validateAttributesClass(errors, spec, 'spec');
  return errors;
}

const reclaimPolicies = ['Delete', 'Recycle', 'Retain'];

function validateAccessModes(errors: FieldError[], modes: readonly string[], path: string): void {
  if (modes.length === 0) errors.push(required(path));
  for (const mode of modes) {
    if (!accessModes.includes(mode)) errors.push(notSupported(path, mode, accessModes));
  }
  const isShared = modes.some((mode) => mode !== 'ReadWriteOncePod' && accessModes.includes(mode));
  if (modes.includes('ReadWriteOncePod') && isShared) {
    errors.push(forbiddenField(path, 'may not use ReadWriteOncePod with other access modes'));
  }
}

function validateCapacity(errors: FieldError[], capacity: Readonly<Record<string, string>>, path: string): void {
  const names = Object.keys(capacity);
  if (names.length === 0) errors.push(required(path));
  if (capacity['storage'] === undefined || names.length > 1) {
    const body = `Unsupported value: ${goJson(names.length > 0 ? capacity : null)}: supported values: "storage"`;
    errors.push({ type: 'FieldValueNotSupported', field: path, body });
  }
  for (const name of names) {
    const { nano } = parseQuantity(capacity[name]!);
    const itemPath = `${path}[${name}]`;
    if (nano <= -1_000_000_000n) {
      errors.push(invalid(itemPath, Number(nano / 1_000_000_000n), 'must be a valid resource quantity'));
    }
    if (nano <= 0n) errors.push(invalid(itemPath, capacity[name], 'must be greater than zero'));
  }
}

function validateAttributesClass(errors: FieldError[], spec: PersistentVolumeSpec, path: string): void {
  const name = spec.volumeAttributesClassName;
  if (name === undefined) return;
  const namePath = `${path}.volumeAttributesClassName`;
  if (name) addInvalid(errors, namePath, name, checkDns1123Subdomain(name));
  else errors.push(required(namePath, 'an empty string is disallowed'));
  if (!spec.csi) errors.push(required(`${path}.csi`, 'has to be specified when using volumeAttributesClassName'));
}

/** Upstream: ValidatePersistentVolumeUpdate */
export function validateVolumeUpdate({ spec: next }: PersistentVolume, { spec: old }: PersistentVolume): FieldError[] {
  const errors: FieldError[] = [];
  const before = sourceOf(old);
  const after = withoutNewExpandSecret(sourceOf(next), before);
  if (!jsonEqual(after, before)) {
    const kind = 'PersistentVolumeSource';
    const diff = unifiedDiff(prettyInternalJson(before, kind), prettyInternalJson(after, kind));
    const detail = `spec.persistentvolumesource is immutable after creation\n${diff}`;
    errors.push(forbiddenField('spec.persistentvolumesource', detail));
  }
  immutable(errors, next?.volumeMode, old?.volumeMode, 'volumeMode');
  if (old?.nodeAffinity && !jsonEqual(withGaLabels(next?.nodeAffinity), withGaLabels(old.nodeAffinity))) {
    const detail = 'field is immutable, except for updating from beta label to GA';
    errors.push(invalidAs('nodeAffinity', next?.nodeAffinity, '*VolumeNodeAffinity', detail));
  }
  if (old?.volumeAttributesClassName !== undefined && next?.volumeAttributesClassName === undefined) {
    errors.push(forbiddenField('spec.volumeAttributesClassName', 'update from non-nil value to nil is forbidden'));
  }
  return errors;
}

function sourceOf(spec: PersistentVolumeSpec = {}): PersistentVolumeSpec {
  return Object.fromEntries(volumeSourceFields.filter((field) => spec[field]).map((field) => [field, spec[field]]));
}

/** The secret for growing may be named later. */
function withoutNewExpandSecret(next: PersistentVolumeSpec, old: PersistentVolumeSpec): PersistentVolumeSpec {
  if (!next.csi?.controllerExpandSecretRef || !old.csi || old.csi.controllerExpandSecretRef) return next;
  const { controllerExpandSecretRef: _, ...csi } = next.csi;
  return { ...next, csi };
}

const gaLabels: Readonly<Record<string, string>> = {
  'failure-domain.beta.kubernetes.io/zone': 'topology.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region': 'topology.kubernetes.io/region',
  'beta.kubernetes.io/instance-type': 'node.kubernetes.io/instance-type',
  'beta.kubernetes.io/os': 'kubernetes.io/os',
  'beta.kubernetes.io/arch': 'kubernetes.io/arch',
};

function withGaLabels(affinity: VolumeNodeAffinity | undefined): unknown {
  return (
    affinity?.required?.nodeSelectorTerms.map(({ matchExpressions = [], matchFields = [] }) => ({
      matchFields,
      matchExpressions: matchExpressions.map((item) => ({ ...item, key: gaLabels[item.key] ?? item.key })),
    })) ?? null
  );
}
