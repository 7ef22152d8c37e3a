import type { Container, ContainerRestartRule, PodSpec, Volume } from '../../../../api/generated/types.ts';
import {
  checkDns1123Label,
  duplicate,
  forbiddenField,
  invalid,
  notSupported,
  required,
  tooLong,
  type FieldError,
} from '../../../../api/index.ts';
import { addInvalid } from '../label-validation.ts';
import { validateEnv, validateEnvFrom } from './container-env.ts';
import { validateContainerPorts, validateHostPorts } from './container-ports.ts';
import { isSidecar } from './every-container.ts';
import { validateLifecycle, validateProbe, type ProbeKind } from './handlers.ts';
import { validatePullPolicy } from './images.ts';
import { validateResizePolicies, validateResources } from './resources.ts';
import { validateSecurityContext } from './security-context.ts';
import { validateVolumeDevices, validateVolumeMounts } from './volume-mounts.ts';

/** What the containers of a pod may refer to. */
export interface ContainerScope {
  readonly spec: PodSpec;
  readonly volumes: ReadonlyMap<string, Volume>;
  readonly claimNames: ReadonlySet<string>;
}

const probeKinds: readonly ProbeKind[] = ['livenessProbe', 'readinessProbe', 'startupProbe'];

/** Upstream: validateContainers */
export function validateContainers(errors: FieldError[], scope: ContainerScope, path: string): void {
  const { containers = [] } = scope.spec;
  if (containers.length === 0) {
    errors.push(required(path));
    return;
  }
  const names = new Set<string>();
  containers.forEach((container, at) => {
    const itemPath = `${path}[${at}]`;
    validateContainer(errors, container, scope, itemPath);
    if (names.has(container.name)) errors.push(duplicate(`${itemPath}.name`, container.name));
    names.add(container.name);
    validateHandlers(errors, container, scope.spec, itemPath);
    validateRestartRules(errors, container, itemPath);
  });
  validateHostPorts(errors, containers, path);
}

/** They run one after the other before all else; those that restart always stay. Upstream: validateInitContainers */
export function validateInitContainers(errors: FieldError[], scope: ContainerScope, path: string): void {
  const { initContainers, containers = [] } = scope.spec;
  if (!initContainers) return;
  const names = new Set(containers.map(({ name }) => name));
  initContainers.forEach((container, at) => {
    const itemPath = `${path}[${at}]`;
    validateContainer(errors, container, scope, itemPath);
    if (container.restartPolicy !== undefined) {
      if (!isSidecar(container)) validateRestartRules(errors, container, itemPath);
      else if (container.restartPolicyRules?.length) {
        const detail = 'restartPolicyRules are not allowed for init containers with restart policy Always';
        errors.push(forbiddenField(`${itemPath}.restartPolicyRules`, detail));
      }
    }
    if (names.has(container.name)) errors.push(duplicate(`${itemPath}.name`, container.name));
    else if (container.name) names.add(container.name);
    validateHostPorts(errors, [container], path);
    if (isSidecar(container)) validateHandlers(errors, container, scope.spec, itemPath);
    else {
      for (const field of ['lifecycle', ...probeKinds] as const) {
        if (!container[field]) continue;
        const detail = 'may not be set for init containers without restartPolicy=Always';
        errors.push(forbiddenField(`${itemPath}.${field}`, detail));
      }
    }
  });
}

const ephemeralForbidden = [
  'ports',
  'resources',
  'resizePolicy',
  'restartPolicy',
  'restartPolicyRules',
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
  'lifecycle',
] as const;

/** For looking into a running pod. Upstream: validateEphemeralContainers */
export function validateEphemeralContainers(errors: FieldError[], scope: ContainerScope, path: string): void {
  const { ephemeralContainers, containers = [], initContainers = [] } = scope.spec;
  if (!ephemeralContainers) return;
  const others = new Set([...containers, ...initContainers].map(({ name }) => name));
  const names = new Set(others);
  ephemeralContainers.forEach((container, at) => {
    const itemPath = `${path}[${at}]`;
    validateContainer(errors, container, scope, itemPath);
    validateImageSpaces(errors, container.image ?? '', `${itemPath}.image`);
    if (names.has(container.name)) errors.push(duplicate(`${itemPath}.name`, container.name));
    names.add(container.name);
    const { targetContainerName } = container;
    if (targetContainerName && !others.has(targetContainerName)) {
      const missing = `Not found: ${JSON.stringify(targetContainerName)}`;
      errors.push({ type: 'FieldValueNotFound', field: `${itemPath}.targetContainerName`, body: missing });
    }
    const refuse = (field: string): void => {
      errors.push(forbiddenField(`${itemPath}.${field}`, 'cannot be set for an Ephemeral Container'));
    };
    for (const field of ephemeralForbidden) if (isSet(container[field])) refuse(field);
    container.volumeMounts?.forEach(({ subPath, subPathExpr }, mount) => {
      if (subPath) refuse(`volumeMounts[${mount}].subPath`);
      if (subPathExpr) refuse(`volumeMounts[${mount}].subPathExpr`);
    });
  });
}

