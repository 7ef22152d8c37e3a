import type { Container, Pod, ResourceRequirements } from '../../../../api/generated/types.ts';
import { forbiddenField, invalid, jsonEqual, type FieldError } from '../../../../api/index.ts';
import type { PartRules } from '../../resource-definition.ts';
import { mirrorPodAnnotation } from '../pod-spec/annotations.ts';
import { mapShared, withField } from '../share.ts';
import { computeQosClass, qosClassOf } from './qos.ts';
import { bumpGeneration } from './strategy.ts';

const lists = ['containers', 'initContainers'] as const;

/**
 * CPU and memory of containers that run already.
 * Upstream: podResizeStrategy in pkg/registry/core/pod/strategy.go, ValidatePodResize
 * Differs: a container whose resize policy asks for a restart is not restarted.
 */
export const resizeRules: PartRules<Pod> = {
  prepareForUpdate: (next, old) => {
    let { spec } = old;
    for (const field of lists) {
      const asked = next.spec[field];
      if (asked && spec[field]) spec = withField(spec, field, withSizes(spec[field], asked));
    }
    const { resourceVersion } = next.metadata;
    return bumpGeneration({ ...old, metadata: { ...old.metadata, resourceVersion }, spec }, old);
  },
  validateUpdate: validateResize,
};

/** Whatever else has changed is not taken over. Upstream: dropNonResizeUpdates */
function withSizes(containers: readonly Container[], asked: readonly Container[]): readonly Container[] {
  return mapShared(containers, (container) => {
    const next = asked.find(({ name }) => name === container.name);
    if (!next) return container;
    const sized = withField(container, 'resources', next.resources);
    return withField(sized, 'resizePolicy', next.resizePolicy);
  });
}

function validateResize(next: Pod, old: Pod): readonly FieldError[] {
  const hasOwn = [next, old].some(({ spec }) => amountsOf(spec.resources).some((amounts) => amounts.length > 0));
  if (hasOwn) return [forbiddenField('', 'pods with pod-level resources cannot be resized')];
  if (old.metadata.annotations?.[mirrorPodAnnotation] !== undefined) {
    return [forbiddenField('', 'static pods cannot be resized')];
  }
  if (old.spec.os?.name === 'windows') return [forbiddenField('', 'windows pods cannot be resized')];
  const errors: FieldError[] = [];
  if (qosClassOf(old) !== computeQosClass(next.spec)) {
    const detail = 'Pod QOS Class may not change as a result of resizing';
    errors.push(invalid('spec', next.status?.qosClass ?? '', detail));
  }
  for (const field of lists) {
    old.spec[field]?.forEach((before, at) => {
      const after = next.spec[field]![at]!;
      const isSidecar = before.restartPolicy === 'Always';
      if (field === 'containers' || isSidecar) {
        validateContainer(errors, after, before, `spec.${field}[${at}].resources`, isSidecar);
      } else if (!jsonEqual(after, before)) {
        errors.push(forbiddenField('spec', 'resources for non-sidecar init containers are immutable'));
      }
    });
  }
  return errors;
}

function validateContainer(
  errors: FieldError[],
  next: Container,
  old: Container,
  path: string,
  isSidecar: boolean,
): void {
  for (const field of ['requests', 'limits'] as const) {
    const after = next.resources?.[field] ?? {};
    if (Object.keys(old.resources?.[field] ?? {}).some((name) => !(name in after))) {
      errors.push(forbiddenField(`${path}.${field}`, `resource ${field} cannot be removed`));
    }
  }
  if (jsonEqual(withoutCpuAndMemory(next), withoutCpuAndMemory(old))) return;
  const whose = isSidecar ? ' for sidecar containers' : '';
  errors.push(forbiddenField('spec', `only cpu and memory resources${whose} are mutable`));
}

function amountsOf(resources: ResourceRequirements | undefined): readonly (readonly string[])[] {
  return [Object.keys(resources?.requests ?? {}), Object.keys(resources?.limits ?? {})];
}

function withoutCpuAndMemory({ resources, ...rest }: Container): object {
  const others = (amounts: Readonly<Record<string, string>> = {}): object =>
    Object.fromEntries(Object.entries(amounts).filter(([name]) => name !== 'cpu' && name !== 'memory'));
  return {
    ...rest,
    requests: others(resources?.requests),
    limits: others(resources?.limits),
    claims: resources?.claims,
  };
}
