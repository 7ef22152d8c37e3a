import type { Routine } from '../../kernel/index.ts';
import { decodeBase64, encodeBase64 } from '../codec/base64.ts';
import { md5 } from '../codec/md5.ts';
import { sha256, toHex } from '../codec/sha256.ts';
import { parseOptions } from './options.ts';
import { linesOf, type Tool } from './tool.ts';

function checksumTool(digest: (bytes: Uint8Array) => Uint8Array) {
  return function* (tool: Tool): Routine<number> {
    const options = parseOptions(tool.args, { flags: 'cbtwsz', long: { check: 'c', quiet: 'quiet', status: 's' } });
    const paths = options.operands.length > 0 ? options.operands : ['-'];
    if (options.has('c')) return yield* check(tool, paths, digest, options.has('s'));
    return yield* tool.each(paths, function* (path) {
      yield* tool.print(`${toHex(digest(yield* tool.readAll(path)))}  ${path}\n`);
    });
  };
}

function* check(
  tool: Tool,
  paths: readonly string[],
  digest: (bytes: Uint8Array) => Uint8Array,
  isSilent: boolean,
): Routine<number> {
  let failures = 0;
  for (const path of paths) {
    for (const line of linesOf(yield* tool.readText(path))) {
      const match = /^([0-9a-f]+) [ *](.*)$/.exec(line);
      if (!match) continue;
      const exists = tool.files.stat(tool.path(match[2]!))?.type === 'file';
      const isGood = exists && toHex(digest(yield* tool.readAll(match[2]!))) === match[1];
      if (!isGood) failures++;
      if (!isSilent) yield* tool.print(`${match[2]}: ${isGood ? 'OK' : 'FAILED'}${exists ? '' : ' open or read'}\n`);
    }
  }
  if (failures > 0 && !isSilent)
    yield* tool.complain(
      `WARNING: ${failures} ${tool.isGnu ? 'computed checksum' : 'of 1 computed checksum'}${failures === 1 ? '' : 's'} did NOT match`,
    );
  return failures > 0 ? 1 : 0;
}

export const md5sum = checksumTool(md5);
export const sha256sum = checksumTool(sha256);

export function* base64(tool: Tool): Routine<number> {
  const options = parseOptions(tool.args, {
    flags: 'diD',
    valued: 'w',
    long: { decode: 'd', 'wrap:': 'w', 'ignore-garbage': 'i' },
  });
  const path = options.operands[0] ?? '-';
  if (options.has('d') || options.has('D')) {
    const text = yield* tool.readText(path);
    const bytes = decodeBase64(options.has('i') ? text.replace(/[^A-Za-z0-9+/=]/g, '') : text);
    if (!bytes) {
      yield* tool.complain(tool.isGnu ? 'invalid input' : 'truncated input');
      return 1;
    }
    yield* tool.write(bytes);
    return 0;
  }
  const encoded = encodeBase64(yield* tool.readAll(path));
  const width = options.number('w') ?? 76;
  if (width === 0) yield* tool.print(encoded);
  else yield* tool.print((encoded.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).map((line) => `${line}\n`).join(''));
  return 0;
}
