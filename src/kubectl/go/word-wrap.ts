/**
 * Breaks lines at white space so that they keep within `limit` characters; a longer word stands alone.
 * Upstream: github.com/mitchellh/go-wordwrap
 */
export function wordWrap(text: string, limit: number): string {
  let output = '';
  let current = 0;
  let word = '';
  let space = '';
  const takeWord = () => {
    current += space.length + word.length;
    output += space + word;
    space = word = '';
  };
  for (const char of text) {
    if (char === '\n') {
      if (word === '' && current + space.length > limit) space = '';
      takeWord();
      output += char;
      current = 0;
    } else if (/\s/.test(char) && char !== '\u00a0') {
      if (space === '' || word !== '') takeWord();
      space += char;
    } else {
      word += char;
      if (current + space.length + word.length > limit && word.length < limit) {
        output += '\n';
        current = 0;
        space = '';
      }
    }
  }
  if (word !== '' || current + space.length <= limit) output += space + word;
  return output;
}

/** Every line moved to the right, empty ones too. */
export function indentLines(text: string, amount: number): string {
  const pad = ' '.repeat(amount);
  return pad + text.replaceAll('\n', `\n${pad}`);
}
