import { decodeUtf8, type Routine } from '../../kernel/index.ts';
import { unescape } from '../interpreter/expand/escapes.ts';
import { parseOptions, UsageError } from './options.ts';
import type { Tool } from './tool.ts';

const range = (from: string, to: string): string => {
  let text = '';
  for (let code = from.codePointAt(0)!; code <= to.codePointAt(0)!; code++) text += String.fromCodePoint(code);
  return text;
};

const classes: Readonly<Record<string, string>> = {
  digit: '0123456789',
  lower: range('a', 'z'),
  upper: range('A', 'Z'),
  alpha: range('A', 'Z') + range('a', 'z'),
  alnum: range('0', '9') + range('A', 'Z') + range('a', 'z'),
  space: '\t\n\v\f\r ',
  blank: '\t ',
  punct: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
  cntrl: `${range('\0', '\u001f')}\u007f`,
  print: range(' ', '~'),
  graph: range('!', '~'),
  xdigit: '0123456789ABCDEFabcdef',
};

export function* tr(tool: Tool): Routine<number> {
  const options = parseOptions(tool.args, {
    flags: 'cCdst',
    long: { complement: 'c', delete: 'd', 'squeeze-repeats': 's' },
  });
  const [first, second] = options.operands;
  if (first === undefined) throw new UsageError('missing operand');
  if (second === undefined && !options.has('d') && !options.has('s')) {
    throw new UsageError(
      `missing operand after '${first}'${tool.isGnu ? '\nTwo strings must be given when translating.' : ''}`,
    );
  }
  const from = [...expandSet(first)];
  const to = second === undefined ? undefined : [...expandSet(second)];
  const isComplement = options.has('c') || options.has('C');
  const members = new Set(from);
  const isIn = (letter: string): boolean => members.has(letter) !== isComplement;
  const map = new Map(from.map((letter, index) => [letter, to?.[Math.min(index, to.length - 1)] ?? letter]));
  const squeezed = new Set(options.has('s') ? (to ?? []) : []);
  const squeezes = (letter: string): boolean => (options.has('s') ? (to ? squeezed.has(letter) : isIn(letter)) : false);
  let last = '';
  for (let bytes = yield* tool.context.stdin.read(); bytes; bytes = yield* tool.context.stdin.read()) {
    let output = '';
    for (const letter of decodeUtf8(bytes)) {
      if (options.has('d') && isIn(letter)) continue;
      const made =
        !to || options.has('d')
          ? letter
          : isComplement
            ? isIn(letter)
              ? (to.at(-1) ?? letter)
              : letter
            : (map.get(letter) ?? letter);
      if (made === last && squeezes(made)) continue;
      output += made;
      last = made;
    }
    yield* tool.print(output);
  }
  return 0;
}

function expandSet(text: string): string {
  let set = '';
  const plain = unescape(text, 'printf').text;
  for (let index = 0; index < plain.length; index++) {
    const named = /^\[:(\w+):\]/.exec(plain.slice(index));
    if (named) {
      set += classes[named[1]!] ?? '';
      index += named[0].length - 1;
      continue;
    }
    const repeated = /^\[(.)\*(\d*)\]/.exec(plain.slice(index));
    if (repeated) {
      set += repeated[1]!.repeat(Number(repeated[2]) || 1);
      index += repeated[0].length - 1;
      continue;
    }
    if (plain[index + 1] === '-' && index + 2 < plain.length) {
      if (plain[index]! > plain[index + 2]!) {
        throw new UsageError(
          `range-endpoints of '${plain.slice(index, index + 3)}' are in reverse collating sequence order`,
        );
      }
      set += range(plain[index]!, plain[index + 2]!);
      index += 2;
    } else set += plain[index];
  }
  return set;
}
