/** A list of strings as Go's `%v` shows it: `[a b]`. */
export function goStrings(items: readonly string[]): string {
  return `[${items.join(' ')}]`;
}
