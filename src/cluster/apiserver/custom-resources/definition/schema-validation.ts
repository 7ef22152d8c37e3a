import { forbiddenField, invalid, type FieldError } from '../../../../api/index.ts';
import { preserveUnknownFields, validations, type JsonSchema } from '../json-schema.ts';
import { validateRules } from './compiled-rule-validation.ts';
import { validateDefaults } from './default-validation.ts';
import { SchemaRules } from './schema-rules.ts';
import { validateStructure } from './structural-validation.ts';

/** What may stand at the root of a schema whose status is checked on its own: Go's names, and ours. */
const rootFields: Readonly<Record<string, string>> = {
  Description: 'description',
  Type: 'type',
  Format: 'format',
  Title: 'title',
  Maximum: 'maximum',
  ExclusiveMaximum: 'exclusiveMaximum',
  Minimum: 'minimum',
  ExclusiveMinimum: 'exclusiveMinimum',
  MaxLength: 'maxLength',
  MinLength: 'minLength',
  Pattern: 'pattern',
  MaxItems: 'maxItems',
  MinItems: 'minItems',
  UniqueItems: 'uniqueItems',
  MultipleOf: 'multipleOf',
  Required: 'required',
  Items: 'items',
  Properties: 'properties',
  ExternalDocs: 'externalDocs',
  Example: 'example',
  XPreserveUnknownFields: preserveUnknownFields,
  XValidations: validations,
};

/**
 * Upstream: validateCustomResourceDefinitionValidation in apiextensions-apiserver/pkg/apis/apiextensions/validation/validation.go
 * @param path `spec.validation` or `spec.versions[0].schema`
 */
export function validateSchema(schema: JsonSchema, path: string, hasStatus: boolean): readonly FieldError[] {
  const errors: FieldError[] = [];
  const schemaPath = `${path}.openAPIV3Schema`;
  if (hasStatus) errors.push(...rootErrors(schema, schemaPath));
  if (schema.nullable) errors.push(forbiddenField(`${schemaPath}.nullable`, 'nullable cannot be true at the root'));
  const structural = validateStructure(schema, schemaPath);
  if (structural.length > 0) errors.push(...structural);
  else errors.push(...validateDefaults(schema, schemaPath));
  const rules = new SchemaRules();
  rules.check(schema, schemaPath, { isRoot: true });
  errors.push(...rules.errors);
  // Of rules in a wrong schema nothing useful can be said.
  return errors.length > 0 ? errors : validateRules(schema, schemaPath);
}

function rootErrors(schema: JsonSchema, path: string): readonly FieldError[] {
  const isSet = ([, value]: readonly [string, unknown]): boolean =>
    value !== undefined && value !== '' && value !== false;
  for (const [field] of Object.entries(schema).filter(isSet)) {
    if (field === 'type' && schema.type !== 'object') {
      const detail =
        'only "object" is allowed as the type at the root of the schema if the status subresource is enabled';
      return [invalid(`${path}.type`, schema.type, detail)];
    }
    if (Object.values(rootFields).includes(field)) continue;
    const names = Object.keys(rootFields).join(' ');
    const detail = `only [${names}] fields are allowed at the root of the schema if the status subresource is enabled`;
    return [invalid(path, schema, detail)];
  }
  return [];
}
