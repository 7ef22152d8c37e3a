/** One directive of an nginx configuration: a line, or a block. */
export interface Directive {
  readonly name: string;
  readonly args: readonly string[];
  readonly block: readonly Directive[] | undefined;
  readonly file: string;
  readonly line: number;
}

/** A configuration that nginx refuses; the message goes behind `nginx: [emerg] `. */
export class NginxConfigError extends Error {
  override readonly name = 'NginxConfigError';
}

interface Token {
  readonly text: string;
  readonly isQuoted: boolean;
  readonly line: number;
}

const tokenPattern =
  /\s+|#[^\n]*|"((?:\\[\s\S]|[^"\\])*)"|'((?:\\[\s\S]|[^'\\])*)'|[{};]|(?:\\[\s\S]|\$\{[^}]*\}|[^\s{};])+/g;

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  for (const match of text.matchAll(tokenPattern)) {
    const [whole, double, single] = match;
    const quoted = double ?? single;
    if (quoted !== undefined) tokens.push({ text: quoted.replace(/\\(["'\\])/g, '$1'), isQuoted: true, line });
    else if (!/^(?:\s|#)/.test(whole)) tokens.push({ text: whole, isQuoted: false, line });
    line += whole.split('\n').length - 1;
  }
  return tokens;
}

/** Parses the text of one file. */
export function parseDirectives(text: string, file: string): readonly Directive[] {
  const tokens = tokensOf(text);
  let index = 0;
  const lastLine = text.split('\n').length;

  const parseBlock = (isNested: boolean): Directive[] => {
    const directives: Directive[] = [];
    for (;;) {
      const token = tokens[index];
      if (!token) {
        if (isNested) throw new NginxConfigError(`unexpected end of file, expecting "}" in ${file}:${lastLine}`);
        return directives;
      }
      if (!token.isQuoted && token.text === '}') {
        if (!isNested) throw new NginxConfigError(`unexpected "}" in ${file}:${token.line}`);
        index++;
        return directives;
      }
      directives.push(parseDirective());
    }
  };

  const parseDirective = (): Directive => {
    const words: Token[] = [];
    for (;;) {
      const token = tokens[index];
      if (!token) throw new NginxConfigError(`unexpected end of file, expecting ";" or "}" in ${file}:${lastLine}`);
      index++;
      const isMark = !token.isQuoted && /^[{};]$/.test(token.text);
      if (!isMark) {
        words.push(token);
        continue;
      }
      const [name, ...args] = words.map(({ text: word }) => word);
      if (name === undefined || token.text === '}') {
        throw new NginxConfigError(`unexpected "${token.text}" in ${file}:${token.line}`);
      }
      const { line } = words[0]!;
      const block = token.text === '{' ? parseBlock(true) : undefined;
      return { name, args, block, file, line };
    }
  };

  return parseBlock(false);
}
