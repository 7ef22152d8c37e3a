import { badRequest, goQuote, isJsonObject, scanJson, type JsonObject, type KubeObject } from '../../../api/index.ts';
import { DecodeError } from '../../../api/decode/decode-error.ts';
import { decodeJson, decodeObject, type Decoded, type DecodeWording } from '../../../api/decode/decode-object.ts';
import { invariant } from '../../../kernel/index.ts';
import type { SchemaCatalog } from '../../../api/schema/schema-catalog.ts';
import type { ObjectSchema } from '../../../api/schema/type-schema.ts';
import { serverSideApply, type ApplyContext } from '../../../api/managed-fields/server-side-apply.ts';
import type { FieldLedger } from '../managed-fields/field-ledger.ts';
import { parseText, type Body } from '../request/read-body.ts';
import type { FieldValidation } from '../request/query.ts';
import type { CustomForm, ResourceDefinition } from '../resource-definition.ts';
import { resetFieldsOf } from '../rest/reset-fields.ts';
import { apiVersionOf, decodeError, typeMetaOf, type TypeMeta } from './type-meta.ts';

export interface DecodeOptions {
  readonly fieldValidation: FieldValidation;
  readonly warn: (text: string) => void;
}

/** What the API server answers for a kind that it has never heard of. */
const scheme = 'pkg/api/legacyscheme/scheme.go:30';

/** Between what travels and what is stored. */
export class ObjectCodec {
  readonly #catalog: SchemaCatalog;
  readonly #ledger: FieldLedger;
  readonly #kinds: ReadonlySet<string>;

  constructor(catalog: SchemaCatalog, definitions: readonly ResourceDefinition[], ledger: FieldLedger) {
    this.#ledger = ledger;
    this.#catalog = catalog;
    this.#kinds = new Set(definitions.map((definition) => `${apiVersionOf(definition)} ${definition.kind}`));
  }

  schemaOf({ schema: name, custom }: Pick<ResourceDefinition, 'schema' | 'custom'>): ObjectSchema {
    if (custom) return custom.structure;
    const schema = this.#catalog.type(name);
    invariant(schema, `there is a schema ${name}`);
    return schema;
  }

  /** A body as an object of `definition`'s kind. Throws BadRequest, worded as upstream words it. */
  decode<T extends KubeObject>(body: Body, definition: ResourceDefinition<T>, options: DecodeOptions): T {
    const plain = definition as unknown as ResourceDefinition;
    let type: TypeMeta | undefined;
    try {
      const value = parseText(body.text, body.mediaType);
      type = typeMetaOf(value, plain);
      const { object, problems } = this.#read(body, value, plain, type);
      if (problems.length > 0 && options.fieldValidation === 'Strict') {
        throw new DecodeError(`strict decoding error: ${problems.join(', ')}`);
      }
      if (options.fieldValidation === 'Warn') for (const problem of problems) options.warn(problem);
      checkVersion(type, plain);
      return this.#typed(object, plain) as T;
    } catch (error) {
      if (error instanceof DecodeError) throw decodeError(error.message, body, plain, type);
      throw error;
    }
  }

  /** The options in a body, of whatever group they say they are. Throws BadRequest. */
  decodeOptions(body: Body, of: { readonly kind: string; readonly schema: string }): JsonObject {
    try {
      const value = parseText(body.text, body.mediaType);
      const kind = isJsonObject(value) ? value['kind'] : undefined;
      if (kind && kind !== of.kind) throw badRequest(`decoded object cannot be converted to ${of.kind}`);
      return decodeObject(value, this.schemaOf(of)).object;
    } catch (error) {
      if (error instanceof DecodeError) throw badRequest(error.message);
      throw error;
    }
  }

  /** A plain value as such an object; `problems` gets what a strict decoder objects to. Throws DecodeError. */
  fromValue<T extends KubeObject>(
    value: unknown,
    definition: ResourceDefinition<T>,
    problems: string[],
    wording: DecodeWording = 'decoder',
  ): T {
    const plain = definition as unknown as ResourceDefinition;
    const type = typeMetaOf(value, plain);
    this.#checkKind(type, plain);
    checkVersion(type, plain);
    if (plain.custom) {
      const custom = plain.custom.decode(value as JsonObject);
      problems.push(...custom.problems);
      return this.#typed(custom.object, plain) as T;
    }
    const decoded = decodeObject(value, this.schemaOf(plain), wording);
    problems.push(...decoded.problems);
    return this.#typed(decoded.object, plain) as T;
  }

