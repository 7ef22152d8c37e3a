import { Lexer, Parser } from 'yaml';
import { DecodeError } from '../../../api/decode/decode-error.ts';
import { maxDepth } from '../request/nesting.ts';

/** Refuses YAML that is nested too deep, before anything walks over it. Upstream: go.yaml.in/yaml parserc.go max_depth */
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
