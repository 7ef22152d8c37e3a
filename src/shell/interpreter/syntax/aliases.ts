import { parse, forEachChild, type SyntaxNode, type Word } from 'unbash';

/**
 * Replaces aliases in a source before it is parsed, as a shell does when it reads: the first word of each command, if it
 * is written without quotes, and the word behind when the alias ends in a space.
 */
export function expandAliases(text: string, aliases: ReadonlyMap<string, string>): string {
  if (aliases.size === 0) return text;
  return expandOnce(text, aliases, new Map());
}

const roundLimit = 16;

function expandOnce(text: string, aliases: ReadonlyMap<string, string>, used: Map<string, number>): string {
  let current = text;
  for (let round = 0; round < roundLimit; round++) {
    const words = commandWords(current).filter((word) => aliases.has(word.text) && !isSpent(word, used, aliases));
    if (words.length === 0) return current;
    let shift = 0;
    for (const word of words.sort((a, b) => a.pos - b.pos)) {
      const value = aliases.get(word.text)!;
      const at = word.pos + shift;
      current = current.slice(0, at) + value + current.slice(at + word.text.length);
      shift += value.length - word.text.length;
      used.set(word.text, (used.get(word.text) ?? 0) + 1);
    }
  }
  return current;
}

/** An alias is not expanded within its own expansion (`alias ls='ls --color'`). */
function isSpent(word: Word, used: ReadonlyMap<string, number>, aliases: ReadonlyMap<string, string>): boolean {
  if (!used.has(word.text)) return false;
  const names = new RegExp(`(?:^|[\\s;&|(])${word.text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}(?:$|[\\s;&|)])`);
  return [...aliases].some(([name, value]) => used.has(name) && names.test(value));
}

function commandWords(text: string): Word[] {
  const words: Word[] = [];
  const visit = (node: SyntaxNode): void => {
    if (node.type === 'Command' && node.name) words.push(node.name);
    if (node.type === 'CommandExpansion' || node.type === 'ProcessSubstitution') return;
    forEachChild(node, visit);
  };
  visit(parse(text));
  return words;
}
