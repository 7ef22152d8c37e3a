import { goJson, goQuote } from '../json.ts';
import { checkLabelValue, checkQualifiedName } from '../names.ts';
import { SelectorError } from './selector-error.ts';

export type LabelOperator = '=' | '==' | '!=' | 'in' | 'notin' | 'exists' | '!' | 'gt' | 'lt';

export interface LabelRequirement {
  readonly key: string;
  readonly operator: LabelOperator;
  readonly values: readonly string[];
}

/** Throws SelectorError with everything that is wrong. Upstream: labels.NewRequirement */
export function checkedRequirement(key: string, operator: LabelOperator, values: readonly string[]): LabelRequirement {
  const keyProblems = checkQualifiedName(key);
  const problems = [
    ...(keyProblems.length > 0 ? [`key: Invalid value: ${goQuote(key)}: ${keyProblems.join('; ')}`] : []),
    ...countProblems(operator, values),
    ...values.flatMap((value, index) => {
      const problemsOfValue = checkLabelValue(value);
      return problemsOfValue.length > 0
        ? [`values[${index}][${key}]: Invalid value: ${goQuote(value)}: ${problemsOfValue.join('; ')}`]
        : [];
    }),
  ];
  if (problems.length > 0) throw new SelectorError(problems.length === 1 ? problems[0]! : `[${problems.join(', ')}]`);
  return { key, operator, values };
}

function countProblems(operator: LabelOperator, values: readonly string[]): readonly string[] {
  const problem = (detail: string): readonly string[] => [`values: Invalid value: ${goJson(values)}: ${detail}`];
  switch (operator) {
    case 'in':
    case 'notin':
      return values.length === 0 ? problem("for 'in', 'notin' operators, values set can't be empty") : [];
    case '=':
    case '==':
    case '!=':
      return values.length === 1 ? [] : problem('exact-match compatibility requires one single value');
    case 'exists':
    case '!':
      return values.length === 0 ? [] : problem('values set must be empty for exists and does not exist');
    case 'gt':
    case 'lt':
      return [
        ...(values.length === 1 ? [] : problem("for 'Gt', 'Lt' operators, exactly one value is required")),
        ...values.flatMap((value, index) =>
          /^[+-]?\d+$/.test(value)
            ? []
            : [
                `values[${index}]: Invalid value: ${goQuote(value)}: for 'Gt', 'Lt' operators, the value must be an integer`,
              ],
        ),
      ];
  }
}
