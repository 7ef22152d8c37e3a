import type { PodSpec, SeccompProfile } from '../../../../api/generated/types.ts';
import { forbiddenField, goQuote, invalid, type FieldError } from '../../../../api/index.ts';
import { everyContainer } from './every-container.ts';
import { validateLocalDescendingPath } from './local-paths.ts';

/** Annotations that mean something on pods. Upstream: ValidatePodSpecificAnnotations */
export const mirrorPodAnnotation = 'kubernetes.io/config.mirror';
export const deletionCostAnnotation = 'controller.kubernetes.io/pod-deletion-cost';
const seccompPod = 'seccomp.security.alpha.kubernetes.io/pod';
const seccompContainer = 'container.seccomp.security.alpha.kubernetes.io/';
export const appArmorContainer = 'container.apparmor.security.beta.kubernetes.io/';

type Annotations = Readonly<Record<string, string>>;

export function validatePodAnnotations(
  errors: FieldError[],
  annotations: Annotations | undefined,
  spec: PodSpec | undefined,
  path: string,
): void {
  if (!annotations) return;
  const mirror = annotations[mirrorPodAnnotation];
  if (mirror !== undefined && !spec?.nodeName) {
    const detail = 'must set spec.nodeName if mirror pod annotation is set';
    errors.push(invalid(`${path}[${mirrorPodAnnotation}]`, mirror, detail));
  }
  const cost = annotations[deletionCostAnnotation];
  if (cost !== undefined && !isInt32(cost)) {
    errors.push(invalid(`${path}[${deletionCostAnnotation}]`, cost, 'must be a 32bit integer'));
  }
  for (const key in annotations) {
    const value = annotations[key]!;
    if (key === seccompPod || key.startsWith(seccompContainer)) {
      validateSeccompName(errors, value, `${path}.${key}`);
    } else if (key.startsWith(appArmorContainer)) {
      validateAppArmorName(errors, key, value, spec, `${path}[${key}]`);
    }
  }
}

/** No plus, no leading zeros: the text must be the one form of the number. */
function isInt32(text: string): boolean {
  if (!/^(?:0|-?[1-9]\d{0,9})$/.test(text)) return false;
  const value = Number(text);
  return value >= -(2 ** 31) && value < 2 ** 31;
}

function validateSeccompName(errors: FieldError[], name: string, path: string): void {
  if (name === 'runtime/default' || name === 'docker/default' || name === 'unconfined') return;
  if (name.startsWith('localhost/')) validateLocalDescendingPath(errors, name.slice('localhost/'.length), path);
  else errors.push(invalid(path, name, 'must be a valid seccomp profile'));
}

function validateAppArmorName(
  errors: FieldError[],
  key: string,
  profile: string,
  spec: PodSpec | undefined,
  path: string,
): void {
  const container = key.slice(appArmorContainer.length);
  let isFound = false;
  if (spec) {
    everyContainer(spec, '', ({ name }) => {
      isFound ||= name === container;
    });
  }
  if (!isFound) errors.push(invalid(path, container, 'container not found'));
  if (profile === '' || profile === 'runtime/default' || profile === 'unconfined') return;
  if (!profile.startsWith('localhost/')) {
    errors.push(invalid(path, profile, `invalid AppArmor profile name: ${goQuote(profile)}`));
  }
}

/** Profiles used to be annotations; a pod that has both must mean the same by them. */
export function validateProfilesAgree(errors: FieldError[], annotations: Annotations | undefined, spec: PodSpec): void {
  if (!annotations) return;
  const ofPod = annotations[seccompPod];
  if (ofPod !== undefined) agree(errors, ofPod, spec.securityContext?.seccompProfile, 'spec', 'seccomp');
  everyContainer(spec, 'spec', ({ name, securityContext }, path) => {
    const seccomp = annotations[seccompContainer + name];
    if (seccomp !== undefined) agree(errors, seccomp, securityContext?.seccompProfile, path, 'seccomp');
  });
  if (spec.os?.name === 'windows') return;
  everyContainer(spec, 'spec', ({ name, securityContext }, path) => {
    const appArmor = annotations[appArmorContainer + name];
    const profile = securityContext?.appArmorProfile ?? spec.securityContext?.appArmorProfile;
    if (appArmor !== undefined) agree(errors, appArmor, profile, path, 'apparmor');
  });
}

function agree(
  errors: FieldError[],
  annotation: string,
  profile: Pick<SeccompProfile, 'type' | 'localhostProfile'> | undefined,
  path: string,
  what: 'seccomp' | 'apparmor',
): void {
  if (!profile) return;
  const fieldPath = `${path}.securityContext.${what === 'seccomp' ? 'seccompProfile' : 'appArmorProfile'}`;
  const isLocalhost = profile.type === 'Localhost';
  if (!namesOf(profile.type, what).some((name) => (isLocalhost ? annotation.startsWith(name) : annotation === name))) {
    errors.push(forbiddenField(`${fieldPath}.type`, `${what} type in annotation and field must match`));
  } else if (isLocalhost && annotation.slice('localhost/'.length) !== profile.localhostProfile) {
    errors.push(forbiddenField(`${fieldPath}.localhostProfile`, `${what} profile in annotation and field must match`));
  }
}

function namesOf(type: string, what: 'seccomp' | 'apparmor'): readonly string[] {
  if (type === 'Localhost') return ['localhost/'];
  if (type === 'Unconfined') return ['unconfined'];
  return what === 'seccomp' ? ['runtime/default', 'docker/default'] : ['runtime/default'];
}
