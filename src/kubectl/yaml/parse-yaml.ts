import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  Scalar,
  type Document,
  type Node,
  type YAMLParseError,
} from 'yaml';
import type { JsonObject, JsonValue } from '../resource/json.ts';
import { resolvePlain } from './resolve-plain.ts';

/** Text that is no YAML; worded as Go's yaml.v2 does. */
export class YamlError extends Error {
  override readonly name = 'YamlError';
}

/**
 * Reads one YAML document as JSON, with the meaning that yaml.v2 gives to plain scalars.
 * Upstream: sigs.k8s.io/yaml YAMLToJSON
 */
export function parseYaml(text: string): JsonValue {
  const document = parseDocument(text, { schema: 'failsafe', uniqueKeys: false, strict: true, version: '1.1' });
  const problem = document.errors[0];
  if (problem) throw new YamlError(`yaml: ${wording(problem, text)}`);
  return document.contents ? toJson(document.contents, document) : null;
}

function toJson(node: Node | null | unknown, document: Document): JsonValue {
  if (isAlias(node)) {
    const target = node.resolve(document);
    if (!target) throw new YamlError(`yaml: unknown anchor '${node.source}' referenced`);
    return toJson(target, document);
  }
  if (isMap(node)) {
    const object: JsonObject = {};
    const merged: JsonObject = {};
    for (const pair of node.items) {
      const key = keyText(pair.key, document);
      const value = toJson(pair.value, document);
      if (key === '<<' && isScalar(pair.key) && pair.key.type === Scalar.PLAIN) {
        for (const source of Array.isArray(value) ? value.toReversed() : [value]) Object.assign(merged, source);
      } else object[key] = value;
    }
    return { ...merged, ...object };
  }
  if (isSeq(node)) return node.items.map((item) => toJson(item, document));
  if (isScalar(node)) return scalarValue(node);
  return null;
}

function keyText(key: unknown, document: Document): string {
  const value = toJson(key, document);
  return typeof value === 'object' ? '' : String(value);
}

function scalarValue(node: Scalar): JsonValue {
  const text = typeof node.value === 'string' ? node.value : '';
  if (node.tag === 'tag:yaml.org,2002:str' || (node.type !== undefined && node.type !== Scalar.PLAIN)) return text;
  const { kind, value } = resolvePlain(node.source ?? text);
  return kind === 'timestamp' || (kind === 'float' && !Number.isFinite(value)) ? text : value;
}

/** The library's complaints in the words of libyaml, with its line numbers. */
function wording(problem: YAMLParseError, text: string): string {
  const line = text.slice(0, problem.pos[0]).split('\n').length;
  const at = (text: string, offset = 0) => `line ${line + offset}: ${text}`;
  const rest = text.slice(problem.pos[0]);
  switch (problem.code) {
    case 'TAB_AS_INDENT':
    case 'BAD_SCALAR_START':
      return at('found character that cannot start any token');
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'BLOCK_IN_FLOW':
      return at('mapping values are not allowed in this context');
    case 'MISSING_CHAR':
      if (/closing .*quote|Missing closing ["']/.test(problem.message))
        return `line ${text.split('\n').length}: found unexpected end of stream`;
      if (
        /implicit keys? need to be on a single line|Implicit map keys need to be followed by map values/.test(
          problem.message,
        )
      ) {
        return at("could not find expected ':'", 1);
      }
      if (/flow sequence/.test(problem.message)) return at("did not find expected ',' or ']'");
      if (/flow map/.test(problem.message)) return at("did not find expected ',' or '}'");
      return at("could not find expected ':'", 1);
    case 'BAD_INDENT':
      return rest.startsWith('-') ? at('did not find expected key') : at('did not find expected key', -1);
    case 'BAD_ALIAS':
      return problem.message;
    default:
      return at('did not find expected key');
  }
}
