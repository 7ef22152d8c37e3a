import type {
  Container,
  NodeAffinity,
  NodeSelectorTerm,
  Pod,
  PodSchedulingGate,
  PodSpec,
  Toleration,
} from '../../../../api/generated/types.ts';
import { checkInRange, forbiddenField, invalid, jsonEqual, required, type FieldError } from '../../../../api/index.ts';
import { prettyInternalJson } from '../internal-form/internal-form.ts';
import { invalidAs } from '../internal-form/shown.ts';
import { unifiedDiff } from '../internal-form/unified-diff.ts';
import { addInvalid } from '../label-validation.ts';
import { appArmorContainer, mirrorPodAnnotation } from '../pod-spec/annotations.ts';
import { validateImageSpaces } from '../pod-spec/containers.ts';
import { withField } from '../share.ts';

/**
 * What of a pod may change: hardly anything, once it is there.
 * Upstream: ValidatePodUpdate in pkg/apis/core/validation/validation.go
 */
export function validatePodUpdate(next: Pod, old: Pod): readonly FieldError[] {
  if (next.spec === old.spec && next.metadata.annotations === old.metadata.annotations) return [];
  const errors: FieldError[] = [];
  validateAnnotationUpdate(errors, next, old);
  for (const field of ['containers', 'initContainers'] as const) {
    const isComparable = compareContainers(errors, next.spec[field] ?? [], old.spec[field] ?? [], `spec.${field}`);
    if (!isComparable) return errors;
  }
  if (!validateDeadline(errors, next.spec.activeDeadlineSeconds, old.spec.activeDeadlineSeconds)) return errors;
  validateAddedTolerations(errors, next.spec.tolerations ?? [], old.spec.tolerations ?? []);
  validateDeletedGates(errors, next.spec.schedulingGates ?? [], old.spec.schedulingGates ?? []);
  if (jsonEqual(next.spec, old.spec)) return errors;

  let spec = withoutAllowedChanges(next.spec, old.spec);
  if (old.spec.schedulingGates?.length) spec = withoutPlacement(errors, spec, old.spec);
  if (!jsonEqual(spec, old.spec)) {
    const diff = unifiedDiff(prettyInternalJson(old.spec, 'PodSpec'), prettyInternalJson(spec, 'PodSpec'));
    const detail = `pod updates may not change fields other than ${updatableFields.join(',')}\n${diff}`;
    errors.push(forbiddenField('spec', detail));
  }
  return errors;
}

const updatableFields = [
  '`spec.containers[*].image`',
  '`spec.initContainers[*].image`',
  '`spec.activeDeadlineSeconds`',
  '`spec.tolerations` (only additions to existing tolerations)',
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
];

/** Also on the way through `/status` and `/ephemeralcontainers`. */
export function validateAnnotationUpdate(errors: FieldError[], next: Pod, old: Pod): void {
  const before = old.metadata.annotations ?? {};
  const after = next.metadata.annotations ?? {};
  if (before === after) return;
  const path = 'metadata.annotations';
  for (const key in before) {
    if (after[key] === before[key]) continue;
    const what = protectedAnnotation(key);
    if (what) errors.push(forbiddenField(`${path}[${key}]`, `may not remove or update ${what}`));
  }
  for (const key in after) {
    if (before[key] !== undefined) continue;
    const what = protectedAnnotation(key);
    if (what) errors.push(forbiddenField(`${path}[${key}]`, `may not add ${what}`));
  }
}

function protectedAnnotation(key: string): string | undefined {
  if (key.startsWith(appArmorContainer)) return 'AppArmor annotations';
  return key === mirrorPodAnnotation ? 'mirror pod annotation' : undefined;
}

/** False when the lists are too different for anything else to be said. */
function compareContainers(
  errors: FieldError[],
  next: readonly Container[],
  old: readonly Container[],
  path: string,
): boolean {
  if (next.length !== old.length) {
    errors.push(forbiddenField(path, 'pod updates may not add or remove containers'));
    return false;
  }
  next.forEach(({ image = '' }, at) => {
    if (image === '') errors.push(required(`${path}[${at}].image`));
    validateImageSpaces(errors, image, `${path}[${at}].image`);
  });
  return true;
}

const maxDeadline = 2 ** 31 - 1;

function validateDeadline(errors: FieldError[], next: number | undefined, old: number | undefined): boolean {
  const path = 'spec.activeDeadlineSeconds';
  if (next === undefined) {
    if (old !== undefined) errors.push(invalid(path, null, 'must not update from a positive integer to nil value'));
    return true;
  }
  const problems = checkInRange(next, 0, maxDeadline);
  addInvalid(errors, path, next, problems);
  if (problems.length > 0) return false;
  if (old === undefined || next <= old) return true;
  errors.push(invalid(path, next, 'must be less than or equal to previous value'));
  return false;
}

