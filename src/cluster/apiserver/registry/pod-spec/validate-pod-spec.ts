import type { PodResourceClaim, PodSpec, PodTemplateSpec } from '../../../../api/generated/types.ts';
import {
  checkDns1123Label,
  checkDns1123Subdomain,
  checkInRange,
  checkQualifiedName,
  duplicate,
  forbiddenField,
  invalid,
  notFoundField,
  notSupported,
  required,
  type FieldError,
} from '../../../../api/index.ts';
import { invalidAs } from '../internal-form/shown.ts';
import { addInvalid, validateLabels } from '../label-validation.ts';
import { validateAnnotations } from '../meta-validation.ts';
import { validateAffinity } from './affinity.ts';
import { validatePodAnnotations } from './annotations.ts';
import { validateHostNetworkPorts } from './container-ports.ts';
import {
  validateContainers,
  validateEphemeralContainers,
  validateInitContainers,
  type ContainerScope,
} from './containers.ts';
import {
  validateDnsConfig,
  validateDnsPolicy,
  validateHostAliases,
  validateHostname,
  validateHostnameOverride,
} from './dns.ts';
import { everyContainer } from './every-container.ts';
import { inTemplate, type PodSpecContext } from './pod-spec-context.ts';
import { validatePodResources } from './pod-resources.ts';
import { validateResources } from './resources.ts';
import { validateHostUsers, validatePodSecurityContext } from './security-context.ts';
import { validateTolerations } from './tolerations.ts';
import { validateTopologySpread } from './topology-spread.ts';
import { validateVolumes } from './volumes.ts';
import { validateHostProcess, validateLinux, validateWindows } from './windows.ts';

/**
 * The spec of a pod or of a template of pods, with defaults filled in.
 * Upstream: ValidatePodSpec in pkg/apis/core/validation/validation.go
 */
export function validatePodSpec(errors: FieldError[], spec: PodSpec, path: string, context: PodSpecContext): void {
  if (spec.terminationGracePeriodSeconds === undefined) errors.push(required(`${path}.terminationGracePeriodSeconds`));
  const volumes = validateVolumes(errors, spec.volumes, `${path}.volumes`, context);
  const claimNames = validateResourceClaims(errors, spec.resourceClaims, `${path}.resourceClaims`, context);
  const scope: ContainerScope = { spec, volumes, claimNames };
  validateContainers(errors, scope, `${path}.containers`);
  validateInitContainers(errors, scope, `${path}.initContainers`);
  validateEphemeralContainers(errors, scope, `${path}.ephemeralContainers`);
  validatePodResources(errors, spec, `${path}.resources`, claimNames);
  if (spec.hostNetwork) validateHostNetworkPorts(errors, spec.containers ?? [], `${path}.containers`, context);
  validateChoice(errors, spec.restartPolicy, restartPolicies, `${path}.restartPolicy`);
  validateDnsPolicy(errors, spec.dnsPolicy, `${path}.dnsPolicy`);
  validateLabels(errors, spec.nodeSelector, `${path}.nodeSelector`);
  validatePodSecurityContext(errors, spec, `${path}.securityContext`);
  validateScheduling(errors, spec, path);
  validateHostProcess(errors, spec, path);
  validateHostUsers(errors, spec, path);
  validateUserNamespaceDevices(errors, spec, path);
  validateHostnameOverride(errors, spec, path);
  validateNames(errors, spec, path);
  if (spec.preemptionPolicy !== undefined) {
    validateChoice(errors, spec.preemptionPolicy, preemptionPolicies, `${path}.preemptionPolicy`);
  }
  if (spec.overhead) validateResources(errors, { limits: spec.overhead }, `${path}.overhead`, noClaims);
  validateOs(errors, spec, path);
  validateFileKeyVolumes(errors, spec, path);
}

const restartPolicies = ['Always', 'OnFailure', 'Never'];
const preemptionPolicies = ['PreemptLowerPriority', 'Never'];
const noClaims: ReadonlySet<string> = new Set();

/** A template of pods. Upstream: ValidatePodTemplateSpec */
export function validatePodTemplate(errors: FieldError[], template: PodTemplateSpec, path: string): void {
  validateLabels(errors, template.metadata?.labels, `${path}.metadata.labels`);
  validateAnnotations(errors, template.metadata?.annotations, `${path}.metadata.annotations`);
  validatePodAnnotations(errors, template.metadata?.annotations, template.spec, `${path}.metadata.annotations`);
  if (!template.spec) {
    errors.push(required(`${path}.spec.containers`));
    return;
  }
  validatePodSpec(errors, template.spec, `${path}.spec`, inTemplate);
  if (template.spec.ephemeralContainers?.length) {
    errors.push(forbiddenField(`${path}.spec.ephemeralContainers`, 'ephemeral containers not allowed in pod template'));
  }
}

function validateChoice(
  errors: FieldError[],
  value: string | undefined,
  choices: readonly string[],
  path: string,
): void {
  if (!value) errors.push(required(path));
  else if (!choices.includes(value)) errors.push(notSupported(path, value, choices));
}

