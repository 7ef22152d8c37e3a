import type {
  AppArmorProfile,
  PodSecurityContext,
  PodSpec,
  SeccompProfile,
  SecurityContext,
  Sysctl,
} from '../../../../api/generated/types.ts';
import {
  checkInRange,
  duplicate,
  forbiddenField,
  invalid,
  notSupported,
  required,
  tooLong,
  type FieldError,
} from '../../../../api/index.ts';
import { invalidAs } from '../internal-form/shown.ts';
import { addInvalid } from '../label-validation.ts';
import { validateLocalDescendingPath } from './local-paths.ts';
import { validateWindowsOptions } from './windows.ts';

/** Users, groups, profiles and privileges. Upstream: ValidateSecurityContext, validatePodSpecSecurityContext */
const maxId = 2 ** 31 - 1;

export function validateId(errors: FieldError[], id: number | undefined, path: string): void {
  if (id !== undefined) addInvalid(errors, path, id, checkInRange(id, 0, maxId));
}

const procMounts = ['Default', 'Unmasked'];

export function validateSecurityContext(
  errors: FieldError[],
  context: SecurityContext | undefined,
  path: string,
  { hostUsers }: { readonly hostUsers: boolean },
): void {
  if (!context) return;
  validateId(errors, context.runAsUser, `${path}.runAsUser`);
  validateId(errors, context.runAsGroup, `${path}.runAsGroup`);
  if (context.procMount !== undefined) {
    if (!procMounts.includes(context.procMount)) {
      errors.push(notSupported(`${path}.procMount`, context.procMount, procMounts));
    }
    if (hostUsers && context.procMount === 'Unmasked') {
      const detail = '`hostUsers` must be false to use `Unmasked`';
      errors.push(invalid(`${path}.procMount`, context.procMount, detail));
    }
  }
  validateSeccomp(errors, context.seccompProfile, `${path}.seccompProfile`);
  if (context.allowPrivilegeEscalation === false) {
    const refuse = (what: string): void => {
      const detail = `cannot set \`allowPrivilegeEscalation\` to false and ${what}`;
      errors.push(invalidAs(path, context, 'SecurityContext', detail));
    };
    if (context.privileged === true) refuse('`privileged` to true');
    for (const capability of context.capabilities?.add ?? []) {
      if (capability === 'CAP_SYS_ADMIN') refuse('`capabilities.Add` CAP_SYS_ADMIN');
    }
  }
  validateWindowsOptions(errors, context.windowsOptions, `${path}.windowsOptions`);
  validateAppArmor(errors, context.appArmorProfile, `${path}.appArmorProfile`);
}

const seccompTypes = ['Localhost', 'RuntimeDefault', 'Unconfined'];

function validateSeccomp(errors: FieldError[], profile: SeccompProfile | undefined, path: string): void {
  if (!profile) return;
  const { type = '', localhostProfile } = profile;
  if (!type) errors.push(required(`${path}.type`, 'type is required when seccompProfile is set'));
  else if (!seccompTypes.includes(type)) errors.push(notSupported(`${path}.type`, type, seccompTypes));
  const filePath = `${path}.localhostProfile`;
  if (type !== 'Localhost') {
    if (localhostProfile === undefined) return;
    errors.push(invalidAs(filePath, profile, 'SeccompProfile', 'can only be set when seccomp type is Localhost'));
  } else if (localhostProfile === undefined) {
    errors.push(required(filePath, 'must be set when seccomp type is Localhost'));
  } else validateLocalDescendingPath(errors, localhostProfile, filePath);
}

const maxProfileLength = 4095;

function validateAppArmor(errors: FieldError[], profile: AppArmorProfile | undefined, path: string): void {
  if (!profile) return;
  const { type = '', localhostProfile } = profile;
  const filePath = `${path}.localhostProfile`;
  if (!type) errors.push(required(`${path}.type`, 'type is required when appArmorProfile is set'));
  else if (!seccompTypes.includes(type)) errors.push(notSupported(`${path}.type`, type, seccompTypes));
  else if (type !== 'Localhost') {
    if (localhostProfile !== undefined) {
      errors.push(invalid(filePath, localhostProfile, 'can only be set when AppArmor type is Localhost'));
    }
  } else {
    const trimmed = localhostProfile?.trim();
    if (!trimmed && trimmed === localhostProfile) {
      errors.push(required(filePath, 'must be set when AppArmor type is Localhost'));
    } else if (trimmed !== localhostProfile) {
      errors.push(invalid(filePath, localhostProfile, 'must not be padded with whitespace'));
    }
    if ((localhostProfile?.length ?? 0) > maxProfileLength) errors.push(tooLong(filePath, maxProfileLength));
  }
}

