/** One file, directory or link of an archive. */
export interface TarMember {
  readonly name: string;
  readonly type: 'file' | 'directory' | 'symlink';
  readonly mode: number;
  readonly linkName: string;
  readonly content: Uint8Array;
}

const blockBytes = 512;
const longNameFlag = 'L';
const longLinkFlag = 'K';

/** Members as a ustar archive; GNU's records hold names that are too long. Upstream: the Go package archive/tar */
export function packTar(members: readonly TarMember[]): Uint8Array<ArrayBuffer> {
  const blocks = members.flatMap((member) => {
    const flag = { file: '0', symlink: '2', directory: '5' }[member.type];
    return [
      ...longRecord(member.name, longNameFlag),
      ...longRecord(member.linkName, longLinkFlag),
      ...record(member, flag, member.type === 'file' ? member.content : new Uint8Array()),
    ];
  });
  return concatenated([...blocks, new Uint8Array(blockBytes * 2)]);
}

function longRecord(text: string, flag: string): Uint8Array[] {
  const bytes = new TextEncoder().encode(`${text}\0`);
  return bytes.length > 101 ? record({ name: '././@LongLink', mode: 0o644, linkName: '' }, flag, bytes) : [];
}

function record(
  { name, mode, linkName }: Pick<TarMember, 'name' | 'mode' | 'linkName'>,
  flag: string,
  content: Uint8Array,
): Uint8Array[] {
  const header = new Uint8Array(blockBytes);
  const put = (offset: number, text: string, width: number) =>
    header.set(new TextEncoder().encode(text).subarray(0, width), offset);
  const octal = (value: number, width: number) => `${value.toString(8).padStart(width - 1, '0')}\0`;
  put(0, name, 100);
  put(100, octal(mode, 8), 8);
  put(108, octal(0, 8), 8);
  put(116, octal(0, 8), 8);
  put(124, octal(content.length, 12), 12);
  put(136, octal(0, 12), 12);
  put(148, ' '.repeat(8), 8);
  put(156, flag, 1);
  put(157, linkName, 100);
  put(257, 'ustar\x0000', 8);
  const sum = header.reduce((total, byte) => total + byte, 0);
  put(148, `${sum.toString(8).padStart(6, '0')}\0 `, 8);
  return [header, content, new Uint8Array((blockBytes - (content.length % blockBytes)) % blockBytes)];
}

/** @throws when the bytes are no archive, or only the beginning of one */
export function unpackTar(bytes: Uint8Array): readonly TarMember[] {
  const members: TarMember[] = [];
  let longName = '';
  let longLink = '';
  for (let at = 0; at < bytes.length;) {
    const header = bytes.subarray(at, at + blockBytes);
    if (header.every((byte) => byte === 0)) break;
    if (header.length < blockBytes) throw new Error('unexpected EOF');
    const text = (offset: number, width: number) => textUntilZero(header.subarray(offset, offset + width));
    const size = Number.parseInt(text(124, 12).trim() || '0', 8);
    const content = bytes.slice(at + blockBytes, at + blockBytes + size);
    if (Number.isNaN(size)) throw new Error('archive/tar: invalid tar header');
    if (content.length < size) throw new Error('unexpected EOF');
    at += blockBytes + Math.ceil(size / blockBytes) * blockBytes;
    const flag = text(156, 1);
    if (flag === longNameFlag) longName = textUntilZero(content);
    else if (flag === longLinkFlag) longLink = textUntilZero(content);
    else {
      const prefix = text(257, 6) === 'ustar' ? text(345, 155) : '';
      members.push({
        name: longName || (prefix === '' ? text(0, 100) : `${prefix}/${text(0, 100)}`),
        type: flag === '5' ? 'directory' : flag === '2' ? 'symlink' : 'file',
        mode: Number.parseInt(text(100, 8).trim() || '0', 8),
        linkName: longLink || text(157, 100),
        content,
      });
      longName = longLink = '';
    }
  }
  return members;
}

/** Whether an archive has come to its end: to blocks of zeros. */
export function isWholeTar(bytes: Uint8Array): boolean {
  const end = bytes.subarray(-blockBytes * 2);
  return end.length === blockBytes * 2 && end.every((byte) => byte === 0);
}

function textUntilZero(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}

export function concatenated(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
