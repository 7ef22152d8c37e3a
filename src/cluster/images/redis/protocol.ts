import { concatBytes, decodeUtf8, encodeUtf8, type Routine } from '../../../kernel/index.ts';
import type { ByteReader } from '../../../shell/index.ts';

/** What a server answers. Upstream: redis.io/docs/latest/develop/reference/protocol-spec */
export type Reply =
  | { readonly kind: 'status'; readonly text: string }
  | { readonly kind: 'error'; readonly text: string }
  | { readonly kind: 'integer'; readonly value: number }
  | { readonly kind: 'bulk'; readonly text: string | undefined }
  | { readonly kind: 'list'; readonly items: readonly Reply[] | undefined };

export const ok: Reply = { kind: 'status', text: 'OK' };
export const nil: Reply = { kind: 'bulk', text: undefined };

export function bulk(text: string | undefined): Reply {
  return { kind: 'bulk', text };
}

export function integer(value: number): Reply {
  return { kind: 'integer', value };
}

export function list(texts: readonly string[]): Reply {
  return { kind: 'list', items: texts.map(bulk) };
}

export function failure(text: string): Reply {
  return { kind: 'error', text };
}

export function encodeReply(reply: Reply): Uint8Array {
  switch (reply.kind) {
    case 'status':
      return encodeUtf8(`+${reply.text}\r\n`);
    case 'error':
      return encodeUtf8(`-${reply.text}\r\n`);
    case 'integer':
      return encodeUtf8(`:${reply.value}\r\n`);
    case 'bulk': {
      if (reply.text === undefined) return encodeUtf8('$-1\r\n');
      const bytes = encodeUtf8(reply.text);
      return concatBytes([encodeUtf8(`$${bytes.length}\r\n`), bytes, encodeUtf8('\r\n')]);
    }
    case 'list':
      if (!reply.items) return encodeUtf8('*-1\r\n');
      return concatBytes([encodeUtf8(`*${reply.items.length}\r\n`), ...reply.items.map(encodeReply)]);
  }
}

export function encodeCommand(words: readonly string[]): Uint8Array {
  return encodeReply(list(words));
}

/** The next command of a client: as a list, or as a line typed by hand. */
export function* readCommand(reader: ByteReader): Routine<readonly string[] | undefined> {
  const line = (yield* reader.line())?.replace(/\r$/, '');
  if (line === undefined) return undefined;
  if (!line.startsWith('*')) return line.split(/\s+/).filter((word) => word !== '');
  const words: string[] = [];
  for (let left = Number(line.slice(1)); left > 0; left--) {
    const size = Number((yield* reader.line())?.slice(1));
    const bytes = Number.isInteger(size) ? yield* reader.exactly(size) : undefined;
    if (!bytes) return undefined;
    words.push(decodeUtf8(bytes));
    yield* reader.line();
  }
  return words;
}

export function* readReply(reader: ByteReader): Routine<Reply | undefined> {
  const line = (yield* reader.line())?.replace(/\r$/, '');
  if (line === undefined) return undefined;
  const rest = line.slice(1);
  switch (line[0]) {
    case '+':
      return { kind: 'status', text: rest };
    case '-':
      return { kind: 'error', text: rest };
    case ':':
      return { kind: 'integer', value: Number(rest) };
    case '$': {
      if (rest === '-1') return nil;
      const bytes = yield* reader.exactly(Number(rest));
      yield* reader.line();
      return bytes && bulk(decodeUtf8(bytes));
    }
    case '*': {
      if (rest === '-1') return { kind: 'list', items: undefined };
      const items: Reply[] = [];
      for (let left = Number(rest); left > 0; left--) {
        const item = yield* readReply(reader);
        if (!item) return undefined;
        items.push(item);
      }
      return { kind: 'list', items };
    }
    default:
      return undefined;
  }
}
