import { Unzlib } from 'fflate';
import { headerDictionary } from './header-dictionary.ts';

/** More than any client of Kubernetes sends. */
const maxBlockBytes = 64 * 1024;

/** Reads the headers of one direction of a connection: all blocks are one zlib stream. */
export class HeaderBlockReader {
  #inflated: Uint8Array[] = [];
  #size = 0;
  readonly #unzlib = new Unzlib({ dictionary: headerDictionary() }, (chunk) => {
    this.#size += chunk.length;
    if (this.#size <= maxBlockBytes) this.#inflated.push(chunk);
  });

  /** Names in lower case. Throws when the block cannot be read. */
  read(compressed: Uint8Array): ReadonlyMap<string, string> {
    this.#inflated = [];
    this.#size = 0;
    this.#unzlib.push(compressed);
    if (this.#size > maxBlockBytes) throw new Error('the header block is too large');
    return parseBlock(Buffer.concat(this.#inflated));
  }
}

/** An empty stored block: readers give out what they have when they come to it. */
const flush = Buffer.from([0, 0, 0, 0xff, 0xff]);

/** Writes header blocks. Deflate allows to store bytes as they are, and the few headers of an answer are not worth more. */
export class HeaderBlockWriter {
  #isFirst = true;

  write(headers: ReadonlyMap<string, string>): Uint8Array {
    const block = serializeBlock(headers);
    const stored = Buffer.alloc(5);
    stored.writeUInt16LE(block.length, 1);
    stored.writeUInt16LE(~block.length & 0xffff, 3);
    // A zlib stream begins with its method and the checksum of that: deflate, no dictionary.
    const start = this.#isFirst ? [Buffer.from([0x78, 0x01])] : [];
    this.#isFirst = false;
    return Buffer.concat([...start, stored, block, flush]);
  }
}

function parseBlock(block: Buffer): ReadonlyMap<string, string> {
  let at = 0;
  const number = (): number => {
    const value = block.readUInt32BE(at);
    at += 4;
    return value;
  };
  const text = (): string => {
    const length = number();
    if (at + length > block.length) throw new Error('the header block ends too early');
    at += length;
    return block.toString('utf8', at - length, at);
  };
  const headers = new Map<string, string>();
  for (let left = number(); left > 0; left--) headers.set(text().toLowerCase(), text());
  return headers;
}

function serializeBlock(headers: ReadonlyMap<string, string>): Buffer {
  const parts: Buffer[] = [counted(headers.size)];
  for (const [name, value] of headers) {
    for (const bytes of [Buffer.from(name), Buffer.from(value)]) parts.push(counted(bytes.length), bytes);
  }
  return Buffer.concat(parts);
}

function counted(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
