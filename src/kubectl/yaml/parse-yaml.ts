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

/**
 * The library's complaints in the words of libyaml, whose scanner counts lines from one and whose parser from zero; zero,
 * and the scanner's first line, go without a number.
 */
function wording(problem: YAMLParseError, text: string): string {
  const line = text.slice(0, problem.pos[0]).split('\n').length;
  const rest = text.slice(problem.pos[0]);
  const { code, message } = problem;
  switch (code) {
    case 'TAB_AS_INDENT':
      return /:\s*\n\t*$/.test(text.slice(0, problem.pos[0]))
        ? scanned(line, 'found character that cannot start any token')
        : scanned(line, 'found a tab character that violates indentation');
    case 'BAD_SCALAR_START':
      return scanned(line, 'found character that cannot start any token');
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'BLOCK_IN_FLOW':
      return scanned(line, 'mapping values are not allowed in this context');
    case 'MULTILINE_IMPLICIT_KEY':
      return rest.startsWith('-')
        ? parsed(line, 'did not find expected key')
        : scanned(line + 1, 'mapping values are not allowed in this context');
    case 'MISSING_CHAR':
      if (/closing .*quote|Missing closing ["']/.test(message))
        return `line ${text.split('\n').length}: found unexpected end of stream`;
      return flowWording(problem, text, line) ?? scanned(line + 1, "could not find expected ':'");
    case 'BAD_INDENT':
      return (
        flowWording(problem, text, line) ?? parsed(rest.startsWith('-') ? line + 1 : line, 'did not find expected key')
      );
    case 'UNEXPECTED_TOKEN':
      if (/^\s*-/.test(text)) return parsed(line, "did not find expected '-' indicator");
      return parsed(line, /^[\]},]/.test(rest) ? 'did not find expected node content' : 'did not find expected key');
    case 'BAD_ALIAS':
      return message;
    default:
      return parsed(line + 1, 'did not find expected key');
  }
}

function flowWording({ message, pos }: YAMLParseError, text: string, line: number): string | undefined {
  const kind = /\b[Ff]low (sequence|map)/.exec(message)?.[1];
  if (kind === undefined || /implicit key/i.test(message)) return undefined;
  // After a bracket or a comma an item has to come.
  if (kind === 'sequence' && /[[,]\s*$/.test(text.slice(0, pos[0])))
    return parsed(line, 'did not find expected node content');
  return parsed(line, `did not find expected ',' or '${kind === 'map' ? '}' : ']'}'`);
}

function scanned(line: number, text: string): string {
  return line > 1 ? `line ${line}: ${text}` : text;
}

function parsed(line: number, text: string): string {
  return line > 1 ? `line ${line - 1}: ${text}` : text;
}
