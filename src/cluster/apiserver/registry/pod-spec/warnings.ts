import type {
  Affinity,
  NodeSelectorTerm,
  Pod,
  PodAffinity,
  PodSpec,
  PodTemplateSpec,
} from '../../../../api/generated/types.ts';
import { checkDns1123Label, checkLabelValue, goQuote, parseQuantity } from '../../../../api/index.ts';
import { appArmorContainer } from './annotations.ts';
import { everyContainer } from './every-container.ts';
import { envWarnings, portWarnings } from './container-warnings.ts';
import { overlapWarnings, volumeWarnings } from './volume-warnings.ts';

/**
 * What is accepted although it is old, or most likely a mistake.
 * Upstream: pkg/api/pod/warnings.go, pkg/api/node/util.go
 */
export function warningsForPod(pod: Pod): readonly string[] {
  const warnings: string[] = [];
  const problems = checkDns1123Label(pod.metadata.name);
  if (problems.length > 0) {
    const why = `this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended: [${problems.join(' ')}]`;
    warnings.push(`metadata.name: ${why}`);
  }
  addWarnings(warnings, pod.spec, pod.metadata.annotations ?? {}, '');
  return warnings;
}

/** @param path `spec.template` */
export function warningsForTemplate(template: PodTemplateSpec | undefined, path: string): readonly string[] {
  const warnings: string[] = [];
  if (template?.spec) addWarnings(warnings, template.spec, template.metadata?.annotations ?? {}, `${path}.`);
  return warnings;
}

type Annotations = Readonly<Record<string, string>>;

const deprecatedAnnotations: Annotations = {
  'scheduler.alpha.kubernetes.io/critical-pod': 'non-functional in v1.16+; use the "priorityClassName" field instead',
  'security.alpha.kubernetes.io/sysctls': 'non-functional in v1.11+; use the "sysctls" field instead',
  'security.alpha.kubernetes.io/unsafe-sysctls': 'non-functional in v1.11+; use the "sysctls" field instead',
};

export const deprecatedNodeLabels: Readonly<Record<string, string>> = {
  'beta.kubernetes.io/arch': 'deprecated since v1.14; use "kubernetes.io/arch" instead',
  'beta.kubernetes.io/os': 'deprecated since v1.14; use "kubernetes.io/os" instead',
  'failure-domain.beta.kubernetes.io/region': 'deprecated since v1.17; use "topology.kubernetes.io/region" instead',
  'failure-domain.beta.kubernetes.io/zone': 'deprecated since v1.17; use "topology.kubernetes.io/zone" instead',
  'beta.kubernetes.io/instance-type': 'deprecated since v1.17; use "node.kubernetes.io/instance-type" instead',
  'app.kubernetes.io/created-by': 'deprecated since v1.9',
  'scheduler.alpha.kubernetes.io/preferAvoidPods': 'deprecated since v1.22; use Taints and Tolerations instead',
  'node-role.kubernetes.io/master': 'use "node-role.kubernetes.io/control-plane" instead',
};

const nullSelector = 'a null labelSelector results in matching no pod';

function addWarnings(warnings: string[], spec: PodSpec, annotations: Annotations, prefix: string): void {
  const path = `${prefix}spec`;
  for (const key in spec.nodeSelector) {
    const why = deprecatedNodeLabels[key];
    if (why) warnings.push(`${path}.nodeSelector[${key}]: ${why}`);
  }
  if (spec.affinity) addNodeAffinityWarnings(warnings, spec.affinity, `${path}.affinity`);
  spec.topologySpreadConstraints?.forEach(({ topologyKey, labelSelector }, at) => {
    const itemPath = `${path}.topologySpreadConstraints[${at}]`;
    const why = deprecatedNodeLabels[topologyKey];
    if (why) warnings.push(`${itemPath}.topologyKey: ${topologyKey} is ${why}`);
    if (!labelSelector) warnings.push(`${itemPath}.labelSelector: ${nullSelector}`);
  });
  for (const key in deprecatedAnnotations) {
    if (annotations[key] === undefined) continue;
    warnings.push(`${prefix}metadata.annotations[${key}]: ${deprecatedAnnotations[key]}`);
  }
  if (spec.volumes) {
    volumeWarnings(warnings, spec.volumes, `${path}.volumes`);
    overlapWarnings(warnings, spec.volumes);
  }
  addDuplicateWarnings(warnings, spec, path);
  addFractionWarnings(warnings, spec.overhead, `${path}.overhead`);
  addProfileWarnings(warnings, spec, annotations, prefix);
  everyContainer(spec, path, (container, containerPath) => {
    addFractionWarnings(warnings, container.resources?.limits, `${containerPath}.resources.limits`);
    addFractionWarnings(warnings, container.resources?.requests, `${containerPath}.resources.requests`);
    envWarnings(warnings, container.env ?? [], `${containerPath}.env`);
  });
  portWarnings(warnings, spec, path);
  if ((spec.terminationGracePeriodSeconds ?? 0) < 0) {
    const why = 'must be >= 0; negative values are invalid and will be treated as 1';
    warnings.push(`${path}.terminationGracePeriodSeconds: ${why}`);
  }
  for (const kind of ['podAffinity', 'podAntiAffinity'] as const) {
    const affinity = spec.affinity?.[kind];
    if (affinity) addPodAffinityWarnings(warnings, affinity, `${path}.affinity.${kind}`);
  }
}

