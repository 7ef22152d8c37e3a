/** The value of a colour token as `#rrggbb`: a minifier may have shortened it, and not every library reads that. */
export function colorToken(style: CSSStyleDeclaration, token: string): string {
  const value = style.getPropertyValue(token).trim();
  return value.replace(/^#([0-9a-f])([0-9a-f])([0-9a-f])$/i, '#$1$1$2$2$3$3');
}
