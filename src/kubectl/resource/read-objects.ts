import { goQuote } from '../../api/index.ts';
import { parseDocuments } from '../yaml/split-documents.ts';
import { isObject, type JsonObject, type JsonValue } from './json.ts';

/** The objects in a text, or why a part of it holds none. */
export function documentsOf(source: string, text: string): (JsonObject | Error)[] {
  let values: JsonValue[];
  try {
    values = parseDocuments(text);
  } catch (error) {
    return [new Error(`error parsing ${source}: ${(error as Error).message}`)];
  }
  return values
    .filter((value) => value !== null)
    .map((value) =>
      isObject(value)
        ? value
        : new Error(
            `unable to decode ${goQuote(source)}: json: cannot unmarshal ${goTypeOf(value)} into Go value of type unstructured.detector`,
          ),
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
