import { Lexer, Parser } from 'yaml';
import { DecodeError } from '../../../api/decode/decode-error.ts';

/** Deeper than anything anybody means. What walks over objects does so by recursion, and the stack of a tab is small. */
const maxDepth = 500;

/**
 * Refuses JSON whose arrays and objects lie too deep in each other, before anything walks over it.
 * Upstream: encoding/json scanner.go maxNestingDepth
 * Differs: arrays and objects may lie 500 levels deep in each other; upstream takes 10,000.
 */
export function checkJsonNesting(text: string): void {
  if (text.length <= maxDepth) return;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 0x22:
        at = endOfString(text, at);
        break;
      case 0x5b:
      case 0x7b:
        if (++depth > maxDepth) throw new DecodeError('exceeded max depth');
        break;
      case 0x5d:
      case 0x7d:
        depth--;
        break;
    }
  }
}

/** The same for YAML. Upstream: go.yaml.in/yaml parserc.go max_depth */
export function checkYamlNesting(text: string): void {
  if (!mayBeDeep(text)) return;
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    // The parser's first pass knows no recursion; what it has opened lies on its stack, the document lowest.
    void [...parser.next(lexeme)];
    if (parser.stack.length > maxDepth + 1) {
      throw new DecodeError(`error converting YAML to JSON: yaml: exceeded max depth of ${maxDepth}`);
    }
  }
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) at++;
    else if (code === 0x22) return at;
  }
  return text.length;
}

/** Each level needs a bracket, or a column of its own. */
function mayBeDeep(text: string): boolean {
  if (text.length <= maxDepth) return false;
  let brackets = 0;
  let indent = 0;
  let isIndenting = true;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x5b || code === 0x7b) brackets++;
    if (code === 0x0a) {
      isIndenting = true;
      indent = 0;
    } else if (isIndenting && (code === 0x20 || code === 0x2d || code === 0x3f || code === 0x09)) indent++;
    else isIndenting = false;
    if (brackets > maxDepth || indent >= maxDepth) return true;
  }
  return false;
}
