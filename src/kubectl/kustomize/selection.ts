import { matchesLabels, parseLabelQuery } from '../../api/index.ts';
import { stringAt, type JsonObject } from '../resource/json.ts';
import type { Kustomized } from './kustomized.ts';

/**
 * Whether a target means an object. What it gives are regular expressions for the whole of a name; what it leaves out is
 * no matter.
 * Upstream: kustomize/api/types/selector.go
 */
export function isSelected(resource: Kustomized, target: JsonObject): boolean {
  const { group, version, kind } = resource.type;
  const fits = (field: string, values: readonly string[]) => {
    const pattern = stringAt(target, field);
    return pattern === '' || values.some((value) => new RegExp(`^(?:${pattern})$`).test(value));
  };
  return (
    fits('group', [group]) &&
    fits('version', [version]) &&
    fits('kind', [kind]) &&
    fits('name', resource.names) &&
    fits('namespace', [resource.namespace]) &&
    hasMarks(stringAt(target, 'labelSelector'), resource.labels) &&
    hasMarks(stringAt(target, 'annotationSelector'), resource.annotations)
  );
}

function hasMarks(selector: string, marks: unknown): boolean {
  return selector === '' || matchesLabels(parseLabelQuery(selector), (marks ?? {}) as Record<string, string>);
}
