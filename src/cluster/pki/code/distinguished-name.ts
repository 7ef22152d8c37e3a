import { decodeUtf8, encodeUtf8 } from '../../../kernel/index.ts';
import { childrenOf, encode, oid, oidText, tags, type DerValue } from './der.ts';

const commonName = '2.5.4.3';
const organization = '2.5.4.10';

/** Whom a certificate is about: a user and their groups. */
export interface DistinguishedName {
  readonly commonName: string;
  readonly organizations: readonly string[];
}

/** Organizations first, in one set, as Go writes them. */
export function encodeName({ commonName: name, organizations }: DistinguishedName): Uint8Array {
  const parts: Uint8Array[] = [];
  if (organizations.length > 0) {
    const members = organizations.map((text) => attribute(organization, text)).toSorted(byBytes);
    parts.push(encode(tags.set, ...members));
  }
  if (name) parts.push(encode(tags.set, attribute(commonName, name)));
  return encode(tags.sequence, ...parts);
}

function attribute(type: string, text: string): Uint8Array {
  const isPrintable = /^[A-Za-z0-9 '()+,\-./:=?]*$/.test(text);
  const tag = isPrintable ? tags.printableString : tags.utf8String;
  return encode(tags.sequence, oid(type), encode(tag, encodeUtf8(text)));
}

/** A set is written in the order of its members' bytes. */
function byBytes(a: Uint8Array, b: Uint8Array): number {
  for (let at = 0; at < Math.min(a.length, b.length); at++) if (a[at] !== b[at]) return a[at]! - b[at]!;
  return a.length - b.length;
}

/** Throws DerError. */
export function decodeName(value: DerValue | undefined): DistinguishedName {
  let name = '';
  const organizations: string[] = [];
  for (const set of childrenOf(value)) {
    for (const pair of childrenOf(set, tags.set)) {
      const [type, text] = childrenOf(pair);
      if (!type || !text) continue;
      if (oidText(type) === commonName) name = decodeUtf8(text.content);
      else if (oidText(type) === organization) organizations.push(decodeUtf8(text.content));
    }
  }
  return { commonName: name, organizations };
}
