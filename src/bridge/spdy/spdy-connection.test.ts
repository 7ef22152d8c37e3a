import { constants, createDeflate, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { controlFrame, dataFrame, FrameReader, kinds } from './frame.ts';
import { HeaderBlockReader, HeaderBlockWriter } from './header-block.ts';
import { headerDictionary } from './header-dictionary.ts';
import { SpdyConnection, type SpdyStream } from './spdy-connection.ts';

/** Compresses header blocks as clients do: one zlib stream with the dictionary, flushed after each block. */
function clientCompressor() {
  const deflate = createDeflate({ dictionary: headerDictionary(), level: 9 });
  const chunks: Buffer[] = [];
  deflate.on('data', (chunk: Buffer) => chunks.push(chunk));
  return async (headers: ReadonlyMap<string, string>) => {
    const counted = (text: string) => {
      const bytes = Buffer.from(text);
      return Buffer.concat([number(bytes.length), bytes]);
    };
    const block = [number(headers.size), ...[...headers].flatMap(([name, value]) => [counted(name), counted(value)])];
    await new Promise<void>((resolve) => {
      deflate.write(Buffer.concat(block), () => deflate.flush(constants.Z_SYNC_FLUSH, resolve));
    });
    return Buffer.concat(chunks.splice(0));
  };
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

it('has the dictionary whose checksum the draft gives', async () => {
  const compressed = await clientCompressor()(new Map());
  expect(compressed.subarray(2, 6).toString('hex')).toBe('e3c6a7c2');
});

it('reads the headers of one stream after the other', async () => {
  const compress = clientCompressor();
  const reader = new HeaderBlockReader();
  for (const streamtype of ['error', 'data', 'data']) {
    const headers = new Map([
      ['streamtype', streamtype],
      ['port', '80'],
    ]);
    expect(reader.read(await compress(headers))).toEqual(headers);
  }
});

it('writes headers that zlib reads', () => {
  const writer = new HeaderBlockWriter();
  const blocks = [writer.write(new Map([['a', 'bc']])), writer.write(new Map())];
  const options = { finishFlush: constants.Z_SYNC_FLUSH };
  expect(inflateSync(Buffer.concat(blocks), options).toString('hex')).toBe('00000001000000016100000002626300000000');
});

it('cuts frames however the bytes come', () => {
  const payloads = fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 5 });
  fc.assert(
    fc.property(payloads, fc.integer({ min: 1, max: 30 }), (sent, size) => {
      const bytes = Buffer.concat(sent.map((payload, index) => dataFrame(index + 1, payload, index % 2 === 0)));
      const reader = new FrameReader();
      const received = [];
      for (let at = 0; at < bytes.length; at += size) received.push(...reader.push(bytes.subarray(at, at + size)));
      expect(received.map((frame) => ({ ...frame, payload: [...frame.payload] }))).toEqual(
        sent.map((payload, index) => ({
          type: 'data',
          streamId: index + 1,
          isLast: index % 2 === 0,
          payload: [...payload],
        })),
      );
    }),
  );
});

it('opens streams, answers pings, and carries data both ways until each side ends', async () => {
  const sent: string[] = [];
  const streams: SpdyStream[] = [];
  let isClosed = false;
  const wire = {
    send: (bytes: Uint8Array) => void sent.push(Buffer.from(bytes).toString('hex')),
    close: () => (isClosed = true),
  };
  const connection = new SpdyConnection(wire, (stream) => streams.push(stream));
  const block = await clientCompressor()(new Map([['streamtype', 'data']]));
  connection.receive(controlFrame(kinds.synStream, Buffer.concat([number(1), number(0), Buffer.alloc(2), block])));
  expect(sent.splice(0)).toEqual([expect.stringMatching(/^80030002.{8}00000001/)]);
  const heard: string[] = [];
  streams[0]!.onData = (bytes) => heard.push(Buffer.from(bytes).toString());
  streams[0]!.onEnd = () => heard.push('end');
  connection.receive(dataFrame(1, Buffer.from('hello'), false));
  connection.receive(dataFrame(1, new Uint8Array(), true));
  expect(heard).toEqual(['hello', 'end']);
  connection.receive(controlFrame(kinds.ping, number(7)));
  streams[0]!.write(Buffer.from('x'));
  streams[0]!.end();
  streams[0]!.write(Buffer.from('too late'));
  expect(sent).toEqual(['800300060000000400000007', '000000010000000178', '0000000101000000']);
  connection.receive(Buffer.from('80020001000000000000000000', 'hex'));
  expect(isClosed).toBe(true);
});
