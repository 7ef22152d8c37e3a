import { notSupported, required, type FieldError } from '../../../../api/index.ts';

const pullPolicies = ['Always', 'IfNotPresent', 'Never'];

export function validatePullPolicy(errors: FieldError[], policy: string | undefined, path: string): void {
  if (!policy) errors.push(required(path));
  else if (!pullPolicies.includes(policy)) errors.push(notSupported(path, policy, pullPolicies));
}

/**
 * What pulls when nothing says how: an image without a tag is `:latest`, and `:latest` may have changed. Names that are
 * no image references are left for the kubelet to refuse.
 * Upstream: SetDefaults_Container in pkg/apis/core/v1/defaults.go, pkg/util/parsers/parsers.go
 */
export function defaultPullPolicy(image: string): 'Always' | 'IfNotPresent' {
  const [reference = '', digest] = image.split('@');
  const tag = /:([^:/]*)$/.exec(reference)?.[1];
  const isLatest = tag === undefined ? digest === undefined : tag === 'latest';
  return isLatest && isReference.test(reference) ? 'Always' : 'IfNotPresent';
}

const isReference =
  /^(?:[a-zA-Z0-9.-]+(?::[0-9]+)?\/|\[[a-fA-F0-9:]+\](?::[0-9]+)?\/)?[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?$/;