function isSet(value: unknown): boolean {
  return value !== undefined && (typeof value !== 'object' || value === null || Object.keys(value).length > 0);
}

const messagePolicies = ['File', 'FallbackToLogsOnError'];

function validateContainer(errors: FieldError[], container: Container, scope: ContainerScope, path: string): void {
  const { name, terminationMessagePolicy } = container;
  if (name) addInvalid(errors, `${path}.name`, name, checkDns1123Label(name));
  else errors.push(required(`${path}.name`));
  if (!container.image) errors.push(required(`${path}.image`));
  const policyPath = `${path}.terminationMessagePolicy`;
  if (!terminationMessagePolicy) errors.push(required(policyPath));
  else if (!messagePolicies.includes(terminationMessagePolicy)) {
    errors.push(notSupported(policyPath, terminationMessagePolicy, messagePolicies));
  }
  const { spec, volumes, claimNames } = scope;
  validateContainerPorts(errors, container.ports, `${path}.ports`);
  validateEnv(errors, container.env, `${path}.env`);
  validateEnvFrom(errors, container.envFrom, `${path}.envFrom`);
  validateVolumeMounts(errors, container, volumes, `${path}.volumeMounts`);
  validateVolumeDevices(errors, container, volumes, `${path}.volumeDevices`);
  validatePullPolicy(errors, container.imagePullPolicy, `${path}.imagePullPolicy`);
  validateResources(errors, container.resources, `${path}.resources`, claimNames);
  validateResizePolicies(errors, container.resizePolicy, `${path}.resizePolicy`, spec.restartPolicy);
  const hostUsers = spec.hostUsers !== false;
  validateSecurityContext(errors, container.securityContext, `${path}.securityContext`, { hostUsers });
}

function validateHandlers(errors: FieldError[], container: Container, spec: PodSpec, path: string): void {
  if (container.lifecycle) {
    const { terminationGracePeriodSeconds, os } = spec;
    validateLifecycle(errors, container.lifecycle, terminationGracePeriodSeconds, os, `${path}.lifecycle`);
  }
  for (const kind of probeKinds) validateProbe(errors, kind, container[kind], `${path}.${kind}`);
}

const restartPolicies = ['Always', 'Never', 'OnFailure'];
const exitCodeOperators = ['In', 'NotIn'];

function validateRestartRules(errors: FieldError[], container: Container, path: string): void {
  const { restartPolicy, restartPolicyRules = [] } = container;
  const policyPath = `${path}.restartPolicy`;
  if (restartPolicy === undefined) {
    if (restartPolicyRules.length === 0) return;
    errors.push(required(policyPath, 'must specify restartPolicy when restart rules are used'));
  } else if (!restartPolicies.includes(restartPolicy)) {
    errors.push(notSupported(policyPath, restartPolicy, restartPolicies));
  }
  if (restartPolicyRules.length > 20) errors.push(tooLong(`${path}.restartPolicyRules`, 20));
  restartPolicyRules.forEach((rule, at) => validateRestartRule(errors, rule, `${path}.restartPolicyRules[${at}]`));
}

function validateRestartRule(
  errors: FieldError[],
  { action = '', exitCodes }: ContainerRestartRule,
  path: string,
): void {
  if (action !== 'Restart') errors.push(notSupported(`${path}.action`, action, ['Restart']));
  if (!exitCodes) {
    errors.push(required(`${path}.exitCodes`, 'must be specified'));
    return;
  }
  const { operator = '', values = [] } = exitCodes;
  if (!exitCodeOperators.includes(operator)) {
    errors.push(notSupported(`${path}.exitCodes.operator`, operator, exitCodeOperators));
  }
  if (values.length > 255) errors.push(tooLong(`${path}.exitCodes.values`, 255));
}

/** Templates get away with spaces around an image; pods do not. */
export function validateImageSpaces(errors: FieldError[], image: string, path: string): void {
  if (image.trim() !== image) errors.push(invalid(path, image, 'must not have leading or trailing whitespace'));
}
