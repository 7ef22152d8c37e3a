import { parseJsonStream } from './json-stream.ts';
import { parseYaml, YamlError } from './parse-yaml.ts';
import type { JsonValue } from '../resource/json.ts';

/**
 * The documents of a file: JSON objects one after the other, or YAML documents between `---` lines.
 * Upstream: apimachinery/pkg/util/yaml/decoder.go YAMLOrJSONDecoder
 */
export function parseDocuments(text: string): JsonValue[] {
  if (text.trimStart().startsWith('{')) {
    const stream = parseJsonStream(text);
    if (stream.problem === undefined) return stream.values;
    if (stream.values.length > 1) throw new Error(stream.problem);
    try {
      return yamlDocuments(text);
    } catch {
      throw new Error(stream.problem);
    }
  }
  return yamlDocuments(text);
}

function yamlDocuments(text: string): JsonValue[] {
  const values: JsonValue[] = [];
  let lines: string[] = [];
  const end = () => {
    const body = lines.join('\n');
    lines = [];
    if (body.trim() === '') return;
    try {
      values.push(parseYaml(body));
    } catch (error) {
      if (error instanceof YamlError) throw new YamlError(`error converting YAML to JSON: ${error.message}`);
      throw error;
    }
  };
  for (const line of text.split('\n')) {
    if (!line.startsWith('---')) {
      lines.push(line);
      continue;
    }
    const rest = line.slice(3).trim();
    if (rest !== '' && !rest.startsWith('#')) throw new YamlError(`invalid Yaml document separator: ${rest}`);
    if (lines.length > 0) end();
  }
  end();
  return values;
}
