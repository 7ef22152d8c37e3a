import { goJson } from '../../../api/index.ts';
import type { JsonObject } from '../../resource/json.ts';

/** The end that `--append-hash` adds to a name: ten digits of a hash of the content. Upstream: kubectl/pkg/util/hash */
export async function nameHash(content: JsonObject): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(goJson(content)));
  const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  // No vowels, so no words.
  return hex.slice(0, 10).replaceAll(/[013ae]/g, (digit) => consonants[digit]!);
}

const consonants: Readonly<Record<string, string>> = { '0': 'g', '1': 'h', '3': 'k', a: 'm', e: 't' };
