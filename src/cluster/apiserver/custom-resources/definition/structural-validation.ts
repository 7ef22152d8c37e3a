import { goRegExp } from '../../../../api/go/go-regexp.ts';
import { forbiddenField, invalid, jsonEqual, required, type FieldError } from '../../../../api/index.ts';
import {
  embeddedResource,
  hasAdditionalProperties,
  intOrString,
  itemsOf,
  listMapKeys,
  listType,
  mapType,
  preserveUnknownFields,
  propertyOf,
  validations,
  valuesOf,
  type JsonSchema,
} from '../json-schema.ts';

type Level = 'root' | 'item' | 'field';

const emptyTypeDetails: Readonly<Record<Level, string>> = {
  root: 'must not be empty at the root',
  item: 'must not be empty for specified array items',
  field: 'must not be empty for specified object fields',
};

const integerOrString = [{ type: 'integer' }, { type: 'string' }];

/**
 * The structure of a schema is stated once, outside of anyOf and its likes; those only say more about values.
 * Upstream: apiextensions-apiserver/pkg/apiserver/schema/validation.go, complete.go
 */
export function validateStructure(schema: JsonSchema, path: string): readonly FieldError[] {
  const check = new StructureCheck();
  check.schema(schema, 'root', path);
  check.isComplete(schema, schema, path, path);
  return check.errors.toSorted((a, b) => {
    const [mine, theirs] = [`${a.field}: ${a.body}`, `${b.field}: ${b.body}`];
    return mine < theirs ? -1 : mine > theirs ? 1 : 0;
  });
}

class StructureCheck {
  readonly errors: FieldError[] = [];

