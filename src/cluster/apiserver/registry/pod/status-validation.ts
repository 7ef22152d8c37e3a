import type { Container, ContainerStatus, Pod } from '../../../../api/generated/types.ts';
import {
  checkDns1123Subdomain,
  checkQualifiedName,
  forbiddenField,
  invalid,
  jsonEqual,
  type FieldError,
} from '../../../../api/index.ts';
import { invalidAs } from '../internal-form/shown.ts';
import { validateIp, parseIp } from '../ip-validation.ts';
import { addInvalid } from '../label-validation.ts';
import { isSidecar } from '../pod-spec/every-container.ts';
import { validateAnnotationUpdate } from './update-validation.ts';

/**
 * What the kubelet and the scheduler may report.
 * Upstream: ValidatePodStatusUpdate in pkg/apis/core/validation/validation.go
 */
export function validatePodStatus(next: Pod, old: Pod): readonly FieldError[] {
  const errors: FieldError[] = [];
  validateAnnotationUpdate(errors, next, old);
  validateConditions(errors, next);
  validateNominatedNode(errors, next, old);
  if ((next.status?.observedGeneration ?? 0) < 0) {
    const generation = next.status!.observedGeneration;
    errors.push(invalid('status.observedGeneration', generation, 'must be a non-negative integer'));
  }
  const qosClass = next.status?.qosClass ?? '';
  if (qosClass !== (old.status?.qosClass ?? '')) {
    errors.push(invalid('status.qosClass', qosClass, 'field is immutable'));
  }
  validateTransitions(errors, next, old);
  if (!jsonEqual(next.status?.podIPs, old.status?.podIPs)) {
    validateAddresses(errors, next.status?.podIPs ?? [], 'status.podIPs');
  }
  const hostIps = next.status?.hostIPs ?? [];
  if (hostIps.length > 0 && !jsonEqual(hostIps, old.status?.hostIPs)) {
    if (next.status?.hostIP !== hostIps[0]!.ip) {
      errors.push(invalid('status.hostIPs[0].ip', hostIps[0]!.ip, 'must be equal to `hostIP`'));
    }
    validateAddresses(errors, hostIps, 'status.hostIPs');
  }
  return errors;
}

const systemConditions = new Set(['PodScheduled', 'Ready', 'Initialized']);

function validateConditions(errors: FieldError[], pod: Pod): void {
  pod.status?.conditions?.forEach(({ type, observedGeneration = 0 }, at) => {
    const path = `status.conditions[${at}]`;
    if (observedGeneration < 0) {
      errors.push(invalid(`${path}.observedGeneration`, observedGeneration, 'must be a non-negative integer'));
    }
    if (!systemConditions.has(type)) addInvalid(errors, `${path}.Type`, type, checkQualifiedName(type));
  });
}

function validateNominatedNode(errors: FieldError[], next: Pod, old: Pod): void {
  const name = next.status?.nominatedNodeName;
  if (!name || name === old.status?.nominatedNodeName) return;
  const path = 'status.nominatedNodeName';
  addInvalid(errors, path, name, checkDns1123Subdomain(name));
  if (old.spec.nodeName) errors.push(forbiddenField(path, 'may not be set on pods that are already bound to a node'));
}

/** What ended has ended, unless something would have restarted it. */
function validateTransitions(errors: FieldError[], next: Pod, old: Pod): void {
  const { spec } = old;
  const check = (
    field: 'containerStatuses' | 'initContainerStatuses' | 'ephemeralContainerStatuses',
    mayRestart: (container: Container | undefined, exitCode: number) => boolean,
    containers: readonly Container[],
  ): void => {
    const after = next.status?.[field];
    const before = old.status?.[field];
    if (!before || before === after) return;
    before.forEach((status, at) => {
      const exitCode = status.state?.terminated?.exitCode;
      if (exitCode === undefined) return;
      const reported = after?.find(({ name }) => name === status.name);
      if (!reported || isTerminated(reported)) return;
      if (
        mayRestart(
          containers.find(({ name }) => name === status.name),
          exitCode,
        )
      )
        return;
      errors.push(forbiddenField(`status.${field}[${at}].state`, 'may not be transitioned to non-terminated state'));
    });
  };
  const byPod = (exitCode: number): boolean =>
    spec.restartPolicy === 'Always' || (spec.restartPolicy === 'OnFailure' && exitCode !== 0);
  check(
    'containerStatuses',
    (container, exitCode) => container !== undefined && (restartsByItself(container, exitCode) ?? byPod(exitCode)),
    spec.containers,
  );
  check(
    'initContainerStatuses',
    (container, exitCode) => byPod(exitCode) || (container !== undefined && isSidecar(container)),
    spec.initContainers ?? [],
  );
  check('ephemeralContainerStatuses', () => false, []);
}

function isTerminated(status: ContainerStatus): boolean {
  return status.state?.terminated !== undefined;
}

/** Undefined when the container leaves it to its pod. Upstream: ContainerShouldRestart in pkg/api/v1/pod/util.go */
function restartsByItself(container: Container, exitCode: number): boolean | undefined {
  for (const { exitCodes } of container.restartPolicyRules ?? []) {
    const isListed = exitCodes?.values?.includes(exitCode) ?? false;
    if (exitCodes?.operator === 'In' && isListed) return true;
    if (exitCodes?.operator === 'NotIn' && !isListed) return true;
  }
  switch (container.restartPolicy) {
    case 'Always':
      return true;
    case 'OnFailure':
      return exitCode !== 0;
    case 'Never':
      return false;
    default:
      return undefined;
  }
}

function validateAddresses(errors: FieldError[], addresses: readonly { readonly ip: string }[], path: string): void {
  addresses.forEach(({ ip }, at) => validateIp(errors, ip ?? '', `${path}[${at}]`));
  if (addresses.length < 2) return;
  const families = new Set(addresses.map(({ ip }) => parseIp(ip)?.family));
  if (addresses.length > 2 || families.size < 2) {
    errors.push(invalidAs(path, addresses, '[]PodIP', 'may specify no more than one IP for each IP family'));
  }
}
