/** Upstream: the SPDY/3 draft, section 2.2: a frame is eight bytes of head and what they announce. */
export type Frame =
  | { readonly type: 'data'; readonly streamId: number; readonly isLast: boolean; readonly payload: Uint8Array }
  | { readonly type: 'control'; readonly kind: number; readonly flags: number; readonly payload: Uint8Array };

export const kinds = { synStream: 1, synReply: 2, rstStream: 3, settings: 4, ping: 6, goAway: 7 } as const;

/** The one flag that matters here: nothing more comes from this side of the stream. */
export const finFlag = 1;

const headBytes = 8;
const controlVersion = 0x8003;

/** Cuts a stream of bytes into frames. Throws when it is not SPDY/3. */
export class FrameReader {
  #kept: Buffer = Buffer.alloc(0);

  *push(bytes: Uint8Array): Generator<Frame> {
    this.#kept = Buffer.concat([this.#kept, bytes]);
    while (this.#kept.length >= headBytes) {
      const length = this.#kept.readUInt32BE(4) & 0xff_ffff;
      if (this.#kept.length < headBytes + length) return;
      const frame = parse(this.#kept, this.#kept.subarray(headBytes, headBytes + length));
      this.#kept = this.#kept.subarray(headBytes + length);
      yield frame;
    }
  }
}

function parse(head: Buffer, payload: Uint8Array): Frame {
  const flags = head[4]!;
  const first = head.readUInt16BE(0);
  if (first < 0x8000) {
    return { type: 'data', streamId: head.readUInt32BE(0), isLast: (flags & finFlag) !== 0, payload };
  }
  if (first !== controlVersion) throw new Error('not a frame of SPDY/3');
  return { type: 'control', kind: head.readUInt16BE(2), flags, payload };
}

export function dataFrame(streamId: number, payload: Uint8Array, isLast: boolean): Uint8Array {
  const head = Buffer.alloc(headBytes);
  head.writeUInt32BE(streamId);
  head.writeUInt32BE(payload.length, 4);
  head[4] = isLast ? finFlag : 0;
  return Buffer.concat([head, payload]);
}

export function controlFrame(kind: number, payload: Uint8Array): Uint8Array {
  const head = Buffer.alloc(headBytes);
  head.writeUInt16BE(controlVersion);
  head.writeUInt16BE(kind, 2);
  head.writeUInt32BE(payload.length, 4);
  return Buffer.concat([head, payload]);
}
