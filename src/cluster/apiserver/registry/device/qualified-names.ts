import {
  checkCIdentifier,
  checkDns1123Subdomain,
  invalid,
  required,
  tooLong,
  type FieldError,
} from '../../../../api/index.ts';
import { addInvalid } from '../label-validation.ts';

const maxDomain = 63;
const maxIdentifier = 32;

/** `driver.example.com/model`, or just `model`. Upstream: validateQualifiedName in pkg/apis/resource/validation */
export function validateQualifiedName(errors: FieldError[], name: string, path: string): void {
  if (name === '') {
    errors.push(required(path, 'name required'));
    return;
  }
  const parts = name.split('/');
  if (parts.length > 2) {
    errors.push(invalid(path, name, 'must be either <domain>/<identifier> or <identifier>'));
    return;
  }
  const [identifier = '', domain] = parts.reverse();
  if (domain !== undefined) {
    if (domain === '') errors.push(required(path, 'the domain must not be empty'));
    else if (domain.length > maxDomain) errors.push(tooLong(path, maxDomain));
    else addInvalid(errors, path, domain, checkDns1123Subdomain(domain));
  }
  if (identifier === '') errors.push(required(path, 'the name must not be empty'));
  else if (identifier.length > maxIdentifier) errors.push(tooLong(path, maxIdentifier));
  else addInvalid(errors, path, identifier, checkCIdentifier(identifier));
}

/** Where the domain may not be left out. Upstream: validateFullyQualifiedName */
export function validateFullyQualifiedName(errors: FieldError[], name: string, path: string): void {
  validateQualifiedName(errors, name, path);
  if (name !== '' && !name.includes('/')) errors.push(invalid(path, name, 'must include a domain'));
}
