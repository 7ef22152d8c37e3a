import {
  forbiddenField,
  invalid,
  isJsonObject,
  notSupported,
  required,
  type FieldError,
} from '../../../../api/index.ts';
import {
  embeddedResource,
  hasAdditionalProperties,
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
import { metaFields } from '../prune.ts';
import { validateRuleTexts } from './rule-validation.ts';

const types = ['array', 'boolean', 'integer', 'number', 'object', 'string'];

interface Place {
  readonly isRoot?: boolean;
  readonly isInMetadata?: boolean;
  /** Why no defaults are allowed here; absent where they are. */
  readonly noDefaults?: string;
}

/** Upstream: ValidateCustomResourceDefinitionOpenAPISchema and specStandardValidatorV3 in apiextensions' validation.go */
export class SchemaRules {
  readonly errors: FieldError[] = [];

  check(schema: JsonSchema | undefined, path: string, place: Place = {}): void {
    if (!schema) return;
    this.#standard(schema, path, place);
    if (schema.uniqueItems) {
      const why = 'uniqueItems cannot be set to true since the runtime complexity becomes quadratic';
      this.errors.push(forbiddenField(`${path}.uniqueItems`, why));
    }
    this.#additionalProperties(schema, path, place);
    this.#properties(schema, path, place);
    this.#nested(schema, path, place);
    this.#extensions(schema, path);
    if (schema[validations]) this.errors.push(...validateRuleTexts(schema, path));
  }

  #standard(schema: JsonSchema, path: string, place: Place): void {
    const { type = '' } = schema;
    if (type && !types.includes(type)) this.errors.push(notSupported(`${path}.type`, type, types));
    if (schema.default !== undefined && schema.default !== null && place.noDefaults !== undefined) {
      this.errors.push(forbiddenField(`${path}.default`, `must not be set ${place.noDefaults}`));
    }
    const unsupported = ['id', 'additionalItems', 'patternProperties', 'definitions', 'dependencies', '$ref'] as const;
    for (const field of unsupported) {
      if (schema[field] !== undefined)
        this.errors.push(forbiddenField(`${path}.${field}`, `${field} is not supported`));
    }
    if (type === 'null') {
      const detail = 'type cannot be set to null, use nullable as an alternative';
      this.errors.push(forbiddenField(`${path}.type`, detail));
    }
    if (Array.isArray(schema.items) && schema.items.length > 0) {
      this.errors.push(forbiddenField(`${path}.items`, 'items must be a schema object and not an array'));
    }
    if (place.isInMetadata && schema[embeddedResource]) {
      const detail = 'must not be used inside of resource meta';
      this.errors.push(forbiddenField(`${path}.x-kubernetes-embedded-resource`, detail));
    }
  }

  #additionalProperties(schema: JsonSchema, path: string, place: Place): void {
    if (!hasAdditionalProperties(schema)) return;
    const hasProperties = Object.keys(schema.properties ?? {}).length > 0;
    if (hasProperties && schema.additionalProperties !== true) {
      const detail = 'additionalProperties and properties are mutual exclusive';
      this.errors.push(forbiddenField(`${path}.additionalProperties`, detail));
    }
    const below = place.isInMetadata
      ? { isInMetadata: true, noDefaults: 'inside additionalProperties applying to object metadata' }
      : inner(place);
    this.check(valuesOf(schema), `${path}.additionalProperties`, below);
  }

  #properties(schema: JsonSchema, path: string, place: Place): void {
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      let below = inner(place);
      if ((place.isRoot || schema[embeddedResource]) && metaFields.has(name)) {
        below = { ...below, isInMetadata: true, ...(place.isRoot && { noDefaults: `in top-level ${name}` }) };
      }
      this.check(property, `${path}.properties[${name}]`, below);
    }
  }

  #nested(schema: JsonSchema, path: string, place: Place): void {
    const below = inner(place);
    this.check(schema.not, `${path}.not`, below);
    for (const field of ['allOf', 'oneOf', 'anyOf'] as const) {
      schema[field]?.forEach((part, at) => this.check(part, `${path}.${field}[${at}]`, below));
    }
    this.check(itemsOf(schema), `${path}.items`, below);
  }

  #extensions(schema: JsonSchema, path: string): void {
    const { type = '', [preserveUnknownFields]: keeps, [mapType]: map, [listType]: list } = schema;
    if (keeps === false) {
      this.errors.push(invalid(`${path}.x-kubernetes-preserve-unknown-fields`, false, 'must be true or undefined'));
    }
    const needType = (wanted: string, extension: string): void => {
      const detail = `must be ${wanted} if ${extension} is specified`;
      this.errors.push(type ? invalid(`${path}.type`, type, detail) : required(`${path}.type`, detail));
    };
    if (map !== undefined && type !== 'object') needType('object', 'x-kubernetes-map-type');
    if (map !== undefined && map !== 'atomic' && map !== 'granular') {
      this.errors.push(notSupported(`${path}.x-kubernetes-map-type`, map, ['atomic', 'granular']));
    }
    if (list !== undefined && type !== 'array') needType('array', 'x-kubernetes-list-type');
    else if (list === 'set') this.#setItems(itemsOf(schema), path);
    if (list !== undefined && !['atomic', 'set', 'map'].includes(list)) {
      this.errors.push(notSupported(`${path}.x-kubernetes-list-type`, list, ['atomic', 'set', 'map']));
    }
    this.#listMap(schema, path);
    if (list === 'set' || list === 'map') this.#keyedItems(schema, path, list);
  }

  #setItems(items: JsonSchema | undefined, path: string): void {
    const detail = 'must be atomic as item of a list with x-kubernetes-list-type=set';
    const [list, map] = [items?.[listType], items?.[mapType]];
    if (items?.type === 'array' && list !== undefined && list !== 'atomic') {
      this.errors.push(invalid(`${path}.items.x-kubernetes-list-type`, list, detail));
    }
    if (items?.type === 'object' && map !== 'atomic') {
      this.errors.push(invalid(`${path}.items.x-kubernetes-map-type`, null, detail));
    }
  }

  #listMap(schema: JsonSchema, path: string): void {
    const list = schema[listType];
    const keys = schema[listMapKeys] ?? [];
    const listPath = `${path}.x-kubernetes-list-type`;
    const keysPath = `${path}.x-kubernetes-list-map-keys`;
    if (keys.length > 0 && list !== 'map') {
      const detail = 'must be map if x-kubernetes-list-map-keys is non-empty';
      this.errors.push(list === undefined ? required(listPath, detail) : invalid(listPath, list, detail));
    }
    if (list !== 'map') return;
    if (keys.length === 0) this.errors.push(required(keysPath, 'must not be empty if x-kubernetes-list-type is map'));
    const items = itemsOf(schema);
    if (!isJsonObject(schema.items)) {
      this.errors.push(required(`${path}.items`, 'must have a schema if x-kubernetes-list-type is map'));
    }
    if (!items) return;
    if (items.type !== 'object') {
      const detail = "must be object if parent array's x-kubernetes-list-type is map";
      this.errors.push(invalid(`${path}.items.type`, items.type ?? '', detail));
      return;
    }
    keys.forEach((key, at) => {
      const property = propertyOf(items, key);
      if (!property) this.errors.push(invalid(keysPath, keys, 'entries must all be names of item properties'));
      else if (property.type === 'array' || property.type === 'object') {
        const detail = "must be a scalar type if parent array's x-kubernetes-list-type is map";
        this.errors.push(invalid(`${path}.items.properties[${key}].type`, items.type, detail));
      }
      if (keys.indexOf(key) < at) this.errors.push(invalid(keysPath, keys, 'must not contain duplicate entries'));
    });
  }

  /** Upstream: validateMapListKeysMapSet */
  #keyedItems(schema: JsonSchema, path: string, list: string): void {
    const items = itemsOf(schema);
    if (!items) return;
    if (items.nullable) {
      const detail = `cannot be nullable when x-kubernetes-list-type is ${list}`;
      this.errors.push(forbiddenField(`${path}.items.nullable`, detail));
    }
    if (list !== 'map') return;
    const why = 'this property is in x-kubernetes-list-map-keys, so it';
    for (const key of schema[listMapKeys] ?? []) {
      const property = propertyOf(items, key);
      if (!property) continue;
      const keyPath = `${path}.items.properties[${key}]`;
      if (!items.required?.includes(key) && property.default === undefined) {
        this.errors.push(required(`${keyPath}.default`, `${why} must have a default or be a required property`));
      }
      if (property.nullable) this.errors.push(forbiddenField(`${keyPath}.nullable`, `${why} cannot be nullable`));
    }
  }
}

function inner({ isInMetadata, noDefaults }: Place): Place {
  return { ...(isInMetadata && { isInMetadata }), ...(noDefaults !== undefined && { noDefaults }) };
}
