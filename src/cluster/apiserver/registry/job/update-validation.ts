import type { Affinity, Job, JobSpec, PodTemplateSpec } from '../../../../api/generated/types.ts';
import { invalid, type FieldError } from '../../../../api/index.ts';
import { immutableAs } from '../internal-form/shown.ts';
import { immutable } from '../meta-validation.ts';

/** Upstream: ValidateJobSpecUpdate in pkg/apis/batch/validation/validation.go */
export function validateJobUpdate({ spec: next }: Job, old: Job): readonly FieldError[] {
  const errors: FieldError[] = [];
  const { spec: before } = old;
  validateCompletions(errors, next, before, 'spec.completions');
  immutableAs(errors, next.selector, before.selector, 'spec.selector', '*LabelSelector');

  const isWaiting = before.suspend === true && !old.status?.startTime;
  const template = isWaiting ? withMutableParts(before.template, next.template) : before.template;
  immutableAs(errors, next.template, template, 'spec.template', '*PodTemplateSpec');

  immutable(errors, next.completionMode, before.completionMode, 'spec.completionMode');
  immutableAs(errors, next.podFailurePolicy, before.podFailurePolicy, 'spec.podFailurePolicy', '*PodFailurePolicy');
  immutable(errors, next.backoffLimitPerIndex, before.backoffLimitPerIndex, 'spec.backoffLimitPerIndex');
  immutable(errors, next.managedBy, before.managedBy, 'spec.managedBy');
  immutableAs(errors, next.successPolicy, before.successPolicy, 'spec.successPolicy', '*SuccessPolicy');
  return errors;
}

/** Indexed jobs may grow and shrink as long as all their pods run at once. */
function validateCompletions(errors: FieldError[], next: JobSpec, old: JobSpec, path: string): void {
  if (next.completionMode !== 'Indexed') {
    immutable(errors, next.completions, old.completions, path);
    return;
  }
  const isChanged = next.completions !== undefined && next.completions !== old.completions;
  if (!isChanged || next.completions === next.parallelism) return;
  errors.push(invalid(path, next.completions, 'can only be modified in tandem with spec.parallelism'));
}

/** Where pods run may still be decided before the first one has started. */
function withMutableParts(old: PodTemplateSpec, next: PodTemplateSpec): PodTemplateSpec {
  const { annotations: _annotations, labels: _labels, ...metadata } = old.metadata ?? {};
  const { nodeSelector: _, tolerations: _tolerations, schedulingGates: _gates, affinity, ...spec } = old.spec ?? {};
  const { annotations, labels } = next.metadata ?? {};
  const { nodeSelector, tolerations, schedulingGates, affinity: nextAffinity } = next.spec ?? {};
  const allowed = allowedAffinity(affinity, nextAffinity);
  const merged = {
    metadata: { ...metadata, ...(annotations && { annotations }), ...(labels && { labels }) },
    spec: {
      ...spec,
      ...(nodeSelector && { nodeSelector }),
      ...(tolerations && { tolerations }),
      ...(schedulingGates && { schedulingGates }),
      ...(allowed && { affinity: allowed }),
    },
  };
  return merged as PodTemplateSpec;
}

function allowedAffinity(old: Affinity | undefined, next: Affinity | undefined): Affinity | undefined {
  const { nodeAffinity: _, ...others } = old ?? {};
  if (next) return { ...others, ...(next.nodeAffinity && { nodeAffinity: next.nodeAffinity }) };
  return Object.keys(others).length > 0 ? others : undefined;
}