const fsGroupPolicies = ['Always', 'OnRootMismatch'];
const supplementalPolicies = ['Merge', 'Strict'];
const seLinuxPolicies = ['MountOption', 'Recursive'];

export function validatePodSecurityContext(errors: FieldError[], spec: PodSpec, path: string): void {
  const context = spec.securityContext;
  if (!context) return;
  validateId(errors, context.fsGroup, `${path}.fsGroup`);
  validateId(errors, context.runAsUser, `${path}.runAsUser`);
  validateId(errors, context.runAsGroup, `${path}.runAsGroup`);
  context.supplementalGroups?.forEach((id, at) => validateId(errors, id, `${path}.supplementalGroups[${at}]`));
  if (spec.shareProcessNamespace && spec.hostPID) {
    const detail = 'ShareProcessNamespace and HostPID cannot both be enabled';
    errors.push(invalid(`${path}.shareProcessNamespace`, true, detail));
  }
  if (context.sysctls) validateSysctls(errors, context.sysctls, spec, `${path}.sysctls`);
  validateChoice(errors, context.fsGroupChangePolicy, fsGroupPolicies, `${path}.fsGroupChangePolicy`);
  validateSeccomp(errors, context.seccompProfile, `${path}.seccompProfile`);
  validateWindowsOptions(errors, context.windowsOptions, `${path}.windowsOptions`);
  validateAppArmor(errors, context.appArmorProfile, `${path}.appArmorProfile`);
  validateChoice(errors, context.supplementalGroupsPolicy, supplementalPolicies, `${path}.supplementalGroupsPolicy`);
  validateChoice(errors, context.seLinuxChangePolicy, seLinuxPolicies, `${path}.seLinuxChangePolicy`);
}

function validateChoice(
  errors: FieldError[],
  value: PodSecurityContext[keyof PodSecurityContext] & (string | undefined),
  choices: readonly string[],
  path: string,
): void {
  if (value !== undefined && !choices.includes(value)) errors.push(notSupported(path, value, choices));
}

const sysctlName = /^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$/;
const sysctlRule =
  'must have at most 253 characters and match regex ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$';

function validateSysctls(errors: FieldError[], sysctls: readonly Sysctl[], spec: PodSpec, path: string): void {
  const names = new Set<string>();
  sysctls.forEach(({ name = '' }, at) => {
    const namePath = `${path}[${at}].name`;
    if (!name) errors.push(required(namePath));
    else if (name.length > 253 || !sysctlName.test(name)) errors.push(invalid(namePath, name, sysctlRule));
    else if (names.has(name)) errors.push(duplicate(namePath, name));
    names.add(name);
    const dotted = name.replaceAll('/', '.');
    if (spec.hostNetwork && dotted.startsWith('net.')) {
      errors.push(invalid(namePath, name, "may not be specified when 'hostNetwork' is true"));
    } else if (spec.hostIPC && /^(kernel\.(shm|msg|sem)|fs\.mqueue\.)/.test(dotted)) {
      errors.push(invalid(namePath, name, "may not be specified when 'hostIPC' is true"));
    }
  });
}

/** A pod with users of its own may share nothing else with the node. */
export function validateHostUsers(errors: FieldError[], spec: PodSpec, path: string): void {
  if (spec.hostUsers !== false) return;
  if (spec.hostNetwork) errors.push(forbiddenField(`${path}.hostNetwork`, 'when `hostUsers` is false'));
  if (spec.hostPID) errors.push(forbiddenField(`${path}.HostPID`, 'when `hostUsers` is false'));
  if (spec.hostIPC) errors.push(forbiddenField(`${path}.HostIPC`, 'when `hostUsers` is false'));
}
