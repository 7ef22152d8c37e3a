import type { CustomResourceDefinitionNames } from '../../../../api/generated/types.ts';
import { checkDns1035Label, invalid, type FieldError } from '../../../../api/index.ts';

/** Upstream: ValidateCustomResourceDefinitionNames in apiextensions-apiserver/pkg/apis/apiextensions/validation/validation.go */
export function validateNames(names: Partial<CustomResourceDefinitionNames>, path: string): readonly FieldError[] {
  const errors: FieldError[] = [];
  const { kind = '', listKind = '' } = names;
  for (const field of ['plural', 'singular'] as const) addLabelErrors(errors, names[field] ?? '', `${path}.${field}`);
  for (const field of ['kind', 'listKind'] as const) {
    const name = names[field] ?? '';
    const problems = name ? checkDns1035Label(name.toLowerCase()) : [];
    const detail = `may have mixed case, but should otherwise match: ${problems.join(',')}`;
    if (problems.length > 0) errors.push(invalid(`${path}.${field}`, name, detail));
  }
  names.shortNames?.forEach((name, at) => addLabelErrors(errors, name, `${path}.shortNames[${at}]`, true));
  if (kind && kind === listKind) {
    errors.push(invalid(`${path}.listKind`, listKind, 'kind and listKind may not be the same'));
  }
  names.categories?.forEach((name, at) => addLabelErrors(errors, name, `${path}.categories[${at}]`, true));
  return errors;
}

function addLabelErrors(errors: FieldError[], name: string, path: string, isNeeded = false): void {
  if (name === '' && !isNeeded) return;
  const problems = checkDns1035Label(name);
  if (problems.length > 0) errors.push(invalid(path, name, problems.join(',')));
}
