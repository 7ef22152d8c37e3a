import { CommandError } from '../errors/command-error.ts';

/** Lets people leave out braces and the leading dot. Upstream: kubectl/pkg/cmd/get/customcolumn.go RelaxedJSONPathExpression */
export function relaxedJsonPath(expression: string): string {
  if (expression === '') return '';
  const match = /^\{\.?([^{}]+)\}$|^\.?([^{}]+)$/.exec(expression);
  if (!match) {
    throw new CommandError(
      "unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'",
    );
  }
  return `{.${match[1] ?? match[2]}}`;
}
