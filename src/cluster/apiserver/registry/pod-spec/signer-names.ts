import {
  checkDns1123Label,
  checkDns1123Subdomain,
  dns1123SubdomainMaxLength,
  goQuote,
  invalid,
  required,
  tooLong,
  type FieldError,
} from '../../../../api/index.ts';

/**
 * Who signs certificates: `example.com/my-signer`.
 * Upstream: pkg/apis/core/validation/names.go
 */
export function validateSignerName(errors: FieldError[], name: string, path: string): void {
  if (!name) {
    errors.push(required(path));
    return;
  }
  const [domain = '', signer, ...rest] = name.split('/');
  if (signer === undefined || rest.length > 0) {
    const detail = "must be a fully qualified domain and path of the form 'example.com/signer-name'";
    errors.push(invalid(path, name, detail));
    return;
  }
  if (domain.length > dns1123SubdomainMaxLength) errors.push(tooLong(path, dns1123SubdomainMaxLength));
  const labels = domain.split('.');
  firstProblems(errors, path, domain, labels, checkDns1123Label);
  if (labels.length < 2) {
    errors.push(invalid(path, domain, 'should be a domain with at least two segments separated by dots'));
  }
  firstProblems(errors, path, signer, signer.split('.'), checkDns1123Subdomain);
  if (name.length > maxLength) errors.push(tooLong(path, maxLength));
}

/** A domain, a slash, and the name of a namespaced object with its namespace. */
const maxLength = 2 * dns1123SubdomainMaxLength + 63 + 2;

function firstProblems(
  errors: FieldError[],
  path: string,
  shown: string,
  labels: readonly string[],
  check: (label: string) => readonly string[],
): void {
  for (const label of labels) {
    const problems = check(label);
    for (const problem of problems) {
      errors.push(invalid(path, shown, `validating label ${goQuote(label)}: ${problem}`));
    }
    if (problems.length > 0) return;
  }
}

export function isKubernetesSigner(name: string): boolean {
  const domain = name.split('/')[0]!;
  return domain === 'kubernetes.io' || domain.endsWith('.kubernetes.io');
}

/** A ClusterTrustBundle of one signer is called `example.com:my-signer:name`. */
export function checkTrustBundleName(name: string): readonly string[] {
  return checkDns1123Subdomain(name.slice(name.lastIndexOf(':') + 1));
}
