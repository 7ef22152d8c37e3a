import type { FlowcontrolV1Subject } from '../../../../api/generated/types.ts';
import {
  checkDns1123Label,
  checkDns1123Subdomain,
  forbiddenField,
  notSupported,
  required,
  type FieldError,
} from '../../../../api/index.ts';
import { addInvalid } from '../label-validation.ts';

/** The field that goes with each kind. */
const fieldOf = { ServiceAccount: 'serviceAccount', User: 'user', Group: 'group' } as const;
/** In the order in which the fields that do not belong are complained about. */
const order = ['ServiceAccount', 'User', 'Group'] as const;

/** Whose requests. Upstream: ValidateFlowSchemaSubject in pkg/apis/flowcontrol/validation/validation.go */
export function validateFlowSubject(errors: FieldError[], subject: FlowcontrolV1Subject, path: string): void {
  const kind = order.find((known) => known === subject.kind);
  if (!kind) {
    errors.push(notSupported(`${path}.kind`, subject.kind, order.toSorted()));
    return;
  }
  const field = fieldOf[kind];
  const of = subject[field];
  if (!of) errors.push(required(`${path}.${field}`, `${field} is required when subject kind is '${kind}'`));
  else if (kind === 'ServiceAccount') validateAccount(errors, subject, `${path}.${field}`);
  else if (!of.name) errors.push(required(`${path}.${field}.name`));
  for (const other of order) {
    const otherField = fieldOf[other];
    if (other === kind || !subject[otherField]) continue;
    const detail = `${otherField} is forbidden when subject kind is not '${other}'`;
    errors.push(forbiddenField(`${path}.${otherField}`, detail));
  }
}

function validateAccount(errors: FieldError[], { serviceAccount }: FlowcontrolV1Subject, path: string): void {
  const { name = '', namespace = '' } = serviceAccount ?? {};
  if (!name) errors.push(required(`${path}.name`));
  else if (name !== '*') addInvalid(errors, `${path}.name`, name, checkDns1123Subdomain(name));
  if (namespace) addInvalid(errors, `${path}.namespace`, namespace, checkDns1123Label(namespace));
  else errors.push(required(`${path}.namespace`, 'must specify namespace for service account'));
}
