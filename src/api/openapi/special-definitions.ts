/** Definitions that encode themselves, and what they look like in the two versions of OpenAPI. */
import type { JsonObject } from '../json.ts';

interface SpecialDefinition {
  readonly description: string;
  readonly v2: JsonObject;
  readonly v3: JsonObject;
}

const both = (description: string, schema: JsonObject): SpecialDefinition => ({ description, v2: schema, v3: schema });

const apiextensions = 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1';
const meta = 'io.k8s.apimachinery.pkg.apis.meta.v1';

export const specialDefinitions: Readonly<Record<string, SpecialDefinition>> = {
  'io.k8s.apimachinery.pkg.api.resource.Quantity': {
    description:
      'An exact amount: a number with an optional suffix. Decimal: n, u, m, k, M, G, T, P, E. Binary: Ki, Mi, Gi, Ti, Pi, Ei. Or an exponent: 12e6. The server writes it back without fractions and with the largest suffix that loses nothing: 1.5 becomes 1500m, 1024Mi becomes 1Gi.',
    v2: { type: 'string' },
    v3: { oneOf: [{ type: 'string' }, { type: 'number' }] },
  },
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': {
    description: 'A number or a text: a port by number or by name, an amount or a percentage.',
    v2: { type: 'string', format: 'int-or-string' },
    v3: { format: 'int-or-string', oneOf: [{ type: 'integer' }, { type: 'string' }] },
  },
  [`${meta}.Time`]: both('A time in RFC 3339, in whole seconds and UTC.', { type: 'string', format: 'date-time' }),
  [`${meta}.MicroTime`]: both('A time in RFC 3339 with microseconds.', { type: 'string', format: 'date-time' }),
  [`${meta}.Patch`]: both('The body of a patch request.', { type: 'object' }),
  [`${meta}.FieldsV1`]: both(
    'A set of fields as a tree. Its keys are f:<field>, k:<keys of a list element>, v:<value of a list element>, i:<index>, and a dot for the element itself.',
    { type: 'object' },
  ),
  'io.k8s.apimachinery.pkg.runtime.RawExtension': both('Any object.', { type: 'object' }),
  [`${apiextensions}.JSON`]: both('Any JSON value.', {}),
  [`${apiextensions}.JSONSchemaPropsOrArray`]: both('A schema or a list of schemas.', {}),
  [`${apiextensions}.JSONSchemaPropsOrBool`]: both('A schema or a boolean.', {}),
  [`${apiextensions}.JSONSchemaPropsOrStringArray`]: both('A schema or a list of names.', {}),
  [`${apiextensions}.CustomResourceSubresourceStatus`]: both(
    'Whether objects of the resource have a status of their own.',
    {
      type: 'object',
    },
  ),
};
