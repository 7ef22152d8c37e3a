import { goQuote } from '../../api/index.ts';
import { goSyntax } from '../../api/go/go-syntax.ts';
import { dataOf, dataTypeName, isMap, keysOf, typeName, unboxed, type MaybeValue } from '../values.ts';
import { defaultText } from './default-text.ts';
import { floatText } from './float-text.ts';
import type { Directive } from './directive.ts';
import { hexText, integerText } from './integer-text.ts';
import { padded, paddedNumber } from './padding.ts';

/** Upstream: Go's fmt.Sprintf */
export function sprintf(format: string, args: readonly MaybeValue[]): string {
  return new Formatter(format, args).run();
}

class Formatter {
  readonly #format: string;
  readonly #args: readonly MaybeValue[];
  #at = 0;
  #next = 0;
  /** Arguments were named by number: then it is no matter that some are left. */
  #isReordered = false;
  #isGoodIndex = true;

  constructor(format: string, args: readonly MaybeValue[]) {
    this.#format = format;
    this.#args = args.map(unboxed);
  }

  run(): string {
    let output = '';
    while (this.#at < this.#format.length) {
      const percent = this.#format.indexOf('%', this.#at);
      const end = percent < 0 ? this.#format.length : percent;
      output += this.#format.slice(this.#at, end);
      this.#at = end + 1;
      if (percent >= 0) output += this.#directive();
    }
    if (this.#isReordered || this.#next >= this.#args.length) return output;
    const extra = this.#args
      .slice(this.#next)
      .map((arg) => (arg ? `${typeName(arg)}=${defaultText(arg.data)}` : '<nil>'));
    return `${output}%!(EXTRA ${extra.join(', ')})`;
  }

  #directive(): string {
    this.#isGoodIndex = true;
    const flags = new Set<string>();
    while (/[-+# 0]/.test(this.#format[this.#at] ?? '')) flags.add(this.#format[this.#at++]!);
    let bad = '';
    this.#index();
    let width = this.#number();
    if (width === 'bad') bad += '%!(BADWIDTH)';
    if (typeof width === 'number' && width < 0) {
      flags.add('-');
      width = -width;
    }
    let precision: number | 'bad' | undefined;
    if (this.#format[this.#at] === '.') {
      this.#at++;
      this.#index();
      precision = this.#number() ?? 0;
      if (precision === 'bad') bad += '%!(BADPREC)';
    }
    this.#index();
    const code = this.#format.codePointAt(this.#at);
    if (code === undefined) return `${bad}%!(NOVERB)`;
    const verb = String.fromCodePoint(code);
    this.#at += verb.length;
    if (verb === '%') return `${bad}%`;
    if (!this.#isGoodIndex) return `${bad}%!${verb}(BADINDEX)`;
    if (this.#next >= this.#args.length) return `${bad}%!${verb}(MISSING)`;
    const sizes = {
      width: typeof width === 'number' ? width : undefined,
      precision: typeof precision === 'number' && precision >= 0 ? precision : undefined,
    };
    return bad + valueText(this.#args[this.#next++], { verb, flags, ...sizes });
  }

  /** `[2]` picks the argument. */
  #index(): void {
    if (this.#format[this.#at] !== '[') return;
    this.#isReordered = true;
    const close = this.#format.indexOf(']', this.#at);
    const number = close < 0 ? '' : this.#format.slice(this.#at + 1, close);
    this.#at = close < 0 ? this.#at + 1 : close + 1;
    const index = /^\d+$/.test(number) ? Number(number) - 1 : -1;
    if (index >= 0 && index < this.#args.length) this.#next = index;
    else this.#isGoodIndex = false;
  }

  /** Digits, or `*` for an argument that holds them. */
  #number(): number | 'bad' | undefined {
    if (this.#format[this.#at] === '*') {
      this.#at++;
      const arg = dataOf(this.#args[this.#next++]);
      return typeof arg === 'bigint' && arg > -1_000_001n && arg < 1_000_001n ? Number(arg) : 'bad';
    }
    const digits = /^\d+/.exec(this.#format.slice(this.#at))?.[0];
    if (digits === undefined) return undefined;
    this.#at += digits.length;
    return Math.min(Number(digits), 1_000_000);
  }
}

function valueText(value: MaybeValue, directive: Directive): string {
  const data = dataOf(value);
  if (directive.verb === 'T') return padded(value ? typeName(value) : '<nil>', directive);
  if (!value || typeof data === 'object') return argumentText(data, directive);
  if (directive.verb === 'v' && directive.flags.has('#')) return argumentText(data, directive);
  return scalarText(data, directive) ?? `%!${directive.verb}(${typeName(value)}=${defaultText(data)})`;
}

function argumentText(arg: unknown, directive: Directive): string {
  const { verb, flags } = directive;
  if (arg === null || arg === undefined) return verb === 'v' ? padded('<nil>', directive) : `%!${verb}(<nil>)`;
  if (verb === 'v' && flags.has('#')) return padded(goSyntax(typeof arg === 'bigint' ? Number(arg) : arg), directive);
  return dataText(arg, directive);
}

function dataText(data: unknown, directive: Directive): string {
  if (Array.isArray(data)) return `[${data.map((item) => argumentText(item, directive)).join(' ')}]`;
  if (isMap(data)) {
    const entries = keysOf(data).map((key) => `${dataText(key, directive)}:${argumentText(data[key], directive)}`);
    return `map[${entries.join(' ')}]`;
  }
  const text = scalarText(data, directive);
  return text ?? `%!${directive.verb}(${dataTypeName(data)}=${defaultText(data)})`;
}

/** Undefined where the verb does not fit the type. */
function scalarText(data: unknown, directive: Directive): string | undefined {
  if (typeof data === 'boolean') return /^[tv]$/.test(directive.verb) ? padded(String(data), directive) : undefined;
  if (typeof data === 'bigint') return integerText(data, directive);
  if (typeof data === 'number') return numberText(data, directive);
  return typeof data === 'string' ? stringText(data, directive) : undefined;
}

function stringText(text: string, directive: Directive): string | undefined {
  const { verb, flags, precision } = directive;
  const cut = precision === undefined ? text : [...text].slice(0, precision).join('');
  switch (verb) {
    case 's':
    case 'v':
      return padded(cut, directive);
    case 'q':
      return padded(flags.has('#') && !cut.includes('`') ? `\`${cut}\`` : goQuote(cut), directive);
    case 'x':
    case 'X':
      return padded(hexText(text, directive), directive);
    default:
      return undefined;
  }
}

function numberText(value: number, directive: Directive): string | undefined {
  const { verb, flags, precision } = directive;
  const kind = { v: 'g', g: 'g', G: 'g', e: 'e', E: 'e', f: 'f', F: 'f' }[verb] as 'e' | 'f' | 'g' | undefined;
  if (!kind) return undefined;
  let text = floatText(value, kind, precision ?? (kind === 'g' ? -1 : 6));
  if (/[GE]/.test(verb)) text = text.toUpperCase();
  if (/^\d/.test(text)) text = (flags.has('+') ? '+' : flags.has(' ') ? ' ' : '') + text;
  return paddedNumber(text, directive);
}
