import { concatBytes, decodeUtf8, encodeUtf8 } from '../../kernel/index.ts';

/** One member of an archive. */
export interface TarEntry {
  readonly name: string;
  readonly type: 'file' | 'directory' | 'symlink' | 'link';
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly modifiedMs: number;
  readonly linkName: string;
  readonly content: Uint8Array;
}

const blockBytes = 512;
const typeFlags: Readonly<Record<TarEntry['type'], string>> = { file: '0', link: '1', symlink: '2', directory: '5' };

/** Entries as a ustar archive, with GNU's records for long names. Upstream: POSIX.1-2017, pax, ustar Interchange Format */
export function writeTar(entries: readonly TarEntry[]): Uint8Array {
  const parts = entries.flatMap((entry) => {
    const long =
      encodeUtf8(entry.name).length > 100
        ? [...member({ ...entry, name: '././@LongLink', content: encodeUtf8(`${entry.name}\0`) }, 'L')]
        : [];
    return [...long, ...member(entry, typeFlags[entry.type])];
  });
  return concatBytes([...parts, new Uint8Array(blockBytes * 2)]);
}

function member(entry: TarEntry, flag: string): Uint8Array[] {
  const header = new Uint8Array(blockBytes);
  const size = flag === '0' || flag === 'L' ? entry.content.length : 0;
  const put = (offset: number, text: string): void => header.set(encodeUtf8(text), offset);
  const octal = (value: number, width: number): string => `${value.toString(8).padStart(width - 1, '0')}\0`;
  header.set(encodeUtf8(entry.name).subarray(0, 100), 0);
  put(100, octal(entry.mode & 0o7777, 8));
  put(108, octal(entry.uid, 8));
  put(116, octal(entry.gid, 8));
  put(124, octal(size, 12));
  put(136, octal(Math.floor(entry.modifiedMs / 1000), 12));
  put(148, ' '.repeat(8));
  put(156, flag);
  header.set(encodeUtf8(entry.linkName).subarray(0, 100), 157);
  put(257, 'ustar\x0000');
  const sum = header.reduce((total, byte) => total + byte, 0);
  put(148, `${sum.toString(8).padStart(6, '0')}\0 `);
  const padding = new Uint8Array((blockBytes - (size % blockBytes)) % blockBytes);
  return size > 0 ? [header, entry.content, padding] : [header];
}

/** The entries of an archive; undefined when it is none. */
export function readTar(bytes: Uint8Array): readonly TarEntry[] | undefined {
  const entries: TarEntry[] = [];
  let longName: string | undefined;
  for (let at = 0; at + blockBytes <= bytes.length;) {
    const header = bytes.subarray(at, at + blockBytes);
    if (header.every((byte) => byte === 0)) return entries;
    const text = (offset: number, length: number): string =>
      decodeUtf8(header.subarray(offset, offset + length)).replace(/\0.*$/s, '');
    const number = (offset: number, length: number): number => Number.parseInt(text(offset, length).trim() || '0', 8);
    if (number(148, 8) !== checksum(header)) return undefined;
    const size = number(124, 12);
    const content = bytes.subarray(at + blockBytes, at + blockBytes + size);
    at += blockBytes + Math.ceil(size / blockBytes) * blockBytes;
    const flag = text(156, 1) || '0';
    if (flag === 'L') {
      longName = decodeUtf8(content).replace(/\0.*$/s, '');
      continue;
    }
    const prefix = text(345, 155);
    const name = longName ?? (prefix === '' ? text(0, 100) : `${prefix}/${text(0, 100)}`);
    longName = undefined;
    const type = Object.entries(typeFlags).find(([, each]) => each === flag)?.[0] as TarEntry['type'] | undefined;
    if (type === undefined) continue;
    entries.push({
      name,
      type,
      mode: number(100, 8),
      uid: number(108, 8),
      gid: number(116, 8),
      modifiedMs: number(136, 12) * 1000,
      linkName: text(157, 100),
      content,
    });
  }
  return entries.length > 0 || bytes.length === 0 ? entries : undefined;
}

function checksum(header: Uint8Array): number {
  return header.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 32 : byte), 0);
}
