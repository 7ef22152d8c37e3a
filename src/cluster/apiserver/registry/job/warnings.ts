import type { JobSpec } from '../../../../api/generated/types.ts';
import { warningsForTemplate } from '../pod-spec/warnings.ts';

const manyCompletions = 100_000;
const manyParallel = 10_000;

/** Upstream: pkg/api/job/warnings.go */
export function warningsForJob(spec: JobSpec, path: string): readonly string[] {
  const { completionMode, completions = 0, parallelism = 0 } = spec;
  const isLarge = completionMode === 'Indexed' && completions > manyCompletions && parallelism > manyParallel;
  const numbers = 'a number of completions higher than 10^5 and a parallelism higher than 10^4';
  const warning = `${path}: In Indexed Jobs with ${numbers}, Kubernetes might not be able to track completedIndexes when a big number of indexes fail`;
  return [...(isLarge ? [warning] : []), ...warningsForTemplate(spec.template, `${path}.template`)];
}
