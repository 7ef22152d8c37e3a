import type { LabelSelector, PodTemplateSpec } from '../../../../api/generated/types.ts';
import {
  forbiddenField,
  invalid,
  matchesLabels,
  notSupported,
  queryFromLabelSelector,
  required,
  SelectorError,
  type FieldError,
  type LabelQuery,
} from '../../../../api/index.ts';
import { invalidAs } from '../internal-form/shown.ts';
import { validateLabelSelector } from '../label-validation.ts';
import { validatePodTemplate } from '../pod-spec/validate-pod-spec.ts';

/**
 * What all kinds that make pods ask of their selector and template.
 * Upstream: pkg/apis/apps/validation/validation.go
 */
export function validateWorkloadSelector(
  errors: FieldError[],
  selector: LabelSelector | undefined,
  path: string,
  noun: string,
): void {
  if (!selector) {
    errors.push(required(path));
    return;
  }
  validateLabelSelector(errors, selector, path);
  const count = Object.keys(selector.matchLabels ?? {}).length + (selector.matchExpressions?.length ?? 0);
  if (count === 0) errors.push(invalid(path, selector, `empty selector is invalid for ${noun}`));
}

/** The query, or undefined with the error added when the selector makes no sense. */
export function queryOf(
  errors: FieldError[],
  selector: LabelSelector | undefined,
  path: string,
  detail: string,
): { readonly query: LabelQuery } | undefined {
  try {
    return { query: queryFromLabelSelector(selector) };
  } catch (error) {
    if (!(error instanceof SelectorError)) throw error;
    errors.push(invalidAs(path, selector, '*LabelSelector', detail));
    return undefined;
  }
}

export function validateTemplateLabels(
  errors: FieldError[],
  template: PodTemplateSpec | undefined,
  query: LabelQuery,
  path: string,
): void {
  const labels = template?.metadata?.labels;
  if (query?.length === 0 || matchesLabels(query, labels ?? {})) return;
  errors.push(invalid(`${path}.metadata.labels`, labels ?? null, '`selector` does not match template `labels`'));
}

/** Pods of a Deployment and its kin run until they are taken away. */
export function validateEndlessTemplate(
  errors: FieldError[],
  template: PodTemplateSpec,
  path: string,
  kind: string,
): void {
  const { restartPolicy = '', activeDeadlineSeconds } = template.spec ?? {};
  if (restartPolicy !== 'Always') {
    errors.push(notSupported(`${path}.spec.restartPolicy`, restartPolicy, ['Always']));
  }
  if (activeDeadlineSeconds !== undefined) {
    const detail = `activeDeadlineSeconds in ${kind} is not Supported`;
    errors.push(forbiddenField(`${path}.spec.activeDeadlineSeconds`, detail));
  }
}

/** Upstream: ValidatePodTemplateSpecForReplicaSet; Deployments share it, and with it what it says. */
export function validateReplicaTemplate(
  errors: FieldError[],
  { selector, template }: { readonly selector: LabelSelector; readonly template?: PodTemplateSpec },
  path: string,
): void {
  const parsed = queryOf(errors, selector, `${path}.selector`, 'invalid label selector');
  if (!parsed) return;
  if (!template) {
    errors.push(required(`${path}.template`));
    return;
  }
  validateTemplateLabels(errors, template, parsed.query, `${path}.template`);
  validatePodTemplate(errors, template, `${path}.template`);
  validateEndlessTemplate(errors, template, `${path}.template`, 'ReplicaSet');
}
