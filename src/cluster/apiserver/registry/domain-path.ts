import { checkDns1123Subdomain, invalid, regexProblem, required, type FieldError } from '../../../api/index.ts';
import { addInvalid } from './label-validation.ts';

const pathFormat = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";
const pathPattern = new RegExp(`^${pathFormat}$`);

/** `acme.io/foo`. Upstream: IsDomainPrefixedPath in apimachinery/pkg/util/validation/validation.go */
export function validateDomainPrefixedPath(errors: FieldError[], value: string, path: string): void {
  if (!value) {
    errors.push(required(path));
    return;
  }
  const slash = value.indexOf('/');
  const host = value.slice(0, Math.max(slash, 0));
  const rest = value.slice(slash + 1);
  if (!host || !rest) {
    errors.push(invalid(path, value, 'must be a domain-prefixed path (such as "acme.io/foo")'));
    return;
  }
  addInvalid(errors, path, host, checkDns1123Subdomain(host));
  if (!pathPattern.test(rest)) errors.push(invalid(path, rest, regexProblem('Invalid path', pathFormat)));
}