function validateAddedTolerations(errors: FieldError[], next: readonly Toleration[], old: readonly Toleration[]): void {
  if (next === old) return;
  const isKept = (toleration: Toleration): boolean =>
    next.some((other) => jsonEqual(withField(toleration, 'tolerationSeconds', other.tolerationSeconds), other));
  if (old.every(isKept)) return;
  const detail = 'existing toleration can not be modified except its tolerationSeconds';
  errors.push(forbiddenField('spec.tolerations', detail));
}

function validateDeletedGates(
  errors: FieldError[],
  next: readonly PodSchedulingGate[],
  old: readonly PodSchedulingGate[],
): void {
  next.forEach(({ name }, at) => {
    if (old.some((gate) => gate.name === name)) return;
    const detail = `only deletion is allowed, but found new scheduling gate '${name}'`;
    errors.push(forbiddenField(`spec.schedulingGates[${at}].name`, detail));
  });
}

/** The new spec with everything that may differ put back: what still differs is refused. */
function withoutAllowedChanges(next: PodSpec, old: PodSpec): PodSpec {
  let spec = next;
  for (const field of ['containers', 'initContainers'] as const) {
    const containers = spec[field];
    if (!containers) continue;
    const restored = containers.map((container, at) => withField(container, 'image', old[field]![at]!.image));
    spec = withField(spec, field, restored);
  }
  spec = withField(spec, 'activeDeadlineSeconds', old.activeDeadlineSeconds);
  spec = withField(spec, 'schedulingGates', old.schedulingGates);
  spec = withField(spec, 'tolerations', old.tolerations);
  const { terminationGracePeriodSeconds: grace } = old;
  if (grace !== undefined && grace < 0 && spec.terminationGracePeriodSeconds === 1) {
    spec = withField(spec, 'terminationGracePeriodSeconds', grace);
  }
  return spec;
}

/** While it waits behind its gates a pod may still be told more about where to go. */
function withoutPlacement(errors: FieldError[], next: PodSpec, old: PodSpec): PodSpec {
  let spec = next;
  if (!jsonEqual(spec.nodeSelector, old.nodeSelector)) {
    const isExtended = Object.entries(old.nodeSelector ?? {}).every(
      ([key, value]) => spec.nodeSelector?.[key] === value,
    );
    if (!isExtended) {
      const detail = 'only additions to spec.nodeSelector are allowed (no mutations or deletions)';
      errors.push(invalid('spec.nodeSelector', spec.nodeSelector ?? null, detail));
    }
    spec = withField(spec, 'nodeSelector', old.nodeSelector);
  }
  const before = old.affinity?.nodeAffinity;
  if (jsonEqual(spec.affinity?.nodeAffinity, before)) return spec;
  validateNodeAffinityChange(errors, spec.affinity?.nodeAffinity, before);
  const affinity = withField(spec.affinity ?? {}, 'nodeAffinity', before);
  const isNew = !old.affinity && Object.keys(affinity).length === 0;
  return withField(spec, 'affinity', isNew ? undefined : affinity);
}

function validateNodeAffinityChange(
  errors: FieldError[],
  next: NodeAffinity | undefined,
  old: NodeAffinity | undefined,
): void {
  const before = old?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  const after = next?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  const path = 'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms';
  if (before.length > 0 && before.length !== after.length) {
    const detail = 'no additions/deletions to non-empty NodeSelectorTerms list are allowed';
    errors.push(invalidAs(path, after, '[]NodeSelectorTerm', detail));
    return;
  }
  before.forEach((term, at) => {
    if (isExtensionOf(after[at]!, term)) return;
    const detail = 'only additions are allowed (no mutations or deletions)';
    errors.push(invalidAs(`${path}[${at}]`, after[at], 'NodeSelectorTerm', detail));
  });
}

function isExtensionOf(next: NodeSelectorTerm, old: NodeSelectorTerm): boolean {
  const lists = ['matchExpressions', 'matchFields'] as const;
  // An empty term matches nothing; adding to it would make it match more.
  if (lists.every((list) => !old[list]?.length)) return lists.every((list) => !next[list]?.length);
  return lists.every((list) => {
    const before = old[list] ?? [];
    return jsonEqual(next[list]?.slice(0, before.length) ?? [], before);
  });
}
