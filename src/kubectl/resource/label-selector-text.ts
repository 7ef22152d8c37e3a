import { parseLabelQuery } from '../../api/index.ts';
import { CommandError } from '../errors/command-error.ts';
import type { JsonObject } from './json.ts';

/** A selector's text as the object that specs have. Upstream: apimachinery/pkg/apis/meta/v1 ParseToLabelSelector */
export function labelSelectorFrom(text: string): JsonObject {
  let query: ReturnType<typeof parseLabelQuery>;
  try {
    query = parseLabelQuery(text);
  } catch (error) {
    throw new CommandError(`couldn't parse the selector string ${JSON.stringify(text)}: ${(error as Error).message}`);
  }
  const matchLabels: JsonObject = {};
  const matchExpressions: JsonObject[] = [];
  const names: Readonly<Record<string, string>> = {
    '!=': 'NotIn',
    in: 'In',
    notin: 'NotIn',
    exists: 'Exists',
    '!': 'DoesNotExist',
  };
  for (const { key, operator, values } of query) {
    if (operator === '=' || operator === '==') matchLabels[key] = values[0] ?? '';
    else if (names[operator]) {
      matchExpressions.push({ key, operator: names[operator], ...(values.length > 0 && { values: [...values] }) });
    } else {
      throw new CommandError(`${JSON.stringify(operator)} isn't supported in label selectors`);
    }
  }
  return {
    ...(Object.keys(matchLabels).length > 0 && { matchLabels }),
    ...(matchExpressions.length > 0 && { matchExpressions }),
  };
}
