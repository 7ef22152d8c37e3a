import type { IPAddress } from '../../../api/generated/types.ts';
import { checkDns1123Subdomain, checkPathSegmentName, required, type FieldError } from '../../../api/index.ts';
import type { ResourceDefinition } from '../resource-definition.ts';
import { immutableAs } from './internal-form/shown.ts';
import { addInvalid } from './label-validation.ts';
import { ageCell, ageColumn, column, nameColumn } from './table.ts';

/** An address that a Service uses. Upstream: pkg/registry/networking/ipaddress */
export const ipAddresses: ResourceDefinition<IPAddress> = {
  group: 'networking.k8s.io',
  version: 'v1',
  resource: 'ipaddresses',
  kind: 'IPAddress',
  singular: 'ipaddress',
  shortNames: ['ip'],
  isNamespaced: false,
  schema: 'io.k8s.api.networking.v1.IPAddress',
  nameFormat: 'ip-address',
  validate: validateAddress,
  validateUpdate: (next, old) => {
    const errors: FieldError[] = [];
    immutableAs(errors, next.spec?.parentRef, old.spec?.parentRef, 'spec.parentRef', '*ParentReference');
    return errors;
  },
  columns: [nameColumn, column('ParentRef', 'string', 'Who uses the address.'), ageColumn],
  row: (address, context) => [address.metadata.name, parentCell(address), ageCell(address, context)],
};

function parentCell({ spec }: IPAddress): string {
  if (!spec?.parentRef) return '<none>';
  const { group, resource, namespace, name } = spec.parentRef;
  const kind = (group ? `${resource}.${group}` : resource).toLowerCase();
  return [kind, ...(namespace ? [namespace] : []), name].join('/');
}

/** Upstream: validateIPAddressParentReference in pkg/apis/networking/validation/validation.go */
function validateAddress({ spec }: IPAddress): readonly FieldError[] {
  if (!spec?.parentRef) return [required('spec.parentRef')];
  const errors: FieldError[] = [];
  const { group, resource, name, namespace } = spec.parentRef;
  const path = 'spec.parentRef';
  if (group) addInvalid(errors, `${path}.group`, group, checkDns1123Subdomain(group));
  for (const [field, value] of Object.entries({ resource, name })) {
    if (value) addInvalid(errors, `${path}.${field}`, value, checkPathSegmentName(value));
    else errors.push(required(`${path}.${field}`));
  }
  if (namespace) addInvalid(errors, `${path}.namespace`, namespace, checkPathSegmentName(namespace));
  return errors;
}