function addNodeAffinityWarnings(warnings: string[], { nodeAffinity }: Affinity, path: string): void {
  const hard = nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  hard?.nodeSelectorTerms?.forEach((term, at) => {
    const termPath = `${path}.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[${at}]`;
    addTermWarnings(warnings, term, termPath, { checkValues: false });
  });
  nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution?.forEach(({ preference }, at) => {
    const termPath = `${path}.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[${at}].preference`;
    addTermWarnings(warnings, preference, termPath, { checkValues: true });
  });
}

export function addTermWarnings(
  warnings: string[],
  term: NodeSelectorTerm,
  path: string,
  { checkValues }: { readonly checkValues: boolean },
): void {
  term.matchExpressions?.forEach(({ key, values }, at) => {
    const itemPath = `${path}.matchExpressions[${at}]`;
    const why = deprecatedNodeLabels[key];
    if (why) warnings.push(`${itemPath}.key: ${key} is ${why}`);
    if (!checkValues) return;
    values?.forEach((value, index) => {
      for (const problem of checkLabelValue(value)) {
        warnings.push(`${itemPath}.values[${index}]: ${value} is invalid, ${problem}`);
      }
    });
  });
}

function addPodAffinityWarnings(warnings: string[], affinity: PodAffinity, path: string): void {
  affinity.requiredDuringSchedulingIgnoredDuringExecution?.forEach(({ labelSelector }, at) => {
    if (labelSelector) return;
    warnings.push(`${path}.requiredDuringSchedulingIgnoredDuringExecution[${at}].labelSelector: ${nullSelector}`);
  });
  affinity.preferredDuringSchedulingIgnoredDuringExecution?.forEach(({ podAffinityTerm }, at) => {
    if (podAffinityTerm?.labelSelector) return;
    const termPath = `${path}.preferredDuringSchedulingIgnoredDuringExecution[${at}].podAffinityTerm`;
    warnings.push(`${termPath}.labelSelector: ${nullSelector}`);
  });
}

function addDuplicateWarnings(warnings: string[], spec: PodSpec, path: string): void {
  const addresses = new Set<string>();
  spec.hostAliases?.forEach(({ ip = '' }, at) => {
    if (addresses.has(ip)) warnings.push(`${path}.hostAliases[${at}].ip: duplicate ip ${goQuote(ip)}`);
    addresses.add(ip);
  });
  const names = new Set<string>();
  spec.imagePullSecrets?.forEach(({ name = '' }, at) => {
    if (names.has(name)) warnings.push(`${path}.imagePullSecrets[${at}].name: duplicate name ${goQuote(name)}`);
    names.add(name);
  });
  spec.imagePullSecrets?.forEach(({ name = '' }, at) => {
    if (!name) warnings.push(`${path}.imagePullSecrets[${at}].name: invalid empty name ""`);
  });
}

const byteResources = ['memory', 'ephemeral-storage'];
const nanoPerOne = 1_000_000_000n;

function addFractionWarnings(warnings: string[], amounts: Annotations | undefined, path: string): void {
  if (!amounts) return;
  for (const name of byteResources) {
    const amount = amounts[name];
    if (amount === undefined || parseQuantity(amount).nano % nanoPerOne === 0n) continue;
    warnings.push(`${path}[${name}]: fractional byte value ${goQuote(amount)} is invalid, must be an integer`);
  }
}

const seccompPod = 'seccomp.security.alpha.kubernetes.io/pod';
const seccompContainer = 'container.seccomp.security.alpha.kubernetes.io/';

function addProfileWarnings(warnings: string[], spec: PodSpec, annotations: Annotations, prefix: string): void {
  const path = `${prefix}metadata.annotations`;
  const useSeccomp = 'non-functional in v1.27+; use the "seccompProfile" field instead';
  if (!spec.securityContext?.seccompProfile && annotations[seccompPod] !== undefined) {
    warnings.push(`${path}[${seccompPod}]: ${useSeccomp}`);
  }
  everyContainer(spec, '', ({ name, securityContext }) => {
    const seccomp = seccompContainer + name;
    if (!securityContext?.seccompProfile && annotations[seccomp] !== undefined) {
      warnings.push(`${path}[${seccomp}]: ${useSeccomp}`);
    }
    const appArmor = appArmorContainer + name;
    if (!securityContext?.appArmorProfile && annotations[appArmor] !== undefined) {
      warnings.push(`${path}[${appArmor}]: deprecated since v1.30; use the "appArmorProfile" field instead`);
    }
  });
}
