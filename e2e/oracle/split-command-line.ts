/** Splits a command line into words as a shell does: blanks, single and double quotes, backslashes; nothing expands. */
export function splitCommandLine(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let index = 0; index < line.length; index++) {
    const letter = line[index]!;
    if (quote !== '') {
      if (letter === quote) quote = '';
      else if (quote === '"' && letter === '\\' && /["\\$`]/.test(line[index + 1] ?? '')) word += line[++index]!;
      else word += letter;
    } else if (letter === "'" || letter === '"') {
      quote = letter;
      word ??= '';
    } else if (letter === '\\') {
      word = (word ?? '') + (line[++index] ?? '');
    } else if (/\s/.test(letter)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? '') + letter;
    }
  }
  if (quote !== '') throw new Error(`a quote is not closed: ${line}`);
  if (word !== undefined) words.push(word);
  return words;
}
