import { badRequest, isJsonObject, type ApiError } from '../../../api/index.ts';
import { DecodeError } from '../../../api/decode/decode-error.ts';
import type { Body } from '../request/read-body.ts';
import type { ResourceDefinition } from '../resource-definition.ts';

/** `apiVersion` and `kind` of a body, with those of the resource where it says nothing. */
export interface TypeMeta {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/**
 * Upstream: apimachinery/pkg/runtime/serializer/json/json.go (Interpret, gvkWithDefaults)
 * @throws Error with upstream's text
 */
export function typeMetaOf(value: unknown, definition: ResourceDefinition): TypeMeta {
  if (!isJsonObject(value)) {
    const goStruct =
      'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }';
    throw new DecodeError(
      `couldn't get version/kind; json parse error: json: cannot unmarshal ${jsonTypeOf(value)} into Go value of type ${goStruct}`,
    );
  }
  for (const field of ['apiVersion', 'kind'] as const) {
    const text = value[field] ?? '';
    if (typeof text === 'string') continue;
    throw new DecodeError(
      `couldn't get version/kind; json parse error: json: cannot unmarshal ${jsonTypeOf(text)} into Go struct field .${field} of type string`,
    );
  }
  const apiVersion = (value['apiVersion'] ?? '') as string;
  const parts = apiVersion.split('/');
  if (parts.length > 2) throw new DecodeError(`unexpected GroupVersion string: ${apiVersion}`);
  const [group, version] = parts.length === 2 ? (parts as [string, string]) : ['', apiVersion];
  const kind = ((value['kind'] ?? '') as string) || definition.kind;
  if (version === '') return { group: definition.group, version: definition.version, kind };
  return { group, version, kind };
}

export function apiVersionOf({ group, version }: Pick<TypeMeta, 'group' | 'version'>): string {
  return group ? `${group}/${version}` : version;
}

function jsonTypeOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (value === null) return 'null';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

/** Upstream: transformDecodeError in apiserver/pkg/endpoints/handlers/rest.go */
export function decodeError(
  problem: string,
  body: Body,
  definition: ResourceDefinition,
  type: TypeMeta | undefined,
): ApiError {
  if (type) {
    return badRequest(
      `${type.kind} in version ${JSON.stringify(type.version)} cannot be handled as a ${definition.kind}: ${problem}`,
    );
  }
  return badRequest(
    `the object provided is unrecognized (must be of type ${definition.kind}): ${problem} (${summary(body.text)})`,
  );
}

const summaryLength = 30;

function summary(text: string): string {
  if (text === '') return '<empty>';
  const more = text.length > summaryLength ? ' ...' : '';
  const start = text.slice(0, summaryLength);
  if (text.startsWith('{')) return start + more;
  return [...start].map((character) => character.codePointAt(0)!.toString(16).padStart(2, '0')).join('') + more;
}
