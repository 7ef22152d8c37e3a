import type { Container, Pod, PodSpec } from '../../../../api/generated/types.ts';
import { formatQuantity } from '../../../../api/index.ts';
import { defaultPodSpec } from '../pod-spec/defaults.ts';
import { effectiveResources } from '../pod-spec/effective-resources.ts';
import { isPodLevelResource } from '../pod-spec/pod-resources.ts';
import { isHugePages, isOvercommitAllowed } from '../resource-quantities.ts';
import { fill, mapShared, withField } from '../share.ts';

/**
 * Defaults of pods themselves, beyond what templates get.
 * Upstream: SetDefaults_Pod in pkg/apis/core/v1/defaults.go
 */
export function defaultPod(pod: Pod): Pod {
  if (!pod.spec) return pod;
  // With the one default that templates do not have, so that the spec is copied once.
  const linked = withField(pod.spec, 'enableServiceLinks', pod.spec.enableServiceLinks ?? true);
  let spec = changeContainers(defaultPodSpec(linked), requestLimits);
  if (spec.resources) spec = defaultPodResources(spec);
  if (spec.hostNetwork) spec = changeContainers(spec, useHostPorts);
  return withField(pod, 'spec', spec);
}

function changeContainers(given: PodSpec, change: (container: Container) => Container): PodSpec {
  const spec = given.containers ? withField(given, 'containers', mapShared(given.containers, change)) : given;
  return spec.initContainers ? withField(spec, 'initContainers', mapShared(spec.initContainers, change)) : spec;
}

/** Who says how much a container may use, and no more, asks for that much. */
function requestLimits(container: Container): Container {
  const { limits } = container.resources ?? {};
  if (!limits) return container;
  const requests = fill(container.resources!.requests ?? {}, limits);
  return withField(container, 'resources', withField(container.resources!, 'requests', requests));
}

function useHostPorts(container: Container): Container {
  if (!container.ports) return container;
  const ports = mapShared(container.ports, (port) =>
    port.hostPort ? port : { ...port, hostPort: port.containerPort },
  );
  return withField(container, 'ports', ports);
}

function defaultPodResources(spec: PodSpec): PodSpec {
  const { limits: ownLimits = {}, requests: ownRequests = {} } = spec.resources!;
  if (Object.keys(ownLimits).length === 0 && Object.keys(ownRequests).length === 0) return spec;

  const limits: Record<string, string> = { ...ownLimits };
  for (const [name, total] of effectiveResources(spec, 'limits')) {
    if (isHugePages(name) && ownRequests[name] === undefined) limits[name] ??= formatQuantity(total);
  }
  const requests: Record<string, string> = { ...ownRequests };
  if (Object.keys(limits).length > 0) {
    for (const [name, total] of effectiveResources(spec, 'requests')) {
      if (isPodLevelResource(name) && isOvercommitAllowed(name)) requests[name] ??= formatQuantity(total);
    }
    for (const name in limits) if (isPodLevelResource(name)) requests[name] ??= limits[name]!;
  }
  return withField(spec, 'resources', {
    ...spec.resources,
    ...(Object.keys(limits).length > 0 && { limits }),
    ...(Object.keys(requests).length > 0 && { requests }),
  });
}
