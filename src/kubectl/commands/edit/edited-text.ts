import { equalJson } from '../../resource/json.ts';
import { documentsOf, typeProblem } from '../../resource/read-objects.ts';
import { parseYaml } from '../../yaml/parse-yaml.ts';

/** Without the lines that are comments. */
export function withoutComments(text: string): string {
  return text
    .split('\n')
    .filter((line) => {
      const trimmed = line.trim();
      return !trimmed.startsWith('#') || trimmed.startsWith('#!');
    })
    .join('\n');
}

/** Whether two texts say the same, comments aside. */
export function isSameContent(one: string, other: string): boolean {
  const [a, b] = [valueOf(one), valueOf(other)];
  if (a === undefined || b === undefined) return withoutComments(one) === withoutComments(other);
  return equalJson(a.value, b.value);
}

function valueOf(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: parseYaml(text) };
  } catch {
    return undefined;
  }
}

export function isBlank(text: string): boolean {
  return withoutComments(text).trim() === '';
}

/** What keeps a text from being an object at all. Upstream: kubectl/pkg/validation/schema.go */
export function validationProblem(text: string): string | undefined {
  let value: unknown;
  try {
    value = parseYaml(text);
  } catch (error) {
    return (error as Error).message;
  }
  const [object] = documentsOf('edited-file', JSON.stringify(value));
  if (!object || object instanceof Error) return 'invalid object to validate';
  return typeProblem(object);
}
