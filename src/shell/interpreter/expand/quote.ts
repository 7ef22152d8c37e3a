const ansiEscapes: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\x1b': '\\E',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  "'": "\\'",
  '\\': '\\\\',
};

/** `${x@Q}`, `set`, traps: single quotes, or `$'…'` when something cannot be shown otherwise. */
export function quoteSingle(text: string): string {
  if (hasControl(text)) return quoteAnsi(text);
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** `declare -p`: double quotes, or `$'…'`. */
export function quoteDouble(text: string): string {
  if (hasControl(text)) return quoteAnsi(text);
  return `"${text.replace(/[\\"$`]/g, '\\$&')}"`;
}

/** `printf %q` and `set -x`: a backslash before each special character. */
export function quoteBackslash(text: string): string {
  if (text === '') return "''";
  if (hasControl(text)) return quoteAnsi(text);
  return text.replace(/[^\w@%+:./\-\u0080-\uffff=]/g, '\\$&').replace(/^[~]/, '\\$&');
}

/** `set -x`: single quotes only where they are needed. */
export function quoteIfNeeded(text: string): string {
  if (text === '') return "''";
  return /[^\w@%+=:,./\-\u0080-\uffff^#{}]|^[#~]|=~/.test(text) || (/[{}^]/.test(text) && /^[{}!^]$/.test(text))
    ? quoteSingle(text)
    : text;
}

function hasControl(text: string): boolean {
  // eslint-disable-next-line no-control-regex
  return /[\u0000-\u001f\u007f]/.test(text);
}

function quoteAnsi(text: string): string {
  let quoted = '';
  for (const letter of text) {
    const code = letter.charCodeAt(0);
    if (ansiEscapes[letter] !== undefined) quoted += ansiEscapes[letter];
    else if (code < 32 || code === 127) quoted += `\\${code.toString(8).padStart(3, '0')}`;
    else quoted += letter;
  }
  return `$'${quoted}'`;
}
