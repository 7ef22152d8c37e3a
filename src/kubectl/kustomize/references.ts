import { isObject, objectsAt, stringAt, type JsonValue } from '../resource/json.ts';
import { references } from './field-specs.ts';
import { appliesTo, changeAt } from './fields.ts';
import type { Kustomized } from './kustomized.ts';

/**
 * Follows objects that got other names: whoever names them names them anew.
 * Upstream: kustomize/api/internal/accumulator/namereferencetransformer.go
 */
export function fixReferences(resources: readonly Kustomized[]): void {
  for (const [kind, specs] of Object.entries(references)) {
    const targets = resources.filter((each) => each.type.kind === kind && each.names.length > 1);
    if (targets.length === 0) continue;
    for (const referrer of resources) {
      for (const spec of specs) {
        if (!appliesTo(spec, referrer.type)) continue;
        changeAt(referrer.object, spec.path.split('/'), false, (value) => renamed(value, referrer, targets));
      }
    }
  }
  for (const referrer of resources.filter((each) => each.type.kind.endsWith('RoleBinding'))) {
    fixSubjects(referrer, resources);
  }
}

function renamed(
  value: JsonValue | undefined,
  referrer: Kustomized,
  targets: readonly Kustomized[],
): JsonValue | undefined {
  if (typeof value !== 'string') return value;
  const candidates = targets.filter((each) => each.wasCalled(value));
  const near = candidates.filter((each) => each.namespace === referrer.namespace);
  return (near[0] ?? candidates[0])?.name ?? value;
}

/** Service accounts may be named across namespaces, and take the namespace they were moved to along. */
function fixSubjects(binding: Kustomized, resources: readonly Kustomized[]): void {
  for (const subject of objectsAt(binding.object, 'subjects')) {
    if (!isObject(subject) || subject['kind'] !== 'ServiceAccount') continue;
    const account = resources.find(
      (each) =>
        each.type.kind === 'ServiceAccount' &&
        each.wasCalled(stringAt(subject, 'name')) &&
        each.wasIn(stringAt(subject, 'namespace') || binding.namespace),
    );
    if (!account) continue;
    subject['name'] = account.name;
    if (account.namespace !== '') subject['namespace'] = account.namespace;
  }
}