  /** A stored object as clients get it: with its managedFields. */
  outgoing<T extends KubeObject>(object: T): T {
    return inWireOrder(this.#ledger.outgoing(object));
  }

  /** What a server-side apply makes of `stored`, managedFields included; `stored` itself when it changes nothing. */
  apply(
    stored: KubeObject | undefined,
    applied: JsonObject,
    definition: ResourceDefinition,
    context: Omit<ApplyContext, 'schema' | 'resetFields'>,
  ): KubeObject {
    this.#checkKind(typeMetaOf(applied, definition), definition);
    const live = stored && this.#ledger.outgoing(stored);
    const resetFields = resetFieldsOf(definition);
    const next = serverSideApply(live, applied, {
      ...context,
      schema: this.schemaOf(definition),
      ...(resetFields && { resetFields }),
    });
    return stored && next === live ? stored : next;
  }

  #read(body: Body, value: unknown, definition: ResourceDefinition, type: TypeMeta): Decoded {
    this.#checkKind(type, definition);
    if (definition.custom) return readCustom(body, value as JsonObject, definition.custom);
    const schema = this.schemaOf(definition);
    return body.mediaType === 'application/json' ? decodeJson(body.text, schema) : decodeObject(value, schema);
  }

  #checkKind(type: TypeMeta, definition: ResourceDefinition): void {
    // Of a custom resource any kind can be read; that it is the right one is a rule for the object.
    if (type.kind === definition.kind || definition.custom) return;
    const apiVersion = apiVersionOf(type);
    if (!this.#kinds.has(`${apiVersion} ${type.kind}`)) {
      const problem = `no kind ${JSON.stringify(type.kind)} is registered for version ${JSON.stringify(apiVersion)} in scheme ${JSON.stringify(scheme)}`;
      throw new DecodeError(problem);
    }
    const from = `${type.version}.${type.kind}`;
    const to = `${definition.group.split('.')[0] || 'core'}.${definition.kind}`;
    throw new DecodeError(`converting (${from}) to (${to}): unknown conversion`);
  }

  #typed(object: JsonObject, definition: ResourceDefinition): KubeObject {
    const metadata = isJsonObject(object['metadata']) ? object['metadata'] : {};
    const kind = definition.custom ? object['kind'] : definition.kind;
    return { ...object, apiVersion: apiVersionOf(definition), kind, metadata } as unknown as KubeObject;
  }
}

/** Upstream: the unstructured JSON scheme, and schemaCoercingDecoder in customresource_handler.go */
function readCustom(body: Body, value: JsonObject, custom: CustomForm): Decoded {
  if (!value['kind']) throw new DecodeError(`Object 'Kind' is missing in '${body.text}'`);
  const duplicates = body.mediaType === 'application/json' ? scanJson(body.text) : [];
  const { object, problems } = custom.decode(value);
  return { object, problems: [...duplicates.map((path) => `duplicate field ${goQuote(path)}`), ...problems] };
}

function checkVersion(type: TypeMeta, definition: ResourceDefinition): void {
  const given = apiVersionOf(type);
  const expected = apiVersionOf(definition);
  if (given === expected) return;
  throw badRequest(`the API version in the data (${given}) does not match the expected API version (${expected})`);
}

/** Go writes fields in the order of its structs: the type first, the status last. What components make need not have it. */
function inWireOrder<T extends KubeObject>(object: T): T {
  let position = 0;
  let isInOrder = true;
  let hasStatus = false;
  for (const key in object) {
    if (hasStatus || (position < leading.length && key !== leading[position])) isInOrder = false;
    hasStatus ||= key === 'status';
    position++;
  }
  if (isInOrder) return object;
  const { kind, apiVersion, metadata, status, ...rest } = object as T & { readonly status?: unknown };
  return { kind, apiVersion, metadata, ...rest, ...(status !== undefined && { status }) } as unknown as T;
}

const leading = ['kind', 'apiVersion', 'metadata'];
