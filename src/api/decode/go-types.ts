/** What Go calls the types of the API, as decoding errors do. */
import type { TypeSchema } from '../schema/type-schema.ts';

/** `[]v1.Container`, `map[string]string`, `int32`. */
export function goTypeName(schema: TypeSchema): string {
  switch (schema.type) {
    case 'list':
      return `[]${goTypeName(schema.items)}`;
    case 'map':
      return schema.values.type === 'quantity' ? 'v1.ResourceList' : `map[string]${goTypeName(schema.values)}`;
    case 'object':
      return schema.name.split('.').slice(-2).join('.');
    case 'any':
      return schema.name ? schema.name.split('.').slice(-2).join('.') : 'interface {}';
    case 'boolean':
      return 'bool';
    case 'double':
      return 'float64';
    case 'bytes':
      return '[]uint8';
    case 'int-or-string':
      return 'int32';
    case 'quantity':
      return 'resource.Quantity';
    case 'time':
    case 'micro-time':
      return 'string';
    default:
      return schema.goType ?? schema.type;
  }
}

/**
 * What the converter from maps says of a value that does not fit: patched objects go through it, not through the decoder.
 * Upstream: apimachinery/pkg/runtime/converter.go
 */
export function conversionProblem(value: unknown, schema: TypeSchema): string {
  const kind = kindOf(value);
  switch (schema.type) {
    case 'object':
      return `cannot restore struct from: ${kind}`;
    case 'list':
    case 'bytes':
      return `cannot restore slice from ${kind}`;
    case 'map':
      return `cannot restore map from ${kind}`;
    case 'int-or-string':
    case 'time':
    case 'micro-time':
      return `json: cannot unmarshal ${wireType(value)} into Go value of type ${goTypeName(schema)}`;
    case 'string':
      return kind === 'int64' ? `cannot convert int64 to ${goTypeName(schema)}` : 'unrecognized type: string';
    case 'int32':
    case 'int64':
      return kind === 'float64' ? `cannot convert float64 to ${schema.type}` : `unrecognized type: ${schema.type}`;
    default:
      return `unrecognized type: ${goTypeName(schema)}`;
  }
}

/** How Go's decoder calls what the JSON has. */
export function wireType(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'slice';
  if (typeof value === 'object') return 'map';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  return wireType(value);
}
