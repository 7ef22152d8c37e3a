import type { Container, LimitRange, Pod } from '../../../../api/generated/types.ts';
import { mapShared } from '../../registry/share.ts';

type Amounts = Readonly<Record<string, string>>;

const annotation = 'kubernetes.io/limit-ranger';

/** Fills in what containers leave out, and notes that in an annotation. Upstream: mergePodResourceRequirements */
export function withDefaultResources(pod: Pod, { spec }: LimitRange): Pod {
  const items = (spec?.limits ?? []).filter(({ type }) => type === 'Container');
  const requests: Amounts = Object.assign({}, ...items.map(({ defaultRequest }) => defaultRequest));
  const limits: Amounts = Object.assign({}, ...items.map((item) => item.default));
  const notes: string[] = [];
  const fill = (noun: string) => (container: Container) => withDefaults(container, { requests, limits }, noun, notes);
  const containers = mapShared(pod.spec.containers, fill('container'));
  const initContainers = pod.spec.initContainers && mapShared(pod.spec.initContainers, fill('init container'));
  if (notes.length === 0) return pod;
  const annotations = { ...pod.metadata.annotations, [annotation]: `LimitRanger plugin set: ${notes.join('; ')}` };
  return {
    ...pod,
    metadata: { ...pod.metadata, annotations },
    spec: { ...pod.spec, containers, ...(initContainers && { initContainers }) },
  };
}

function withDefaults(
  container: Container,
  defaults: { readonly requests: Amounts; readonly limits: Amounts },
  noun: string,
  notes: string[],
): Container {
  const before = container.resources ?? {};
  let resources = before;
  for (const [field, word] of [
    ['requests', 'request'],
    ['limits', 'limit'],
  ] as const) {
    const given = resources[field] ?? {};
    const missing = Object.keys(defaults[field]).filter((name) => !(name in given));
    if (missing.length === 0) continue;
    notes.push(`${missing.toSorted().join(', ')} ${word} for ${noun} ${container.name}`);
    const filled = Object.fromEntries(missing.map((name) => [name, defaults[field][name]!]));
    resources = { ...resources, [field]: { ...given, ...filled } };
  }
  return resources === before ? container : { ...container, resources };
}
