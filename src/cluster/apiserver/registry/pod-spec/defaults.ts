import type {
  Container,
  EphemeralContainer,
  PodSpec,
  PodTemplateSpec,
  ResourceRequirements,
} from '../../../../api/generated/types.ts';
import { canonicalResources } from '../canonical-resources.ts';
import { Change, fill, isZero, mapShared, withField } from '../share.ts';
import { defaultEnv, defaultPorts } from './container-defaults.ts';
import { defaultLifecycle, defaultProbe } from './handler-defaults.ts';
import { defaultPullPolicy } from './images.ts';
import { defaultVolume } from './volume-defaults.ts';

/**
 * What a pod spec says when its author did not: the same for pods and for templates of pods.
 * Upstream: SetDefaults_PodSpec, SetDefaults_Container in pkg/apis/core/v1/defaults.go
 */
export function defaultPodSpec(given: PodSpec): PodSpec {
  const spec = new Change(given);
  spec.fill(textDefaults, isZero);
  spec.fill(otherDefaults);
  nameServiceAccount(spec);
  const { volumes, containers, initContainers, ephemeralContainers, overhead, resources } = given;
  if (volumes) spec.set('volumes', mapShared(volumes, defaultVolume));
  if (containers) spec.set('containers', mapShared(containers, defaultContainer));
  if (initContainers) spec.set('initContainers', mapShared(initContainers, defaultContainer));
  if (ephemeralContainers) {
    spec.set('ephemeralContainers', mapShared(ephemeralContainers, defaultContainer<EphemeralContainer>));
  }
  if (overhead) spec.set('overhead', canonicalResources(overhead));
  if (resources) spec.set('resources', defaultResources(resources));
  return spec.result;
}

const textDefaults: Partial<PodSpec> = {
  dnsPolicy: 'ClusterFirst',
  restartPolicy: 'Always',
  schedulerName: 'default-scheduler',
};
const otherDefaults: Partial<PodSpec> = { securityContext: {}, terminationGracePeriodSeconds: 30 };

/** `serviceAccount` is the old name of the field; the API always shows both. */
export function agreeOnServiceAccount(given: PodSpec): PodSpec {
  const spec = new Change(given);
  nameServiceAccount(spec);
  return spec.result;
}

function nameServiceAccount(spec: Change<PodSpec>): void {
  const { serviceAccountName, serviceAccount } = spec.result;
  const name = serviceAccountName || serviceAccount;
  if (!name) return;
  spec.set('serviceAccount', name);
  spec.set('serviceAccountName', name);
}

export function defaultPodTemplate(given: PodTemplateSpec): PodTemplateSpec {
  const template = fill(given, { metadata: {} as PodTemplateSpec['metadata'] & object });
  return template.spec ? withField(template, 'spec', defaultPodSpec(template.spec)) : template;
}

const noResources: ResourceRequirements = {};

function defaultContainer<T extends Container>(given: T): T {
  const container = new Change<Container>(given);
  if (!given.imagePullPolicy) container.set('imagePullPolicy', defaultPullPolicy(given.image ?? ''));
  container.fill(containerTexts, isZero);
  // Go holds these by value, so they are always shown.
  container.set('resources', given.resources ? defaultResources(given.resources) : noResources);
  if (given.ports) container.set('ports', defaultPorts(given.ports));
  if (given.env) container.set('env', defaultEnv(given.env));
  if (given.livenessProbe) container.set('livenessProbe', defaultProbe(given.livenessProbe));
  if (given.readinessProbe) container.set('readinessProbe', defaultProbe(given.readinessProbe));
  if (given.startupProbe) container.set('startupProbe', defaultProbe(given.startupProbe));
  if (given.lifecycle) container.set('lifecycle', defaultLifecycle(given.lifecycle));
  return container.result as T;
}

const containerTexts: Partial<Container> = {
  terminationMessagePath: '/dev/termination-log',
  terminationMessagePolicy: 'File',
};

function defaultResources(given: ResourceRequirements): ResourceRequirements {
  let resources = given;
  for (const kind of ['limits', 'requests'] as const) {
    const amounts = resources[kind];
    if (amounts) resources = withField(resources, kind, canonicalResources(amounts));
  }
  return resources;
}
