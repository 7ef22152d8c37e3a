import type { Affinity, LabelSelector, PodAffinity, PodAffinityTerm } from '../../../../api/generated/types.ts';
import { checkDns1123Label, forbiddenField, invalid, required, type FieldError } from '../../../../api/index.ts';
import { addInvalid, validateLabelName, validateLabelSelector } from '../label-validation.ts';
import { validateNodeSelector, validatePreferredTerms } from './node-selectors.ts';

/** Where a pod wants to be: on which nodes, and near or far from which pods. Upstream: validateAffinity */
export function validateAffinity(errors: FieldError[], affinity: Affinity | undefined, path: string): void {
  if (!affinity) return;
  const { nodeAffinity, podAffinity, podAntiAffinity } = affinity;
  if (nodeAffinity) {
    const { requiredDuringSchedulingIgnoredDuringExecution: hard } = nodeAffinity;
    if (hard) validateNodeSelector(errors, hard, `${path}.nodeAffinity.${requiredField}`);
    const soft = nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution;
    validatePreferredTerms(errors, soft, `${path}.nodeAffinity.${preferredField}`);
  }
  if (podAffinity) validatePodAffinity(errors, podAffinity, `${path}.podAffinity`);
  if (podAntiAffinity) validatePodAffinity(errors, podAntiAffinity, `${path}.podAntiAffinity`);
}

const requiredField = 'requiredDuringSchedulingIgnoredDuringExecution';
const preferredField = 'preferredDuringSchedulingIgnoredDuringExecution';

function validatePodAffinity(errors: FieldError[], affinity: PodAffinity, path: string): void {
  affinity.requiredDuringSchedulingIgnoredDuringExecution?.forEach((term, at) => {
    validatePodTerm(errors, term, `${path}.${requiredField}[${at}]`);
  });
  affinity.preferredDuringSchedulingIgnoredDuringExecution?.forEach(({ weight, podAffinityTerm }, at) => {
    const itemPath = `${path}.${preferredField}[${at}]`;
    if (!(weight > 0 && weight <= 100)) {
      errors.push(invalid(`${itemPath}.weight`, weight ?? 0, 'must be in the range 1-100'));
    }
    validatePodTerm(errors, podAffinityTerm, `${itemPath}.podAffinityTerm`);
  });
}

function validatePodTerm(errors: FieldError[], term: PodAffinityTerm, path: string): void {
  validateLabelSelector(errors, term.labelSelector, `${path}.labelSelector`);
  validateLabelSelector(errors, term.namespaceSelector, `${path}.namespaceSelector`);
  for (const name of term.namespaces ?? []) addInvalid(errors, `${path}.namespace`, name, checkDns1123Label(name));
  validateLabelKeys(errors, term, path);
  const { topologyKey = '' } = term;
  if (!topologyKey) errors.push(required(`${path}.topologyKey`, 'can not be empty'));
  validateLabelName(errors, topologyKey, `${path}.topologyKey`);
}

/** `matchLabelKeys` take their values from the pod itself. Upstream: ValidateMatchLabelKeysAndMismatchLabelKeys */
export function validateLabelKeys(
  errors: FieldError[],
  keys: {
    readonly matchLabelKeys?: readonly string[];
    readonly mismatchLabelKeys?: readonly string[];
    readonly labelSelector?: LabelSelector;
  },
  path: string,
): void {
  const { matchLabelKeys = [], mismatchLabelKeys = [], labelSelector } = keys;
  if (matchLabelKeys.length === 0 && mismatchLabelKeys.length === 0) return;
  validateKeyList(errors, matchLabelKeys, labelSelector, `${path}.matchLabelKeys`);
  validateKeyList(errors, mismatchLabelKeys, labelSelector, `${path}.mismatchLabelKeys`);
  const selected = new Set(Object.keys(labelSelector?.matchLabels ?? {}));
  for (const { key } of labelSelector?.matchExpressions ?? []) {
    const at = matchLabelKeys.lastIndexOf(key);
    if (at >= 0 && selected.has(key)) {
      errors.push(invalid(`${path}[${at}]`, key, 'exists in both matchLabelKeys and labelSelector'));
    }
    selected.add(key);
  }
  matchLabelKeys.forEach((key, at) => {
    if (mismatchLabelKeys.includes(key)) {
      const detail = 'exists in both matchLabelKeys and mismatchLabelKeys';
      errors.push(invalid(`${path}.matchLabelKeys[${at}]`, key, detail));
    }
  });
}

function validateKeyList(
  errors: FieldError[],
  keys: readonly string[],
  selector: LabelSelector | undefined,
  path: string,
): void {
  if (keys.length === 0) return;
  if (!selector) errors.push(forbiddenField(path, 'must not be specified when labelSelector is not set'));
  else keys.forEach((key, at) => validateLabelName(errors, key, `${path}[${at}]`));
}
