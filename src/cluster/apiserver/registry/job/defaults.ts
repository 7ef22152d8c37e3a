import type { JobSpec, PodFailurePolicy } from '../../../../api/generated/types.ts';
import { defaultPodTemplate } from '../pod-spec/defaults.ts';
import { Change, fill, isZero, mapShared, withField } from '../share.ts';

const maxInt32 = 2_147_483_647;

/** Upstream: SetDefaults_Job in pkg/apis/batch/v1/defaults.go */
export function defaultJobSpec(given: JobSpec): JobSpec {
  if (!given) return given;
  const spec = new Change(given);
  if (given.parallelism === undefined) spec.fill({ completions: 1 });
  spec.fill({
    parallelism: 1,
    backoffLimit: given.backoffLimitPerIndex === undefined ? 6 : maxInt32,
    completionMode: 'NonIndexed',
    suspend: false,
    podReplacementPolicy: given.podFailurePolicy ? 'Failed' : 'TerminatingOrFailed',
    manualSelector: false,
  });
  return defaultJobPods(spec.result);
}

/** What the template in a CronJob gets too: the job that is made of it gets the rest. */
export function defaultJobPods(given: JobSpec): JobSpec {
  const spec = new Change(given);
  if (given.podFailurePolicy) spec.set('podFailurePolicy', defaultFailurePolicy(given.podFailurePolicy));
  if (given.template) spec.set('template', defaultPodTemplate(given.template));
  return spec.result;
}

function defaultFailurePolicy(policy: PodFailurePolicy): PodFailurePolicy {
  if (!policy.rules) return policy;
  const rules = mapShared(policy.rules, (rule) => {
    if (!rule.onPodConditions) return rule;
    const conditions = mapShared(rule.onPodConditions, (pattern) => fill(pattern, { status: 'True' }, isZero));
    return withField(rule, 'onPodConditions', conditions);
  });
  return withField(policy, 'rules', rules);
}
