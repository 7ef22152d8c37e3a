import { decodeUtf8 } from '../../kernel/index.ts';
import { parseOptions } from './options.ts';
import type { Tool } from './tool.ts';

/** `cat`: files one after the other. */
export function* cat(tool: Tool) {
  const options = parseOptions(tool.args, {
    flags: 'AbeEnstTuv',
    long: {
      number: 'n',
      'number-nonblank': 'b',
      'show-all': 'A',
      'show-ends': 'E',
      'show-tabs': 'T',
      'squeeze-blank': 's',
    },
  });
  const paths = options.operands.length > 0 ? options.operands : ['-'];
  const isPlain = !['A', 'b', 'e', 'E', 'n', 's', 't', 'T', 'v'].some((letter) => options.has(letter));
  const numbers = options.has('b') ? 'filled' : options.has('n') ? 'all' : 'none';
  const showsEnds = options.has('A') || options.has('e') || options.has('E');
  const showsTabs = options.has('A') || options.has('t') || options.has('T');
  const showsControls = options.has('A') || options.has('e') || options.has('t') || options.has('v');
  let line = 0;
  let blanks = 0;
  return yield* tool.each(paths, function* (path) {
    if (isPlain) {
      const source = tool.open(path);
      for (let bytes = yield* source.read(); bytes; bytes = yield* source.read()) yield* tool.write(bytes);
      return;
    }
    const reader = tool.reader(path);
    for (let bytes = yield* reader.lineBytes(); bytes; bytes = yield* reader.lineBytes()) {
      const text = decodeUtf8(bytes);
      const isEnded = text.endsWith('\n');
      let body = isEnded ? text.slice(0, -1) : text;
      blanks = body === '' ? blanks + 1 : 0;
      if (options.has('s') && blanks > 1) continue;
      const isNumbered = numbers === 'all' || (numbers === 'filled' && body !== '');
      if (showsControls) body = visible(body);
      if (showsTabs) body = body.replaceAll('\t', '^I');
      const number = isNumbered ? `${String(++line).padStart(6)}\t` : '';
      yield* tool.print(`${number}${body}${showsEnds && isEnded ? '$' : ''}${isEnded ? '\n' : ''}`);
    }
  });
}

function visible(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, (letter) =>
    letter === '\u007f' ? '^?' : `^${String.fromCharCode(letter.charCodeAt(0) + 64)}`,
  );
}
