import type { RandomStream } from '../../../kernel/index.ts';

// No vowels and no digits that look like them, so that no words come out.
const alphabet = 'bcdfghjklmnpqrstvwxz2456789';
const suffixLength = 5;
const maxBaseLength = 63 - suffixLength;

/**
 * `web-` becomes `web-x7k2p`.
 * Upstream: apiserver/pkg/storage/names/generate.go
 */
export function generateName(base: string, random: RandomStream): string {
  return base.slice(0, maxBaseLength) + random.text(suffixLength, alphabet);
}
