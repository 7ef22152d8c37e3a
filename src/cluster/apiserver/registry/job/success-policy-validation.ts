import type { JobSpec, SuccessPolicy } from '../../../../api/generated/types.ts';
import { invalid, required, tooLong, tooMany, type FieldError } from '../../../../api/index.ts';
import { validateNonNegative } from '../int-or-percent.ts';
import { countIndexes, IndexesError } from './indexes.ts';

const maxRules = 20;
const maxIndexesLength = 64 * 1024;

/** Upstream: validateSuccessPolicy in pkg/apis/batch/validation/validation.go */
export function validateSuccessPolicy(
  errors: FieldError[],
  { completions = 0 }: JobSpec,
  policy: SuccessPolicy,
  path: string,
): void {
  const rules = policy.rules ?? [];
  if (rules.length === 0) {
    errors.push(required(`${path}.rules`, 'at least one rules must be specified when the successPolicy is specified'));
  }
  if (rules.length > maxRules) errors.push(tooMany(`${path}.rules`, rules.length, maxRules));
  rules.forEach(({ succeededCount: count, succeededIndexes: indexes }, at) => {
    const rulePath = `${path}.rules[${at}]`;
    if (count === undefined && indexes === undefined) {
      errors.push(required(rulePath, 'at least one of succeededCount or succeededIndexes must be specified'));
    }
    const total = indexes === undefined ? 0 : countOf(errors, indexes, completions, `${rulePath}.succeededIndexes`);
    if (count === undefined) return;
    const countPath = `${rulePath}.succeededCount`;
    validateNonNegative(errors, count, countPath);
    if (count > completions) {
      const detail = `must be less than or equal to ${completions} (the number of specified completions)`;
      errors.push(invalid(countPath, count, detail));
    }
    if (indexes !== undefined && count > total) {
      const detail = `must be less than or equal to ${total} (the number of indexes in the specified succeededIndexes field)`;
      errors.push(invalid(countPath, count, detail));
    }
  });
}

function countOf(errors: FieldError[], indexes: string, completions: number, path: string): number {
  if (indexes.length > maxIndexesLength) errors.push(tooLong(path, maxIndexesLength));
  try {
    return countIndexes(indexes, completions);
  } catch (error) {
    if (!(error instanceof IndexesError)) throw error;
    errors.push(invalid(path, indexes, `error parsing succeededIndexes: ${error.message}`));
    return 0;
  }
}
