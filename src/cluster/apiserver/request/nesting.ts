import { DecodeError } from '../../../api/decode/decode-error.ts';

/** Deeper than anything anybody means. What walks over objects does so by recursion, and the stack of a tab is small. */
export const maxDepth = 500;

/**
 * Refuses JSON whose arrays and objects lie too deep in each other, before anything walks over it.
 * Upstream: encoding/json scanner.go maxNestingDepth
 * Differs: arrays and objects may lie 500 levels deep in each other; upstream takes 10,000.
 */
export function checkJsonNesting(text: string): void {
  if (text.length <= maxDepth) return;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 0x22:
        at = endOfString(text, at);
        break;
      case 0x5b:
      case 0x7b:
        if (++depth > maxDepth) throw new DecodeError('exceeded max depth');
        break;
      case 0x5d:
      case 0x7d:
        depth--;
        break;
    }
  }
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) at++;
    else if (code === 0x22) return at;
  }
  return text.length;
}
