import type { PolicyRule } from '../../../../api/generated/types.ts';
import { invalid, required, type FieldError } from '../../../../api/index.ts';

/** What a role allows. Upstream: ValidatePolicyRule in pkg/apis/rbac/validation/validation.go */
export function validateRules(
  errors: FieldError[],
  rules: readonly PolicyRule[] | undefined,
  isNamespaced: boolean,
): void {
  rules?.forEach((rule, at) => {
    validateRule(errors, rule, `rules[${at}]`, isNamespaced);
  });
}

function validateRule(errors: FieldError[], rule: PolicyRule, path: string, isNamespaced: boolean): void {
  const { verbs = [], nonResourceURLs = [], apiGroups = [], resources = [], resourceNames = [] } = rule;
  if (verbs.length === 0) errors.push(required(`${path}.verbs`, 'verbs must contain at least one value'));
  if (nonResourceURLs.length > 0) {
    const urlsPath = `${path}.nonResourceURLs`;
    if (isNamespaced) {
      errors.push(invalid(urlsPath, nonResourceURLs, 'namespaced rules cannot apply to non-resource URLs'));
    }
    if (apiGroups.length + resources.length + resourceNames.length > 0) {
      const detail = 'rules cannot apply to both regular resources and non-resource URLs';
      errors.push(invalid(urlsPath, nonResourceURLs, detail));
    }
    return;
  }
  if (apiGroups.length === 0) {
    errors.push(required(`${path}.apiGroups`, 'resource rules must supply at least one api group'));
  }
  if (resources.length === 0) {
    errors.push(required(`${path}.resources`, 'resource rules must supply at least one resource'));
  }
}
