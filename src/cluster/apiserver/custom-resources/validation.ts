import type { CustomResourceSubresourceScale } from '../../../api/generated/types.ts';
import {
  invalid,
  isJsonObject,
  type FieldError,
  type Json,
  type JsonObject,
  type KubeObject,
} from '../../../api/index.ts';
import { validateEmbedded } from './embedded-objects.ts';
import { propertyOf, type JsonSchema } from './json-schema.ts';
import { validateLists } from './list-invariants.ts';
import { hasRules, runRules } from './rules/run-rules.ts';
import { validateValue } from './validate-value.ts';

interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

const maxInt32 = 2_147_483_647;

const blocking: ReadonlySet<FieldError['type']> = new Set([
  'FieldValueNotSupported',
  'FieldValueRequired',
  'FieldValueTooLong',
  'FieldValueTooMany',
  'FieldValueTypeInvalid',
]);
const unchecked = invalid(
  '<nil>',
  null,
  'some validation rules were not checked because the object was invalid; correct the existing errors to complete validation',
);

/**
 * The rules for the objects of one version of a custom resource.
 * Upstream: apiextensions-apiserver/pkg/registry/customresource/validator.go, strategy.go, status_strategy.go
 */
export class CustomValidation {
  readonly #of: GroupVersionKind;
  readonly #schema: JsonSchema | undefined;
  readonly #scale: CustomResourceSubresourceScale | undefined;

  constructor(of: GroupVersionKind, schema: JsonSchema | undefined, scale: CustomResourceSubresourceScale | undefined) {
    this.#of = of;
    this.#schema = schema;
    this.#scale = scale;
  }

  ofNew(object: KubeObject): readonly FieldError[] {
    const typeErrors = this.#typeErrors(object);
    if (typeErrors.length > 0) return typeErrors;
    const value = plain(object);
    return this.#withRules(value, undefined, [
      ...(this.#schema ? validateValue(value, this.#schema) : []),
      ...this.#scaleErrors(value, true),
      ...validateEmbedded(value, this.#schema),
      ...validateLists(value, this.#schema),
    ]);
  }

  ofUpdate(next: KubeObject, old: KubeObject): readonly FieldError[] {
    const typeErrors = this.#typeErrors(next);
    if (typeErrors.length > 0) return typeErrors;
    const [value, before] = [plain(next), plain(old)];
    return this.#withRules(value, before, [
      ...(this.#schema ? validateValue(value, this.#schema, '', before) : []),
      ...this.#scaleErrors(value, true),
      ...validateEmbedded(value, this.#schema),
      ...this.#newListErrors(value, before),
    ]);
  }

  ofStatus(next: KubeObject, old: KubeObject): readonly FieldError[] {
    const [value, before] = [plain(next), plain(old)];
    const schema = propertyOf(this.#schema, 'status');
    const { status } = value;
    return this.#withRules(value, before, [
      ...(schema && status !== undefined ? validateValue(status, schema, 'status', before['status']) : []),
      ...this.#scaleErrors(value, false),
      ...this.#newListErrors(value, before),
    ]);
  }

  /** Rules are not run over what is not even of the right form. */
  #withRules(value: JsonObject, before: JsonObject | undefined, errors: readonly FieldError[]): readonly FieldError[] {
    if (!this.#schema || !hasRules(this.#schema)) return errors;
    if (errors.some(({ type }) => blocking.has(type))) return [...errors, unchecked];
    return [...errors, ...runRules(value, this.#schema, before)];
  }

  /** Lists that were wrong before are let be. */
  #newListErrors(value: JsonObject, before: JsonObject): readonly FieldError[] {
    const errors = validateLists(value, this.#schema);
    return errors.length > 0 && validateLists(before, this.#schema).length > 0 ? [] : errors;
  }

  #typeErrors({ kind, apiVersion }: KubeObject): readonly FieldError[] {
    const expected = `${this.#of.group}/${this.#of.version}`;
    return [
      ...(kind === this.#of.kind ? [] : [invalid('kind', kind, `must be ${this.#of.kind}`)]),
      ...(apiVersion === expected ? [] : [invalid('apiVersion', apiVersion, `must be ${expected}`)]),
    ];
  }

  #scaleErrors(value: JsonObject, hasSpec: boolean): readonly FieldError[] {
    if (!this.#scale) return [];
    const { specReplicasPath, statusReplicasPath, labelSelectorPath } = this.#scale;
    return [
      ...(hasSpec ? replicaErrors(value, specReplicasPath) : []),
      ...replicaErrors(value, statusReplicasPath),
      ...(labelSelectorPath ? selectorErrors(value, labelSelectorPath) : []),
    ];
  }
}

function plain(object: KubeObject): JsonObject {
  return object as unknown as JsonObject;
}

function replicaErrors(value: JsonObject, path: string): readonly FieldError[] {
  const found = valueAt(value, path);
  if (found === undefined) return [];
  if (typeof found !== 'number' || !Number.isInteger(found)) {
    return [invalid(path, 0, wrongAccess(path, found, 'int64'))];
  }
  if (found < 0) return [invalid(path, found, 'should be a non-negative integer')];
  return found > maxInt32 ? [invalid(path, found, `should be less than or equal to ${maxInt32}`)] : [];
}

function selectorErrors(value: JsonObject, path: string): readonly FieldError[] {
  const found = valueAt(value, path);
  return found === undefined || typeof found === 'string'
    ? []
    : [invalid(path, '', wrongAccess(path, found, 'string'))];
}

/** Upstream: the errors of apimachinery's unstructured.Nested… */
function wrongAccess(path: string, found: Json, expected: string): string {
  const type = Array.isArray(found)
    ? '[]interface {}'
    : isJsonObject(found)
      ? 'map[string]interface {}'
      : { string: 'string', boolean: 'bool', number: 'float64' }[typeof found as 'string'];
  return `${path} accessor error: ${String(found)} is of the type ${type ?? '<nil>'}, expected ${expected}`;
}

/** Dots only. */
export function valueAt(value: Json, path: string): Json | undefined {
  let at: Json | undefined = value;
  for (const part of path.split('.').filter(Boolean)) {
    at = isJsonObject(at) && Object.hasOwn(at, part) ? at[part] : undefined;
  }
  return at;
}