  schema(schema: JsonSchema, level: Level, path: string): void {
    const { type = '' } = schema;
    const items = itemsOf(schema);
    if (type === 'array' && !items) this.errors.push(required(`${path}.items`, 'must be specified'));
    if (items) this.schema(items, 'item', `${path}.items`);
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      this.schema(property, 'field', `${path}.properties[${name}]`);
    }
    if (hasAdditionalProperties(schema)) {
      if (level === 'root')
        this.errors.push(forbiddenField(`${path}.additionalProperties`, 'must not be used at the root'));
      const values = valuesOf(schema);
      if (values) this.schema(values, 'field', `${path}.additionalProperties`);
    }
    this.#extensions(schema, path);
    this.#values(schema, level, path, {
      skipsAnyOf: jsonEqual(schema.anyOf ?? [], integerOrString),
      skipsFirstAnyOf: jsonEqual(schema.allOf?.[0]?.anyOf ?? [], integerOrString),
    });
    this.#type(schema, level, path);
    this.#metadata(schema, level, path);
  }

  #extensions(schema: JsonSchema, path: string): void {
    if (!schema[intOrString]) return;
    for (const field of [preserveUnknownFields, embeddedResource] as const) {
      const detail = 'must be false if x-kubernetes-int-or-string is true';
      if (schema[field]) this.errors.push(invalid(`${path}.${field}`, true, detail));
    }
  }

  #type(schema: JsonSchema, level: Level, path: string): void {
    const { type = '' } = schema;
    const isEmbedded = schema[embeddedResource] === true;
    const embeddedDetail = 'must be object if x-kubernetes-embedded-resource is true';
    if (isEmbedded && type !== 'object') {
      const error = type ? invalid(`${path}.type`, type, embeddedDetail) : required(`${path}.type`, embeddedDetail);
      this.errors.push(error);
    } else if (!type && !schema[intOrString] && !schema[preserveUnknownFields]) {
      this.errors.push(required(`${path}.type`, emptyTypeDetails[level]));
    }
    if (isEmbedded && hasAdditionalProperties(schema)) {
      const detail = 'must not be used if x-kubernetes-embedded-resource is set';
      this.errors.push(forbiddenField(`${path}.additionalProperties`, detail));
    }
    if (level === 'root' && type && type !== 'object') {
      this.errors.push(invalid(`${path}.type`, type, 'must be object at the root'));
    }
  }

  #metadata(schema: JsonSchema, level: Level, path: string): void {
    const isResource = level === 'root' || schema[embeddedResource] === true;
    for (const field of ['kind', 'apiVersion'] as const) {
      const property = propertyOf(schema, field);
      if (!isResource || !property || property.type === 'string') continue;
      this.errors.push(invalid(`${path}.properties[${field}].type`, property.type ?? '', 'must be string'));
    }
    const metadata = propertyOf(schema, 'metadata');
    if (metadata) this.#metadataSchema(metadata, isResource, level, `${path}.properties[metadata]`);
    if (schema[embeddedResource] && !schema[preserveUnknownFields] && !Object.keys(schema.properties ?? {}).length) {
      const detail =
        'must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields';
      this.errors.push(required(`${path}.properties`, detail));
    }
  }

  #metadataSchema(metadata: JsonSchema, isResource: boolean, level: Level, path: string): void {
    const { type = '', properties = {}, default: _default, ...rest } = metadata;
    if (isResource && type !== 'object') this.errors.push(invalid(`${path}.type`, type, 'must be object'));
    const others = Object.keys(properties).filter((name) => name !== 'name' && name !== 'generateName');
    if (level === 'root' && (others.length > 0 || Object.keys(rest).length > 0)) {
      const detail = 'must not specify anything other than name and generateName, but metadata is implicitly specified';
      this.errors.push(forbiddenField(path, detail));
    }
  }

  #values(
    schema: JsonSchema,
    level: Level,
    path: string,
    {
      skipsAnyOf = false,
      skipsFirstAnyOf = false,
    }: { readonly skipsAnyOf?: boolean; readonly skipsFirstAnyOf?: boolean },
  ): void {
    if (!skipsAnyOf) schema.anyOf?.forEach((part, at) => this.#nested(part, level, `${path}.anyOf[${at}]`));
    schema.allOf?.forEach((part, at) => this.#nested(part, level, `${path}.allOf[${at}]`, skipsFirstAnyOf && at === 0));
    schema.oneOf?.forEach((part, at) => this.#nested(part, level, `${path}.oneOf[${at}]`));
    if (schema.not) this.#nested(schema.not, level, `${path}.not`);
    const problem = schema.pattern ? patternProblem(schema.pattern) : undefined;
    if (problem !== undefined) {
      const detail = `must be a valid regular expression, but isn't: ${problem}`;
      this.errors.push(invalid(`${path}.pattern`, schema.pattern, detail));
    }
  }

  /** Within anyOf and its likes. */
  #nested(schema: JsonSchema, level: Level, path: string, skipsAnyOf = false): void {
    this.#values(schema, level, path, { skipsAnyOf });
    const items = itemsOf(schema);
    if (items) this.#nested(items, level, `${path}.items`);
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      this.#nested(property, 'field', `${path}.properties[${name}]`);
    }
    for (const [field, what] of forbiddenWithin) {
      const value = schema[field];
      if (value === undefined || value === '' || value === false || value === null) continue;
      if (Array.isArray(value) && value.length === 0) continue;
      this.errors.push(forbiddenField(`${path}.${field}`, `must be ${what} to be structural`));
    }
    if (propertyOf(schema, 'metadata')) {
      this.errors.push(forbiddenField(`${path}.properties[metadata]`, 'must not be specified in a nested context'));
    }
  }

  /** What is said about values must be about something that the structure has. */
  isComplete(values: JsonSchema, schema: JsonSchema | undefined, schemaPath: string, path: string): void {
    if (values.not) this.#completeWithin(values.not, schema, schemaPath, `${path}.not`);
    for (const field of ['allOf', 'anyOf', 'oneOf'] as const) {
      values[field]?.forEach((part, at) => this.#completeWithin(part, schema, schemaPath, `${path}.${field}[${at}]`));
    }
  }

  #completeWithin(values: JsonSchema, schema: JsonSchema | undefined, schemaPath: string, path: string): void {
    if (!schema) {
      this.errors.push(required(schemaPath, `because it is defined in ${path}`));
      return;
    }
    this.isComplete(values, schema, schemaPath, path);
    const items = itemsOf(values);
    if (items) this.#completeWithin(items, itemsOf(schema), `${schemaPath}.items`, `${path}.items`);
    for (const [name, property] of Object.entries(values.properties ?? {})) {
      const below = `properties[${name}]`;
      this.#completeWithin(property, propertyOf(schema, name), `${schemaPath}.${below}`, `${path}.${below}`);
    }
  }
}

const forbiddenWithin = [
  ['type', 'empty'],
  ['additionalProperties', 'undefined'],
  ['default', 'undefined'],
  ['title', 'empty'],
  ['description', 'empty'],
  ['nullable', 'false'],
  [preserveUnknownFields, 'false'],
  [embeddedResource, 'false'],
  [intOrString, 'false'],
  [listMapKeys, 'empty'],
  [listType, 'undefined'],
  [mapType, 'undefined'],
  [validations, 'empty'],
] as const;

function patternProblem(pattern: string): string | undefined {
  try {
    goRegExp(pattern);
    return undefined;
  } catch (error) {
    return `error parsing regexp: ${error instanceof Error ? error.message : String(error)}`;
  }
}
