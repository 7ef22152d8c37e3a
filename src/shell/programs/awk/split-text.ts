import { compileRegex } from '../posix-regex.ts';

/** Cuts a text as FS says: at runs of blanks, at a character, or at a regular expression. */
export function splitText(text: string, separator: string): string[] {
  if (separator === ' ') return text.split(/[ \t\n]+/).filter((field) => field !== '');
  if (text === '') return [];
  if (separator === '') return [...text];
  if (separator === '\t' || (separator.length === 1 && !/[.*+?^${}()|[\]\\]/.test(separator)))
    return text.split(separator);
  if (separator.length === 1 && separator !== '\\') return text.split(separator);
  const fields: string[] = [];
  let at = 0;
  for (const match of text.matchAll(new RegExp(compileRegex(separator, 'extended').source, 'g'))) {
    if (match[0] === '') continue;
    fields.push(text.slice(at, match.index));
    at = match.index + match[0].length;
  }
  return [...fields, text.slice(at)];
}
