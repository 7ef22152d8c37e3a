import { concatBytes, decodeUtf8 } from '../../../kernel/index.ts';
import type { Descriptor } from '../state/descriptor.ts';
import type { Steps } from '../steps.ts';

export interface ReadLine {
  readonly text: string;
  /** The delimiter was there; false at the end of the input. */
  readonly isEnded: boolean;
}

/** Reads up to a delimiter and leaves the rest to whoever reads the descriptor next. */
export function* readLine(
  descriptor: Descriptor,
  delimiter: string,
  limit = Number.POSITIVE_INFINITY,
): Steps<ReadLine> {
  const stop = delimiter.charCodeAt(0) || 0;
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const bytes = yield* descriptor.read();
    if (!bytes) return { text: decodeUtf8(concatBytes(chunks)), isEnded: false };
    const end = bytes.indexOf(stop);
    const room = limit - length;
    if (end >= 0 && end < room) {
      chunks.push(bytes.subarray(0, end));
      descriptor.unread(bytes.subarray(end + 1));
      return { text: decodeUtf8(concatBytes(chunks)), isEnded: true };
    }
    if (bytes.length >= room) {
      chunks.push(bytes.subarray(0, room));
      descriptor.unread(bytes.subarray(room));
      return { text: decodeUtf8(concatBytes(chunks)), isEnded: true };
    }
    chunks.push(bytes);
    length += bytes.length;
  }
}
