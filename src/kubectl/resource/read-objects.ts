import { goQuote } from '../../api/index.ts';
import { parseDocuments } from '../yaml/split-documents.ts';
import { isObject, type JsonObject, type JsonValue } from './json.ts';

/**
 * The objects in a text, or why a part of it holds none.
 * @param validates whether they are going to be validated, which is where upstream notices first
 */
export function documentsOf(source: string, text: string, validates = false): (JsonObject | Error)[] {
  let values: JsonValue[];
  try {
    values = parseDocuments(text);
  } catch (error) {
    return [new Error(`error parsing ${source}: ${(error as Error).message}`)];
  }
  return values
    .filter((value) => value !== null)
    .map((value) => {
      if (isObject(value)) return value;
      if (validates) return validationError(source, 'invalid object to validate');
      const problem = `json: cannot unmarshal ${goTypeOf(value)} into Go value of type unstructured.detector`;
      return new Error(`unable to decode ${goQuote(source)}: ${problem}`);
    });
}

export function validationError(source: string, problem: string): Error {
  return new Error(
    `error validating ${goQuote(source)}: error validating data: ${problem}; if you choose to ignore these errors, turn validation off with --validate=false`,
  );
}

function goTypeOf(value: JsonValue): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

/** What an object says wrongly about its own type. Upstream: kubectl/pkg/validation getObjectKind */
export function typeProblem(object: JsonObject): string | undefined {
  const problems = ['apiVersion', 'kind'].flatMap((field) => {
    const value = object[field];
    if (value === undefined || value === null) return [`${field} not set`];
    return typeof value === 'string' ? [] : [`${field} isn't string type`];
  });
  return problems.length > 1 ? `[${problems.join(', ')}]` : problems[0];
}
