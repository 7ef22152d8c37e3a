import {
  ApiError,
  apiErrorOfPatch,
  applyJsonPatch,
  applyMergePatch,
  applyStrategicMergePatch,
  badRequest,
  conflict,
  forbiddenField,
  goText,
  invalid,
  isJsonObject,
  notFound,
  PatchError,
  required,
  throwIfInvalid,
  type FieldError,
  type Json,
  type JsonObject,
  type KubeObject,
} from '../../../api/index.ts';
import { DecodeError } from '../../../api/decode/decode-error.ts';
import type { ApiResponse } from '../api-request.ts';
import { unsupportedMediaType } from '../request/accept.ts';
import { readChangeOptions, type ChangeOptions } from '../request/query.ts';
import { parseText, readText } from '../request/read-body.ts';
import { inNamespace } from '../rest/object-meta.ts';
import { checkName } from './create.ts';
import { managerOf, respondObject, type Scope } from './scope.ts';

const patchTypes = {
  'application/json-patch+json': 'json',
  'application/merge-patch+json': 'merge',
  'application/strategic-merge-patch+json': 'strategic',
  'application/apply-patch+yaml': 'apply',
} as const;

type PatchType = (typeof patchTypes)[keyof typeof patchTypes];

const maxJsonPatchOperations = 10_000;

/** Upstream: apiserver/pkg/endpoints/handlers/patch.go */
export function patchObject(scope: Scope): ApiResponse {
  const { info, context, query } = scope;
  const contentType = scope.request.headers.get('content-type')?.split(';')[0]?.trim() ?? '';
  const type = Object.hasOwn(patchTypes, contentType) ? patchTypes[contentType as keyof typeof patchTypes] : undefined;
  if (!type || (type === 'strategic' && scope.definition.custom)) throw unsupportedMediaType(acceptedTypes(scope));
  const text = readText(scope.request);
  const options = readChangeOptions(query, 'PatchOptions', optionErrors(scope, type));
  const isApply = type === 'apply';
  const change = (stored: KubeObject | undefined): KubeObject => {
    // Even kinds that a PUT creates: a patch needs something to change.
    if (!isApply && !stored) throw notFound(scope.definition, info.name);
    const patched = isApply
      ? apply(scope, text, stored, options.fieldManager)
      : patch(scope, type, text, stored!, options);
    if (!stored && patched.metadata.uid) {
      const why = `uid mismatch: the provided object specified uid ${patched.metadata.uid}, and no existing object was found`;
      throw conflict(scope.definition, info.name, why);
    }
    if (patched === stored) return stored;
    const placed = inNamespace(patched, scope.definition.isNamespaced ? info.namespace : '');
    checkName(placed, info.name, info.namespace);
    return placed;
  };
  const { object, isNew } = scope.store.update(info.namespace, info.name, change, {
    context,
    fieldManager: managerOf(scope, options.fieldManager),
    isDryRun: options.isDryRun,
    warn: (warning) => void scope.warnings.push(warning),
    subresource: info.subresource,
    mayCreate: isApply && info.subresource === '',
    isApply,
  });
  return respondObject(scope, isNew ? 201 : 200, object);
}

/** A strategic merge needs to know more of a type than a custom resource says. */
function acceptedTypes({ definition }: Scope): readonly string[] {
  return Object.keys(patchTypes).filter((type) => !definition.custom || !type.includes('strategic'));
}

function optionErrors({ query }: Scope, type: PatchType): readonly FieldError[] {
  if (type === 'apply') {
    return query.text('fieldManager') ? [] : [required('fieldManager', 'is required for apply patch')];
  }
  return query.text('force') === undefined ? [] : [forbiddenField('force', 'may not be specified for non-apply patch')];
}

function apply(scope: Scope, text: string, stored: KubeObject | undefined, manager: string): KubeObject {
  let applied: unknown;
  try {
    applied = parseText(text, 'application/yaml');
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    throw badRequest(`error decoding YAML: ${error.message}`);
  }
  if (!isJsonObject(applied))
    throw badRequest('error decoding YAML: json: cannot unmarshal into Go value of type map[string]interface {}');
  const { info, query, context, definition } = scope;
  return scope.codec.apply(stored, applied, definition, {
    manager,
    isForced: query.boolean('force') ?? false,
    nowText: context.now,
    ...(info.subresource && { subresource: info.subresource }),
  });
}

function patch(
  scope: Scope,
  type: Exclude<PatchType, 'apply'>,
  text: string,
  stored: KubeObject,
  options: ChangeOptions,
): KubeObject {
  const current = scope.codec.outgoing(stored) as unknown as JsonObject;
  const value = parsePatch(text, type);
  const patched = applied(scope, type, current, value);
  const strictErrors: string[] = [];
  const refuse = (problem: string): never => {
    const shown = type === 'strategic' ? goText(value) : JSON.stringify(patched);
    throwIfInvalid({ group: '', kind: '' }, '', [invalid('patch', shown, problem)]);
    throw badRequest(problem);
  };
  let next: KubeObject;
  try {
    const wording = type === 'strategic' ? 'converter' : 'decoder';
    next = scope.codec.fromValue<KubeObject>(patched, scope.definition, strictErrors, wording);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return refuse(error.message);
  }
  if (strictErrors.length > 0) {
    if (options.fieldValidation === 'Warn') scope.warnings.push(...strictErrors);
    else if (options.fieldValidation === 'Strict') refuse(`strict decoding error: ${strictErrors.join(', ')}`);
  }
  return next;
}

/** Throws a BadRequest for what is no JSON. */
export function parsePatch(text: string, type: PatchType): unknown {
  try {
    return parseText(text, 'application/json');
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    throw badRequest(type === 'strategic' ? error.message : `error decoding patch: ${error.message}`);
  }
}

function applied(scope: Scope, type: Exclude<PatchType, 'apply'>, current: JsonObject, value: unknown): Json {
  try {
    switch (type) {
      case 'json':
        checkOperations(value);
        return applyJsonPatch(current, value);
      case 'merge':
        return applyMergePatch(current, value);
      case 'strategic':
        return applyStrategicMergePatch(current, value as JsonObject, scope.codec.schemaOf(scope.definition));
    }
  } catch (error) {
    if (error instanceof PatchError) throw apiErrorOfPatch(error);
    throw error;
  }
}

function checkOperations(value: unknown): void {
  if (!Array.isArray(value) || value.length <= maxJsonPatchOperations) return;
  const message = `Request entity too large: The allowed maximum operations in a JSON patch is ${maxJsonPatchOperations}, got ${value.length}`;
  throw new ApiError(413, 'RequestEntityTooLarge', message);
}
