/** Arguments that a tool cannot accept: a message, and usually a hint at --help. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly status: number;
  /** Whether GNU tools point to --help behind it. */
  readonly hasHint: boolean;
  constructor(message: string, status = 1, hasHint = true) {
    super(message);
    this.status = status;
    this.hasHint = hasHint;
  }
}

export interface ParsedOptions {
  readonly operands: string[];
  has(name: string): boolean;
  /** The last value given for an option. */
  value(name: string): string | undefined;
  values(name: string): readonly string[];
  number(name: string): number | undefined;
}

export interface OptionSpec {
  /** Letters without a value: `'lah'`. */
  readonly flags?: string;
  /** Letters with a value: `'nc'`. */
  readonly valued?: string;
  /** Long options, and the letter they stand for; a colon behind the name: with a value. */
  readonly long?: Readonly<Record<string, string>>;
  /** The first operand ends the options (`env`, `xargs`, `timeout`). */
  readonly stopsAtOperand?: boolean;
  /** Exit code for a wrong option. */
  readonly errorStatus?: number;
}

/** getopt_long(3): `-abc`, `-nVALUE`, `-n VALUE`, `--name=VALUE`, `--`; options and operands may be mixed. */
export function parseOptions(args: readonly string[], spec: OptionSpec): ParsedOptions {
  const found = new Map<string, string[]>();
  const operands: string[] = [];
  const add = (name: string, value: string): void => {
    const values = found.get(name);
    if (values) values.push(value);
    else found.set(name, [value]);
  };
  const status = spec.errorStatus ?? 1;
  for (let index = 0; index < args.length; index++) {
    const word = args[index]!;
    if (word === '--') {
      operands.push(...args.slice(index + 1));
      break;
    }
    if (word.startsWith('--')) {
      index += parseLong(word, args[index + 1], spec, add, status);
    } else if (word.startsWith('-') && word !== '-') {
      index += parseShort(word, args[index + 1], spec, add, status);
    } else {
      operands.push(word);
      if (spec.stopsAtOperand) {
        operands.push(...args.slice(index + 1));
        break;
      }
    }
  }
  return {
    operands,
    has: (name) => found.has(name),
    value: (name) => found.get(name)?.at(-1),
    values: (name) => found.get(name) ?? [],
    number(name) {
      const text = found.get(name)?.at(-1);
      if (text === undefined) return undefined;
      if (!/^[-+]?\d+(?:\.\d+)?$/.test(text)) throw new UsageError(`invalid number '${text}'`, status);
      return Number(text);
    },
  };
}

type Add = (name: string, value: string) => void;

function parseLong(word: string, next: string | undefined, spec: OptionSpec, add: Add, status: number): number {
  const equals = word.indexOf('=');
  const name = equals < 0 ? word.slice(2) : word.slice(2, equals);
  const long = spec.long ?? {};
  const takesValue = long[`${name}:`];
  const flag = long[name];
  if (takesValue !== undefined) {
    if (equals < 0 && next === undefined) throw new UsageError(`option '--${name}' requires an argument`, status);
    add(takesValue, equals < 0 ? next! : word.slice(equals + 1));
    return equals < 0 ? 1 : 0;
  }
  if (flag === undefined) throw new UsageError(`unrecognized option '${word}'`, status);
  add(flag, equals < 0 ? '' : word.slice(equals + 1));
  return 0;
}

function parseShort(word: string, next: string | undefined, spec: OptionSpec, add: Add, status: number): number {
  for (let at = 1; at < word.length; at++) {
    const letter = word[at]!;
    if (spec.flags?.includes(letter)) add(letter, '');
    else if (spec.valued?.includes(letter)) {
      const rest = word.slice(at + 1);
      if (rest !== '') add(letter, rest);
      else if (next === undefined) throw new UsageError(`option requires an argument -- '${letter}'`, status);
      else add(letter, next);
      return rest === '' ? 1 : 0;
    } else throw new UsageError(`invalid option -- '${letter}'`, status);
  }
  return 0;
}
