import { quoteBackslash } from '../interpreter/expand/quote.ts';
import { unescape } from '../interpreter/expand/escapes.ts';
import { formatTime } from './strftime.ts';

export interface PrintfResult {
  readonly text: string;
  /** What the command complains about; it goes on all the same, and exits with 1. */
  readonly problems: readonly string[];
}

/** The `printf` command: the format is used again until the arguments are used up. */
export function formatPrintf(format: string, args: readonly string[], nowMs: number): PrintfResult {
  const printer = new Printer(args, nowMs);
  return printer.run(format);
}

const directive =
  /%(?:%|([-+ #0]*)(\*|\d+)?(?:\.(\*|-?\d*))?(?:hh|h|ll|l|L|j|z|t)?(?:\(([^)]*)\)T|([diouxXcsbqeEfFgGaA]|$)?))/y;

class Printer {
  readonly #args: readonly string[];
  readonly #nowMs: number;
  readonly #problems: string[] = [];
  #next = 0;
  #isCut = false;

  constructor(args: readonly string[], nowMs: number) {
    this.#args = args;
    this.#nowMs = nowMs;
  }

  run(format: string): PrintfResult {
    let text = '';
    do {
      const before = this.#next;
      text += this.#once(format);
      if (this.#next === before) break;
    } while (this.#next < this.#args.length && !this.#isCut);
    return { text, problems: this.#problems };
  }

  #once(format: string): string {
    let text = '';
    for (let index = 0; index < format.length && !this.#isCut;) {
      if (format[index] !== '%') {
        const end = format.indexOf('%', index);
        const plain = unescape(format.slice(index, end < 0 ? undefined : end), 'printf');
        text += plain.text;
        index = end < 0 ? format.length : end;
        continue;
      }
      directive.lastIndex = index;
      const match = directive.exec(format);
      if (!match) {
        this.#problems.push(`\`${format[index + 1] ?? ''}': invalid format character`);
        this.#isCut = true;
        break;
      }
      index += match[0].length;
      text += match[0] === '%%' ? '%' : this.#convert(match, format, index);
    }
    return text;
  }

  #convert([whole, flags = '', width, precision, time, letter]: RegExpExecArray, format: string, end: number): string {
    if (time === undefined && !letter) {
      const next = format[end];
      this.#problems.push(
        next === undefined ? `\`${whole}': missing format character` : `\`${next}': invalid format character`,
      );
      this.#isCut = true;
      return '';
    }
    const wide = width === '*' ? this.#integer(this.#take()) : Number(width ?? 0);
    const isLeft = flags.includes('-') || wide < 0;
    const digits =
      precision === undefined
        ? undefined
        : precision === '*'
          ? Number(this.#integer(this.#take()))
          : Number(precision || 0);
    const body = this.#body(letter, time, flags, digits);
    const isZeroPadded =
      flags.includes('0') &&
      !isLeft &&
      letter !== undefined &&
      /[diouxXeEfFgGaA]/.test(letter) &&
      !(digits !== undefined && /[diouxX]/.test(letter));
    return pad(body, Math.abs(Number(wide)), isLeft, isZeroPadded);
  }

  #body(letter: string | undefined, time: string | undefined, flags: string, digits: number | undefined): string {
    if (time !== undefined) {
      const given = this.#take();
      const seconds =
        given === undefined || given === '' || given === '-1' || given === '-2' ? this.#nowMs / 1000 : Number(given);
      return formatTime(time === '' ? '%X' : time, seconds * 1000);
    }
    switch (letter) {
      case 's':
        return (this.#take() ?? '').slice(0, digits);
      case 'c':
        return (this.#take() ?? '').slice(0, 1);
      case 'q':
        return quoteBackslash(this.#take() ?? '');
      case 'b': {
        const { text, isCut } = unescape(this.#take() ?? '', 'echo');
        this.#isCut ||= isCut;
        return text.slice(0, digits);
      }
      case 'd':
      case 'i':
        return signed(this.#integer(this.#take()), flags, digits);
      case 'o':
      case 'u':
      case 'x':
      case 'X':
        return unsigned(BigInt.asUintN(64, this.#integer(this.#take())), letter, flags, digits);
      default:
        return floating(this.#float(this.#take()), letter!, flags, digits);
    }
  }

  #take(): string | undefined {
    return this.#args[this.#next++];
  }

  #integer(text: string | undefined): bigint {
    if (text === undefined || text === '') return 0n;
    if (/^["']/.test(text)) return BigInt(text.codePointAt(1) ?? 0);
    const match = /^\s*([-+]?)(0[xX][0-9a-fA-F]+|\d+)/.exec(text);
    if (!match) {
      this.#problems.push(`${text}: invalid number`);
      return 0n;
    }
    if (match[0].length !== text.trimEnd().length) this.#problems.push(`${text}: invalid number`);
    const digits = match[2]!;
    const octal = /^0[0-7]+$/.test(digits);
    const value = /^0\d/.test(digits)
      ? BigInt(
          octal
            ? `0o${digits.slice(1)}`
            : /^0[0-7]*/.exec(digits)![0].length > 1
              ? `0o${/^0([0-7]*)/.exec(digits)![1]}`
              : '0',
        )
      : BigInt(digits);
    if (/^0\d/.test(digits) && !octal) this.#problems.push(`${text}: invalid octal number`);
    return match[1] === '-' ? -value : value;
  }

  #float(text: string | undefined): number {
    if (text === undefined || text === '') return 0;
    if (/^["']/.test(text)) return text.codePointAt(1) ?? 0;
    const value = Number(text);
    if (!Number.isNaN(value)) return value;
    this.#problems.push(`${text}: invalid number`);
    const start = Number.parseFloat(text);
    return Number.isNaN(start) ? 0 : start;
  }
}

function pad(text: string, width: number, isLeft: boolean, withZeros: boolean): string {
  if (isLeft) return text.padEnd(width);
  if (!withZeros) return text.padStart(width);
  const sign = /^(?:[-+ ]|0[xX])*/.exec(text)![0];
  return sign + text.slice(sign.length).padStart(width - sign.length, '0');
}

function signOf(isNegative: boolean, flags: string): string {
  if (isNegative) return '-';
  return flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
}

function signed(value: bigint, flags: string, digits: number | undefined): string {
  const body = String(value < 0n ? -value : value).padStart(digits ?? 0, '0');
  return signOf(value < 0n, flags) + body;
}

function unsigned(value: bigint, letter: string, flags: string, digits: number | undefined): string {
  const base = letter === 'o' ? 8 : letter === 'u' ? 10 : 16;
  let body = value.toString(base).padStart(digits ?? 0, '0');
  if (flags.includes('#')) body = letter === 'o' ? `0${body}` : base === 16 && value !== 0n ? `0x${body}` : body;
  return letter === 'X' ? body.toUpperCase() : body;
}

/** C's %e, %f and %g. */
export function floating(value: number, letter: string, flags: string, digits = 6): string {
  const sign = signOf(value < 0 || Object.is(value, -0), flags);
  const size = Math.abs(value);
  const lower = letter.toLowerCase();
  let body: string;
  if (!Number.isFinite(size)) body = Number.isNaN(size) ? 'nan' : 'inf';
  else if (lower === 'f') body = size.toFixed(Math.min(digits, 100));
  else if (lower === 'e') body = exponential(size, digits);
  else body = general(size, digits, flags.includes('#'));
  return sign + (letter === lower ? body : body.toUpperCase());
}

function exponential(size: number, digits: number): string {
  return size.toExponential(Math.min(digits, 100)).replace(/e([-+])(\d)$/, 'e$10$2');
}

function general(size: number, digits: number, keepsZeros: boolean): string {
  const precision = digits || 1;
  const exponent = size === 0 ? 0 : Number(size.toExponential(precision - 1).split('e')[1]);
  const body =
    exponent < -4 || exponent >= precision ? exponential(size, precision - 1) : size.toFixed(precision - 1 - exponent);
  if (keepsZeros) return body;
  return body.includes('.') ? body.replace(/\.?0+($|e)/, '$1') : body;
}
