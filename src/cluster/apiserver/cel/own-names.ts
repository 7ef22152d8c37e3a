/**
 * Functions that the library has and that fall short of Kubernetes': expressions use ours in their stead. The names have
 * as many letters, so that places in the source stay where they are.
 */
export const ownNames = { has: 'hzs', matches: 'matchgo' } as const;

/** The source with our functions in place of the library's. Texts in quotation marks stay. */
export function withOwnNames(source: string): string {
  const token =
    /"""[^]*?"""|'''[^]*?'''|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|(?<![\w.])has(?=\s*\()|(?<!\w)matches(?=\s*\()/g;
  return source.replace(token, (found) => (found === 'has' || found === 'matches' ? ownNames[found] : found));
}

/** The other way, for messages. */
export function withPublicNames(text: string): string {
  return text.replaceAll(ownNames.has, 'has').replaceAll(ownNames.matches, 'matches');
}
