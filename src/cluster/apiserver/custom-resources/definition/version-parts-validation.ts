import type {
  CustomResourceColumnDefinition,
  CustomResourceSubresources,
  SelectableField,
} from '../../../../api/generated/types.ts';
import { duplicate, invalid, required, tooMany, type FieldError } from '../../../../api/index.ts';
import type { JsonSchema } from '../json-schema.ts';
import { followPath } from './field-path.ts';

/** Parts of a version. Upstream: apiextensions-apiserver/pkg/apis/apiextensions/validation/validation.go */

const columnTypes = ['boolean', 'date', 'integer', 'number', 'string'];
const columnFormats = ['byte', 'date', 'date-time', 'double', 'float', 'int32', 'int64', 'password'];

export function validateColumn(column: CustomResourceColumnDefinition, path: string): readonly FieldError[] {
  const errors: FieldError[] = [];
  const { name, type, format = '', jsonPath } = column;
  const oneOf = (list: readonly string[]): string => `must be one of ${list.join(',')}`;
  if (!name) errors.push(required(`${path}.name`));
  if (!type) errors.push(required(`${path}.type`, oneOf(columnTypes)));
  else if (!columnTypes.includes(type)) errors.push(invalid(`${path}.type`, type, oneOf(columnTypes)));
  if (format && !columnFormats.includes(format)) errors.push(invalid(`${path}.format`, format, oneOf(columnFormats)));
  if (!jsonPath) errors.push(required(`${path}.JSONPath`));
  else errors.push(...pathErrors(jsonPath, `${path}.JSONPath`));
  return errors;
}

function pathErrors(jsonPath: string, path: string): readonly FieldError[] {
  return jsonPath.startsWith('.') ? [] : [invalid(path, jsonPath, 'must be a simple json path starting with .')];
}

export function validateSubresources({ scale }: CustomResourceSubresources, path: string): readonly FieldError[] {
  if (!scale) return [];
  const { specReplicasPath, statusReplicasPath, labelSelectorPath = '' } = scale;
  return [
    ...replicasPathErrors(specReplicasPath, '.spec.', `${path}.scale.specReplicasPath`),
    ...replicasPathErrors(statusReplicasPath, '.status.', `${path}.scale.statusReplicasPath`),
    ...(labelSelectorPath ? selectorPathErrors(labelSelectorPath, `${path}.scale.labelSelectorPath`) : []),
  ];
}

function replicasPathErrors(jsonPath: string, prefix: string, path: string): readonly FieldError[] {
  if (!jsonPath) return [required(path)];
  const errors = pathErrors(jsonPath, path);
  if (errors.length > 0 || jsonPath.startsWith(prefix)) return errors;
  return [invalid(path, jsonPath, `should be a json path under ${prefix.slice(0, -1)}`)];
}

function selectorPathErrors(jsonPath: string, path: string): readonly FieldError[] {
  const errors = pathErrors(jsonPath, path);
  if (errors.length > 0 || /^\.(?:spec|status)\./.test(jsonPath)) return errors;
  return [invalid(path, jsonPath, 'should be a json path under either .spec or .status')];
}

const maxSelectableFields = 8;
const selectableTypes = ['string', 'boolean', 'integer'];

export function validateSelectableFields(
  fields: readonly SelectableField[],
  schema: JsonSchema,
  path: string,
): readonly FieldError[] {
  const errors: FieldError[] = [];
  const seen = new Set<string>();
  fields.forEach(({ jsonPath }, at) => {
    const field = `${path}[${at}].jsonPath`;
    if (!jsonPath) {
      errors.push(required(field));
      return;
    }
    const found = followPath(jsonPath, schema, false);
    if (typeof found === 'string') {
      errors.push(invalid(field, jsonPath, `is an invalid path: ${found}`));
      return;
    }
    if (found.root === 'metadata') errors.push(invalid(field, jsonPath, 'must not point to fields in metadata'));
    if (!selectableTypes.includes(found.schema?.type ?? '')) {
      const rule =
        'must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed.';
      errors.push(invalid(field, jsonPath, rule));
    }
    if (seen.has(jsonPath)) errors.push(duplicate(field, jsonPath));
    seen.add(jsonPath);
  });
  if (seen.size > maxSelectableFields) errors.push(tooMany(path, seen.size, maxSelectableFields));
  return errors;
}

/** Upstream: validateDeprecationWarning */
export function deprecationProblems(isDeprecated: boolean, warning: string | undefined): readonly string[] {
  if (warning === undefined) return [];
  if (!isDeprecated) return ['can only be set for deprecated versions'];
  const problems: string[] = [];
  if (warning.length > 256) problems.push('must be <= 256 characters long');
  if (warning === '') problems.push('must not be an empty string');
  const unprintable = [...warning].findIndex((character) => /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u.test(character));
  if (unprintable >= 0) {
    const rule = 'must only contain printable UTF-8 characters; non-printable character found at index';
    problems.push(`${rule} ${unprintable}`);
  }
  return problems;
}
