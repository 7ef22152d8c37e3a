import type { Job, PodTemplateSpec } from '../../../../api/generated/types.ts';
import {
  invalid,
  matchesLabels,
  queryFromLabelSelector,
  required,
  SelectorError,
  type FieldError,
} from '../../../../api/index.ts';
import { invalidAs } from '../internal-form/shown.ts';

/**
 * Labels that no other job's pods have, unless clients see to the selector themselves.
 * Upstream: generateSelector in pkg/registry/batch/job/strategy.go
 */
const controllerUid = 'batch.kubernetes.io/controller-uid';
const jobName = 'batch.kubernetes.io/job-name';
const oldControllerUid = 'controller-uid';
const oldJobName = 'job-name';

function generatedLabels({ metadata: { name, uid = '' } }: Job): Readonly<Record<string, string>> {
  return { [oldControllerUid]: uid, [oldJobName]: name, [controllerUid]: uid, [jobName]: name };
}

export function withGeneratedSelector(job: Job): Job {
  const { spec } = job;
  if (spec.manualSelector) return job;
  const {
    metadata: { uid = '' },
  } = job;
  const template: PodTemplateSpec = {
    ...spec.template,
    metadata: { ...spec.template.metadata, labels: { ...generatedLabels(job), ...spec.template.metadata?.labels } },
  };
  const selector = { ...spec.selector, matchLabels: { [controllerUid]: uid, ...spec.selector?.matchLabels } };
  return { ...job, spec: { ...spec, selector, template } };
}

/** What clients gave instead may not fit. */
export function validateGeneratedSelector(errors: FieldError[], job: Job): void {
  const { metadata, spec } = job;
  if (spec.manualSelector || !spec.selector) return;
  if (!metadata.uid) errors.push(required('metadata.uid'));
  const expected = generatedLabels(job);
  const labels = spec.template?.metadata?.labels;
  for (const key in expected) {
    const path = `spec.template.metadata.labels[${key}]`;
    const detail = `must be '${expected[key]}'`;
    if (labels?.[key] === undefined) errors.push(required(path, detail));
    else if (labels[key] !== expected[key]) errors.push(invalid(path, labels, detail));
  }
  try {
    if (matchesLabels(queryFromLabelSelector(spec.selector), expected)) return;
    errors.push(invalidAs('spec.selector', spec.selector, '*LabelSelector', '`selector` not auto-generated'));
  } catch (error) {
    // Reported with the rest of the spec.
    if (!(error instanceof SelectorError)) throw error;
  }
}
