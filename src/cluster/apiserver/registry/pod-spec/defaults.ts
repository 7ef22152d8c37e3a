import type {
  Container,
  EphemeralContainer,
  PodSpec,
  PodTemplateSpec,
  ResourceRequirements,
} from '../../../../api/generated/types.ts';
import { canonicalResources } from '../canonical-resources.ts';
import { fill, isZero, mapShared, withField } from '../share.ts';
import { defaultEnv, defaultPorts } from './container-defaults.ts';
import { defaultLifecycle, defaultProbe } from './handler-defaults.ts';
import { defaultPullPolicy } from './images.ts';
import { defaultVolume } from './volume-defaults.ts';

/**
 * What a pod spec says when its author did not: the same for pods and for templates of pods.
 * Upstream: SetDefaults_PodSpec, SetDefaults_Container in pkg/apis/core/v1/defaults.go
 */
export function defaultPodSpec(given: PodSpec): PodSpec {
  let spec = fill(given, textDefaults, isZero);
  spec = fill(spec, otherDefaults);
  spec = agreeOnServiceAccount(spec);
  if (spec.volumes) spec = withField(spec, 'volumes', mapShared(spec.volumes, defaultVolume));
  if (spec.containers) spec = withField(spec, 'containers', mapShared(spec.containers, defaultContainer));
  if (spec.initContainers) {
    spec = withField(spec, 'initContainers', mapShared(spec.initContainers, defaultContainer));
  }
  if (spec.ephemeralContainers) {
    const containers = mapShared(spec.ephemeralContainers, defaultContainer<EphemeralContainer>);
    spec = withField(spec, 'ephemeralContainers', containers);
  }
  if (spec.overhead) spec = withField(spec, 'overhead', canonicalResources(spec.overhead));
  if (spec.resources) spec = withField(spec, 'resources', defaultResources(spec.resources));
  return spec;
}

const textDefaults: Partial<PodSpec> = {
  dnsPolicy: 'ClusterFirst',
  restartPolicy: 'Always',
  schedulerName: 'default-scheduler',
};
const otherDefaults: Partial<PodSpec> = { securityContext: {}, terminationGracePeriodSeconds: 30 };

/** `serviceAccount` is the old name of the field; the API always shows both. */
export function agreeOnServiceAccount(spec: PodSpec): PodSpec {
  const name = spec.serviceAccountName || spec.serviceAccount;
  if (!name || (name === spec.serviceAccount && name === spec.serviceAccountName)) return spec;
  return { ...spec, serviceAccount: name, serviceAccountName: name };
}

export function defaultPodTemplate(given: PodTemplateSpec): PodTemplateSpec {
  const template = fill(given, { metadata: {} as PodTemplateSpec['metadata'] & object });
  return template.spec ? withField(template, 'spec', defaultPodSpec(template.spec)) : template;
}

const noResources: ResourceRequirements = {};

function defaultContainer<T extends Container>(given: T): T {
  let container: T = given;
  if (!container.imagePullPolicy) {
    container = { ...container, imagePullPolicy: defaultPullPolicy(container.image ?? '') };
  }
  container = fill(container, containerTexts as Partial<T>, isZero);
  // Go holds these by value, so they are always shown.
  const resources = container.resources ? defaultResources(container.resources) : noResources;
  container = withField(container, 'resources', resources);
  if (container.ports) container = withField(container, 'ports', defaultPorts(container.ports));
  if (container.env) container = withField(container, 'env', defaultEnv(container.env));
  for (const kind of ['livenessProbe', 'readinessProbe', 'startupProbe'] as const) {
    const probe = container[kind];
    if (probe) container = withField(container, kind, defaultProbe(probe));
  }
  return container.lifecycle ? withField(container, 'lifecycle', defaultLifecycle(container.lifecycle)) : container;
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