function validateResourceClaims(
  errors: FieldError[],
  claims: readonly PodResourceClaim[] | undefined,
  path: string,
  context: PodSpecContext,
): ReadonlySet<string> {
  if (!claims || claims.length === 0) return noClaims;
  const names = new Set<string>();
  claims.forEach((claim, at) => {
    if (context.isMirrorPod) errors.push(forbiddenField('', 'static pods do not support resource claims'));
    else validateResourceClaim(errors, claim, `${path}[${at}]`, names);
  });
  return new Set(claims.map(({ name }) => name).filter(Boolean));
}

function validateResourceClaim(errors: FieldError[], claim: PodResourceClaim, path: string, names: Set<string>): void {
  const { name, resourceClaimName: existing, resourceClaimTemplateName: template } = claim;
  if (!name) errors.push(required(`${path}.name`));
  else if (names.has(name)) errors.push(duplicate(`${path}.name`, name));
  else {
    addInvalid(errors, `${path}.name`, name, checkDns1123Label(name));
    names.add(name);
  }
  if (existing !== undefined && template !== undefined) {
    const detail = 'at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified';
    errors.push(invalidAs(path, claim, 'PodResourceClaim', detail));
  }
  if (existing === undefined && template === undefined) {
    const detail = 'must specify one of: `resourceClaimName`, `resourceClaimTemplateName`';
    errors.push(invalidAs(path, claim, 'PodResourceClaim', detail));
  }
  if (existing !== undefined) {
    addInvalid(errors, `${path}.resourceClaimName`, existing, checkDns1123Subdomain(existing));
  }
  if (template !== undefined) {
    addInvalid(errors, `${path}.resourceClaimTemplateName`, template, checkDns1123Subdomain(template));
  }
}

function validateScheduling(errors: FieldError[], spec: PodSpec, path: string): void {
  validateAffinity(errors, spec.affinity, `${path}.affinity`);
  validateDnsConfig(errors, spec.dnsConfig, spec.dnsPolicy, `${path}.dnsConfig`);
  spec.readinessGates?.forEach(({ conditionType }, at) => {
    const gatePath = `${path}.readinessGates[${at}].conditionType`;
    addInvalid(errors, gatePath, conditionType, checkQualifiedName(conditionType ?? ''));
  });
  const gates = new Set<string>();
  spec.schedulingGates?.forEach(({ name = '' }, at) => {
    const gatePath = `${path}.schedulingGates[${at}]`;
    addInvalid(errors, gatePath, name, checkQualifiedName(name));
    if (gates.has(name)) errors.push(duplicate(gatePath, name));
    gates.add(name);
  });
  validateTopologySpread(errors, spec.topologySpreadConstraints, `${path}.topologySpreadConstraints`);
}

function validateUserNamespaceDevices(errors: FieldError[], spec: PodSpec, path: string): void {
  if (spec.hostUsers !== false) return;
  everyContainer(spec, path, ({ volumeDevices }, containerPath) => {
    if (volumeDevices?.length) {
      errors.push(forbiddenField(`${containerPath}.volumeDevices`, 'when `hostUsers` is false'));
    }
  });
}

const maxDeadline = 2 ** 31 - 1;

function validateNames(errors: FieldError[], spec: PodSpec, path: string): void {
  const { serviceAccountName, nodeName, activeDeadlineSeconds, priorityClassName, runtimeClassName } = spec;
  const checkName = (field: string, name: string | undefined): void => {
    if (name) addInvalid(errors, `${path}.${field}`, name, checkDns1123Subdomain(name));
  };
  checkName('serviceAccountName', serviceAccountName);
  checkName('nodeName', nodeName);
  if (activeDeadlineSeconds !== undefined) {
    const problems = checkInRange(activeDeadlineSeconds, 1, maxDeadline);
    addInvalid(errors, `${path}.activeDeadlineSeconds`, activeDeadlineSeconds, problems);
  }
  validateHostname(errors, spec, path);
  validateTolerations(errors, spec.tolerations, `${path}.tolerations`);
  validateHostAliases(errors, spec.hostAliases, `${path}.hostAliases`);
  checkName('priorityClassName', priorityClassName);
  if (runtimeClassName !== undefined) {
    addInvalid(errors, `${path}.runtimeClassName`, runtimeClassName, checkDns1123Subdomain(runtimeClassName));
  }
}

const systems = ['linux', 'windows'];

function validateOs(errors: FieldError[], spec: PodSpec, path: string): void {
  if (!spec.os) return;
  const { name } = spec.os;
  if (!name) errors.push(required(`${path}.os.name`));
  else if (!systems.includes(name)) errors.push(notSupported(`${path}.os`, name, systems));
  else if (name === 'linux') validateLinux(errors, spec, path);
  else validateWindows(errors, spec, path);
}

/** Variables may be read from a file that another container wrote into an emptyDir. */
function validateFileKeyVolumes(errors: FieldError[], spec: PodSpec, path: string): void {
  everyContainer(spec, path, ({ env }, containerPath) => {
    env?.forEach(({ valueFrom }, at) => {
      if (!valueFrom?.fileKeyRef) return;
      const { volumeName } = valueFrom.fileKeyRef;
      const namePath = `${containerPath}.env[${at}].valueFrom.fileKeyRef.volumeName`;
      const volume = spec.volumes?.find(({ name }) => name === volumeName);
      if (!volume) errors.push(notFoundField(namePath, volumeName));
      else if (!volume.emptyDir) {
        errors.push(invalid(namePath, volumeName, 'referenced volume must be of type emptyDir'));
      }
    });
  });
}
