import { CommandError } from '../errors/command-error.ts';
import {
  isObject,
  objectAt,
  objectsAt,
  listAt,
  numberAt,
  stringAt,
  type JsonObject,
  type JsonValue,
} from '../resource/json.ts';
import type { Kustomized } from './kustomized.ts';
import { isSelected } from './selection.ts';

/**
 * Copies a value from one object to fields of others.
 * Upstream: kustomize/api/filters/replacement
 * Differs: in a kustomization, a part of a text that looks like a number stays text when it replaces something.
 */
export function replace(resources: readonly Kustomized[], replacement: JsonObject): void {
  const value = sourceValue(resources, replacement);
  for (const target of objectsAt(replacement, 'targets')) {
    const select = objectAt(target, 'select') ?? {};
    const rejects = objectsAt(target, 'reject');
    const chosen = resources.filter(
      (each) => isSelected(each, exact(select)) && !rejects.some((reject) => isSelected(each, exact(reject))),
    );
    const paths = listAt(target, 'fieldPaths').map(String);
    for (const resource of chosen) {
      for (const path of paths.length > 0 ? paths : ['metadata.name']) {
        setPath(resource.object, steps(path), value, objectAt(target, 'options'), path);
      }
    }
  }
}

function sourceValue(resources: readonly Kustomized[], replacement: JsonObject): JsonValue {
  const given = replacement['sourceValue'];
  if (given !== undefined && given !== null) return given;
  const source = objectAt(replacement, 'source');
  if (!source) throw new CommandError('replacements must specify a source and at least one target');
  const found = resources.filter((each) => isSelected(each, exact(source)));
  if (found.length !== 1) {
    const problem = found.length === 0 ? 'nothing selected by' : 'multiple matches for selector';
    throw new CommandError(`${problem} ${selectorText(source)}`);
  }
  const path = stringAt(source, 'fieldPath') || 'metadata.name';
  const value = steps(path).reduce<JsonValue | undefined>(child, found[0]!.object);
  if (value === undefined)
    throw new CommandError(`fieldPath \`${path}\` is missing for replacement source ${selectorText(source)}`);
  const options = objectAt(source, 'options');
  const delimiter = stringAt(options, 'delimiter');
  if (delimiter === '') return value;
  const parts = String(value as string).split(delimiter);
  const index = numberAt(options, 'index') ?? 0;
  const part = parts[index];
  if (part === undefined)
    throw new CommandError(`options.index ${index} is out of bounds for value ${String(value as string)}`);
  return part;
}

/** Names in selectors of replacements are no patterns. */
function exact(selector: JsonObject): JsonObject {
  const fields = ['group', 'version', 'kind', 'name', 'namespace'];
  const quoted = fields.map((field) => [field, stringAt(selector, field).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')]);
  return { ...selector, ...(Object.fromEntries(quoted) as JsonObject) };
}

function selectorText(selector: JsonObject): string {
  const [kind, version, group] = ['kind', 'version', 'group'].map((field) => stringAt(selector, field));
  const type = [kind || '[noKind]', version || '[noVer]', group || '[noGrp]'].join('.');
  return `${type}/${stringAt(selector, 'name') || '[noName]'}.${stringAt(selector, 'namespace') || '[noNs]'}`;
}

/** `spec.containers.[name=web].image`, dots in names after a backslash. */
function steps(path: string): readonly string[] {
  return (path.match(/\[[^\]]*\]|(?:\\.|[^.\\])+/g) ?? []).map((step) => step.replaceAll('\\.', '.'));
}

function child(value: JsonValue | undefined, step: string): JsonValue | undefined {
  if (Array.isArray(value)) {
    const key = /^\[(.+?)=(.*)\]$/.exec(step);
    return key ? value.find((item) => stringAt(item, key[1]!) === key[2]) : value[Number(step)];
  }
  return isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}

function setPath(
  target: JsonValue | undefined,
  [step, ...rest]: readonly string[],
  value: JsonValue,
  options: JsonObject | undefined,
  path: string,
): void {
  if (step === undefined || typeof target !== 'object' || target === null) return;
  const creates = options?.['create'] === true;
  if (step === '*') {
    for (const key of Object.keys(target)) setPath(target, [key, ...rest], value, options, path);
    return;
  }
  const key = Array.isArray(target) ? indexIn(target, step) : step;
  const holder = target as Record<string, JsonValue | undefined>;
  const present = key === undefined || !Object.hasOwn(holder, key) ? undefined : holder[key];
  if (key === undefined || key === '__proto__' || (present === undefined && !creates)) {
    throw new CommandError(`unable to find field "${path}" in replacement target`);
  }
  if (rest.length === 0) holder[key] = combined(present, value, options);
  else setPath((holder[key] ??= {}), rest, value, options, path);
}

function indexIn(list: readonly JsonValue[], step: string): string | undefined {
  const key = /^\[(.+?)=(.*)\]$/.exec(step);
  if (!key) return step;
  const index = list.findIndex((item) => stringAt(item, key[1]!) === key[2]);
  return index < 0 ? undefined : String(index);
}

/** With a delimiter only one part of the text is replaced. */
function combined(present: JsonValue | undefined, value: JsonValue, options: JsonObject | undefined): JsonValue {
  const delimiter = stringAt(options, 'delimiter');
  if (delimiter === '' || typeof present !== 'string') return structuredClone(value);
  const parts = present.split(delimiter);
  const index = numberAt(options, 'index') ?? 0;
  const text = String(value as string);
  if (index < 0) parts.unshift(text);
  else if (index >= parts.length) parts.push(text);
  else parts[index] = text;
  return parts.join(delimiter);
}
