import type { PodTemplateSpec } from '../../../api/generated/types.ts';
import { goJson } from '../../../api/json.ts';

/** No vowels and nothing that looks like one, so that no words come out. Upstream: apimachinery/pkg/util/rand */
const safeAlphabet = 'bcdfghjklmnpqrstvwxz2456789';

/**
 * The `pod-template-hash` of a template: FNV-1a of 32 bits, its decimal digits in the safe alphabet.
 * Upstream: pkg/controller/controller_utils.go ComputeHash
 * Differs: hashes the template's JSON; upstream hashes a dump of the Go structure, so the same template has another hash there.
 */
export function templateHash(template: PodTemplateSpec, collisionCount: number | undefined): string {
  let hash = fnv1a(goJson(template), 0x811c9dc5);
  if (collisionCount !== undefined) hash = fnv1a(`/${collisionCount}`, hash);
  return safeEncode(String(hash >>> 0));
}

export function safeEncode(text: string): string {
  let encoded = '';
  for (let at = 0; at < text.length; at++) encoded += safeAlphabet[text.charCodeAt(at) % safeAlphabet.length];
  return encoded;
}

function fnv1a(text: string, basis: number): number {
  let hash = basis;
  for (let at = 0; at < text.length; at++) {
    hash ^= text.charCodeAt(at);
    hash = Math.imul(hash, 0x01000193);
  }
  return hash;
}
