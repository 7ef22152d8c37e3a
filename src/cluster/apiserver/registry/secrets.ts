import type { Secret } from '../../../api/generated/types.ts';
import { checkConfigMapKey, invalid, required, tooLong, type FieldError } from '../../../api/index.ts';
import type { ResourceDefinition } from '../resource-definition.ts';
import { base64Length, base64Of, textOfBase64 } from './base64.ts';
import { maxDataBytes, validateFrozen } from './data-validation.ts';
import { addInvalid } from './label-validation.ts';
import { immutable } from './meta-validation.ts';
import { fill, isZero } from './share.ts';
import { ageCell, ageColumn, column, nameColumn } from './table.ts';

/** Settings that not everybody may see. Upstream: pkg/registry/core/secret */
export const secrets: ResourceDefinition<Secret> = {
  group: '',
  version: 'v1',
  resource: 'secrets',
  kind: 'Secret',
  singular: 'secret',
  isNamespaced: true,
  schema: 'io.k8s.api.core.v1.Secret',
  defaults: (secret) => fill(withEncodedData(secret), { type: 'Opaque' }, isZero),
  // An update that says nothing of the type keeps it.
  prepareForUpdate: (next, old) => fill(next, { type: old.type ?? '' }, isZero),
  validate: validateSecret,
  validateUpdate: (next, old) => {
    const errors: FieldError[] = [];
    immutable(errors, next.type, old.type, 'type');
    return [...errors, ...validateFrozen(next, old, ['data'])];
  },
  selectableFields: { type: ({ type }) => type ?? '' },
  columns: [
    nameColumn,
    column('Type', 'string', 'What the secret is for.'),
    column('Data', 'string', 'How many keys there are.'),
    ageColumn,
  ],
  row: (secret, context) => [
    secret.metadata.name,
    secret.type ?? '',
    Object.keys(secret.data ?? {}).length,
    ageCell(secret, context),
  ],
};

/** `stringData` is for writing only. */
function withEncodedData(secret: Secret): Secret {
  if (!secret.stringData) return secret;
  const { stringData, ...rest } = secret;
  const encoded = Object.entries(stringData).map(([key, text]) => [key, base64Of(text)] as const);
  if (encoded.length === 0) return rest;
  return { ...rest, data: { ...secret.data, ...Object.fromEntries(encoded) } };
}

const redacted = '<secret contents redacted>';

function validateSecret(secret: Secret): readonly FieldError[] {
  const errors: FieldError[] = [];
  const { data = {}, type } = secret;
  let total = 0;
  for (const key in data) {
    addInvalid(errors, `data[${key}]`, key, checkConfigMapKey(key));
    total += base64Length(data[key]!);
  }
  if (total > maxDataBytes) errors.push(tooLong('data', maxDataBytes));
  const demand = (...keys: readonly string[]): void => {
    for (const key of keys) if (data[key] === undefined) errors.push(required(`data[${key}]`));
  };
  switch (type) {
    case 'kubernetes.io/service-account-token':
      if (!secret.metadata.annotations?.[accountName]) errors.push(required(`metadata.annotations[${accountName}]`));
      break;
    case 'kubernetes.io/dockercfg':
      demand('.dockercfg');
      validateJson(errors, data['.dockercfg'], 'data[.dockercfg]');
      break;
    case 'kubernetes.io/dockerconfigjson':
      demand('.dockerconfigjson');
      validateJson(errors, data['.dockerconfigjson'], 'data[.dockerconfigjson]');
      break;
    case 'kubernetes.io/basic-auth':
      if (data['username'] === undefined && data['password'] === undefined) demand('username', 'password');
      break;
    case 'kubernetes.io/ssh-auth':
      if (!data['ssh-privatekey']) errors.push(required('data[ssh-privatekey]'));
      break;
    case 'kubernetes.io/tls':
      demand('tls.crt', 'tls.key');
  }
  return errors;
}

const accountName = 'kubernetes.io/service-account.name';

function validateJson(errors: FieldError[], encoded: string | undefined, path: string): void {
  if (encoded === undefined) return;
  const text = textOfBase64(encoded);
  const problem = jsonObjectProblem(text);
  if (problem) errors.push(invalid(path, redacted, problem));
}

/** What Go's decoder says of text that is no JSON object. */
function jsonObjectProblem(text: string): string | undefined {
  if (text.trim() === '') return 'unexpected end of JSON input';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return syntaxProblem(text);
  }
  if (value === null || (typeof value === 'object' && !Array.isArray(value))) return undefined;
  const kind = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
  return `json: cannot unmarshal ${kind} into Go value of type map[string]interface {}`;
}

function syntaxProblem(text: string): string {
  const first = text.trimStart()[0]!;
  if (!/[[{"\-\dtfn]/.test(first)) return `invalid character '${first}' looking for beginning of value`;
  // Where exactly it goes wrong takes a parser of its own; most often the text just ends too soon.
  return 'unexpected end of JSON input';
}
