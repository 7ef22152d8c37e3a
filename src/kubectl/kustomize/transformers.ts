import { CommandError } from '../errors/command-error.ts';
import {
  isObject,
  listAt,
  objectsAt,
  stringAt,
  stringMapAt,
  type JsonObject,
  type JsonValue,
} from '../resource/json.ts';
import { annotationSpecs, clusterKinds, fixedNames, selectorSpecs, templateLabels } from './field-specs.ts';
import { appliesTo, changeAt, type FieldSpec } from './fields.ts';
import type { Kustomized } from './kustomized.ts';

/** Upstream: kustomize/api/filters/namespace */
export function setNamespace(resources: readonly Kustomized[], namespace: string): void {
  for (const resource of resources) {
    const { kind } = resource.type;
    if (kind === 'Namespace') resource.rename(namespace);
    else if (!clusterKinds.has(kind)) resource.moveTo(namespace);
    if (!kind.endsWith('RoleBinding')) continue;
    for (const subject of objectsAt(resource.object, 'subjects')) {
      const isDefault = subject['kind'] === 'ServiceAccount' && subject['name'] === 'default';
      if (isDefault) subject['namespace'] = namespace;
    }
  }
}

/** `namePrefix` and `nameSuffix` */
export function changeNames(resources: readonly Kustomized[], prefix: string, suffix: string): void {
  if (prefix === '' && suffix === '') return;
  for (const resource of resources) {
    if (!fixedNames.has(resource.type.kind)) resource.rename(prefix + resource.name + suffix);
  }
}

/** `commonLabels`, and what `labels` says of selectors and templates. */
export function addLabels(resources: readonly Kustomized[], kustomization: JsonObject): void {
  for (const entry of objectsAt(kustomization, 'labels')) {
    const pairs = stringMapAt(entry, 'pairs');
    const specs: FieldSpec[] = [
      { path: 'metadata/labels', creates: true },
      ...objectsAt(entry, 'fields').map(customSpec),
      ...(entry['includeSelectors'] === true ? [...selectorSpecs, ...templateLabels] : []),
      ...(entry['includeTemplates'] === true && entry['includeSelectors'] !== true ? templateLabels : []),
    ];
    addPairs(resources, pairs, specs);
  }
  const common = stringMapAt(kustomization, 'commonLabels');
  addPairs(resources, common, [{ path: 'metadata/labels', creates: true }, ...selectorSpecs, ...templateLabels]);
}

export function addAnnotations(resources: readonly Kustomized[], annotations: Readonly<Record<string, string>>): void {
  addPairs(resources, annotations, annotationSpecs);
}

function addPairs(
  resources: readonly Kustomized[],
  pairs: Readonly<Record<string, string>>,
  specs: readonly FieldSpec[],
): void {
  if (Object.keys(pairs).length === 0) return;
  for (const resource of resources) {
    for (const spec of specs) {
      if (!appliesTo(spec, resource.type)) continue;
      changeAt(resource.object, spec.path.split('/'), spec.creates ?? false, (value) => ({
        ...(isObject(value) ? value : {}),
        ...pairs,
      }));
    }
  }
}

function customSpec(field: JsonObject): FieldSpec {
  const [kind, group] = [stringAt(field, 'kind'), stringAt(field, 'group')];
  return {
    path: stringAt(field, 'path'),
    creates: field['create'] === true,
    ...(kind !== '' && { kind }),
    ...(group !== '' && { group }),
  };
}

/** Upstream: kustomize/api/internal/builtins/ReplicaCountTransformer.go */
export function setReplicas(resources: readonly Kustomized[], name: string, count: number): void {
  const kinds = ['Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet'];
  const found = resources.filter((each) => kinds.includes(each.type.kind) && each.wasCalled(name));
  if (found.length === 0) {
    throw new CommandError(
      `resource with name ${name} does not match a config with the following GVK [Deployment.[noVer].[noGrp] ReplicationController.[noVer].[noGrp] ReplicaSet.[noVer].[noGrp] StatefulSet.[noVer].[noGrp]]`,
    );
  }
  for (const { object } of found) changeAt(object, ['spec', 'replicas'], true, () => count);
}

/** Upstream: kustomize/api/filters/imagetag */
export function setImage(resources: readonly Kustomized[], image: JsonObject): void {
  for (const { object } of resources) {
    visitContainers(object, (container) => {
      const text = stringAt(container, 'image');
      const changed = text === '' ? undefined : changedImage(text, image);
      if (changed !== undefined) container['image'] = changed;
    });
  }
}

function visitContainers(value: JsonValue | undefined, visit: (container: JsonObject) => void): void {
  if (Array.isArray(value)) for (const item of value) visitContainers(item, visit);
  if (!isObject(value)) return;
  for (const list of ['containers', 'initContainers'])
    for (const container of listAt(value, list)) if (isObject(container)) visit(container);
  for (const inner of Object.values(value)) visitContainers(inner, visit);
}

function changedImage(text: string, image: JsonObject): string | undefined {
  const [, name = '', tag = '', digest = ''] = /^(.*?)(:[^:/@]+)?(@.+)?$/.exec(text) ?? [];
  if (name !== stringAt(image, 'name')) return undefined;
  const base = stringAt(image, 'newName') || name;
  const newTag = image['newTag'] === undefined ? '' : String(image['newTag'] as string | number);
  const newDigest = stringAt(image, 'digest');
  const suffix = stringAt(image, 'tagSuffix');
  if (newTag !== '' && newDigest !== '') return `${base}:${newTag}@${newDigest}`;
  if (newTag !== '') return `${base}:${newTag}`;
  if (newDigest !== '') return `${base}@${newDigest}`;
  if (suffix !== '' && digest === '') return `${base}${tag || ':latest'}${suffix}`;
  return base + tag + digest;
}
