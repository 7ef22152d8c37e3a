import { decodeUtf8, encodeUtf8 } from '../../../kernel/index.ts';
import { bitString, childrenOf, decode, decodeAll, encode, oid, oidText, tags, type DerValue } from './der.ts';

/** Who else a certificate stands for. */
export interface AlternativeNames {
  readonly dnsNames: readonly string[];
  /** IPv4 or IPv6, as bytes. */
  readonly addresses: readonly Uint8Array[];
  /** Whether there are names of other sorts (mail, URI). */
  readonly hasOthers: boolean;
}

export const noNames: AlternativeNames = { dnsNames: [], addresses: [], hasOthers: false };

const ids = {
  subjectKeyId: '2.5.29.14',
  keyUsage: '2.5.29.15',
  alternativeNames: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyId: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
};

/** The bits of KeyUsage by the names that requests use. */
const keyUsageBits = new Map([
  ['signing', 0],
  ['digital signature', 0],
  ['content commitment', 1],
  ['key encipherment', 2],
  ['data encipherment', 3],
  ['key agreement', 4],
  ['cert sign', 5],
  ['crl sign', 6],
]);

const extendedUsages = new Map([
  ['server auth', '1.3.6.1.5.5.7.3.1'],
  ['client auth', '1.3.6.1.5.5.7.3.2'],
  ['code signing', '1.3.6.1.5.5.7.3.3'],
  ['email protection', '1.3.6.1.5.5.7.3.4'],
]);

export interface WantedExtensions {
  readonly usages: readonly string[];
  readonly isAuthority: boolean;
  readonly subjectKeyId?: Uint8Array;
  readonly authorityKeyId?: Uint8Array;
  readonly names: AlternativeNames;
}

export function encodeExtensions(wanted: WantedExtensions): Uint8Array {
  const parts: Uint8Array[] = [];
  const bits = wanted.usages.map((usage) => keyUsageBits.get(usage)).filter((bit) => bit !== undefined);
  if (bits.length > 0) parts.push(extension(ids.keyUsage, true, usageBits(bits)));
  const extended = wanted.usages.map((usage) => extendedUsages.get(usage)).filter((id) => id !== undefined);
  if (extended.length > 0)
    parts.push(extension(ids.extendedKeyUsage, false, encode(tags.sequence, ...extended.map(oid))));
  const authority = wanted.isAuthority ? [encode(tags.boolean, Uint8Array.of(0xff))] : [];
  parts.push(extension(ids.basicConstraints, true, encode(tags.sequence, ...authority)));
  if (wanted.subjectKeyId)
    parts.push(extension(ids.subjectKeyId, false, encode(tags.octetString, wanted.subjectKeyId)));
  if (wanted.authorityKeyId) {
    parts.push(extension(ids.authorityKeyId, false, encode(tags.sequence, encode(0x80, wanted.authorityKeyId))));
  }
  const { dnsNames, addresses } = wanted.names;
  if (dnsNames.length + addresses.length > 0) {
    const names = [
      ...dnsNames.map((name) => encode(0x82, encodeUtf8(name))),
      ...addresses.map((address) => encode(0x87, address)),
    ];
    parts.push(extension(ids.alternativeNames, false, encode(tags.sequence, ...names)));
  }
  return encode(tags.sequence, ...parts);
}

function extension(id: string, isCritical: boolean, value: Uint8Array): Uint8Array {
  const critical = isCritical ? [encode(tags.boolean, Uint8Array.of(0xff))] : [];
  return encode(tags.sequence, oid(id), ...critical, encode(tags.octetString, value));
}

function usageBits(bits: readonly number[]): Uint8Array {
  const byte = bits.reduce((sum, bit) => sum | (0x80 >> bit), 0);
  return bitString(Uint8Array.of(byte), 7 - Math.max(...bits));
}

export interface ReadExtensions {
  readonly names: AlternativeNames;
  /** Undefined when the certificate does not say what it is for. */
  readonly extendedUsages: readonly string[] | undefined;
  readonly isAuthority: boolean;
}

/** @param extensions what is inside the sequence. Throws DerError. */
export function decodeExtensions(extensions: readonly DerValue[]): ReadExtensions {
  let names = noNames;
  let usages: readonly string[] | undefined;
  let isAuthority = false;
  for (const each of extensions) {
    const fields = childrenOf(each);
    const value = fields.at(-1)!.content;
    const id = oidText(fields[0]!);
    if (id === ids.alternativeNames) names = decodeNames(childrenOf(decode(value)));
    if (id === ids.basicConstraints) isAuthority = childrenOf(decode(value))[0]?.tag === tags.boolean;
    if (id === ids.extendedKeyUsage) {
      const found = childrenOf(decode(value)).map(oidText);
      usages = [...extendedUsages].filter(([, usage]) => found.includes(usage)).map(([name]) => name);
    }
  }
  return { names, extendedUsages: usages, isAuthority };
}

function decodeNames(values: readonly DerValue[]): AlternativeNames {
  return {
    dnsNames: values.filter(({ tag }) => tag === 0x82).map(({ content }) => decodeUtf8(content)),
    addresses: values.filter(({ tag }) => tag === 0x87).map(({ content }) => content),
    hasOthers: values.some(({ tag }) => tag !== 0x82 && tag !== 0x87),
  };
}

/** The extensions that a request asks for, from its attributes. Throws DerError. */
export function requestedExtensions(attributes: Uint8Array): ReadExtensions {
  const asked = decodeAll(attributes).find((each) => oidText(childrenOf(each)[0]!) === '1.2.840.113549.1.9.14');
  const list = asked && childrenOf(childrenOf(asked)[1], tags.set)[0];
  return decodeExtensions(list ? childrenOf(list) : []);
}
