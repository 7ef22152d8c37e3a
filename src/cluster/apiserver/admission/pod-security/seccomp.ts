import type { Container } from '../../../../api/generated/types.ts';
import { containersOf, namesOf, plural, quoted, settersOf, sorted, type Check } from './check.ts';

/** Upstream: k8s.io/pod-security-admission/policy/check_seccompProfile_*.go */

const podKey = 'seccomp.security.alpha.kubernetes.io/pod';
const containerPrefix = 'container.seccomp.security.alpha.kubernetes.io/';

/** Until 1.19 profiles were annotations. */
export const seccompAnnotations: Check = (pod) => {
  const annotations = pod.metadata.annotations ?? {};
  const keys = [podKey, ...containersOf(pod).map(({ name }) => containerPrefix + name)];
  const bad = keys
    .filter(
      (key) => key in annotations && !/^(?:runtime\/default$|docker\/default$|localhost\/)/.test(annotations[key]!),
    )
    .map((key) => `${key}=${JSON.stringify(annotations[key])}`);
  if (bad.length === 0) return undefined;
  const list = sorted(bad);
  return { reason: 'seccompProfile', detail: `forbidden ${plural(list.length, 'annotation')} ${list.join(', ')}` };
};

const allowed = ['Localhost', 'RuntimeDefault'];

const typeOf = ({ securityContext }: Container): string | undefined => securityContext?.seccompProfile?.type;
const isBad = (type: string | undefined): boolean => type !== undefined && !allowed.includes(type);

/** What is set must be harmless. */
export const seccompTypes: Check = (pod) => {
  const own = pod.spec.securityContext?.seccompProfile?.type;
  const containers = containersOf(pod).filter((container) => isBad(typeOf(container)));
  if (!isBad(own) && containers.length === 0) return undefined;
  const types = sorted([own, ...containers.map(typeOf)].filter(isBad) as string[]);
  const setters = settersOf(isBad(own), containers);
  return {
    reason: 'seccompProfile',
    detail: `${setters} must not set securityContext.seccompProfile.type to ${quoted(types)}`,
  };
};

/** And something must be set. */
export const seccompRequired: Check = (pod) => {
  const wrong = seccompTypes(pod);
  if (wrong || pod.spec.securityContext?.seccompProfile) return wrong;
  const silent = containersOf(pod).filter((container) => typeOf(container) === undefined);
  if (silent.length === 0) return undefined;
  const detail = `pod or ${namesOf(silent)} must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"`;
  return { reason: 'seccompProfile', detail };
};
