import { formatGoDuration } from '../../api/index.ts';
import { quoteRune } from '../../api/go/quote.ts';
import { setFlag, type Flag, type FlagOptions, type FlagType, type FlagValue } from './flag.ts';

/** Something is wrong with how a flag was used. */
export class FlagError extends Error {
  override readonly name = 'FlagError';
}

/** `--help` or `-h` was given. */
export class HelpRequested extends Error {
  override readonly name = 'HelpRequested';
}

/**
 * The flags of one command: declared first, then parsed, then read. Flags and arguments may be mixed; `--` ends the flags.
 * Upstream: github.com/spf13/pflag/flag.go
 */
export class FlagSet {
  readonly #flags = new Map<string, Flag>();
  readonly #shorts = new Map<string, Flag>();
  readonly #inherited = new Set<string>();
  #arguments: string[] = [];
  #dashAt = -1;
  #isInterspersed = true;

  bool(name: string, usage: string, options: FlagOptions & { readonly initial?: boolean } = {}): this {
    return this.#add('bool', name, usage, options.initial ?? false, { withoutValue: 'true', ...options });
  }

  string(name: string, usage: string, options: FlagOptions & { readonly initial?: string } = {}): this {
    return this.#add('string', name, usage, options.initial ?? '', options);
  }

  /** Repeated, each value as it stands. */
  stringArray(name: string, usage: string, options: FlagOptions = {}): this {
    return this.#add('stringArray', name, usage, [], options);
  }

  /** Repeated, or several between commas. */
  stringSlice(name: string, usage: string, options: FlagOptions & { readonly initial?: readonly string[] } = {}): this {
    return this.#add('stringSlice', name, usage, options.initial ?? [], options);
  }

  stringToString(name: string, usage: string, options: FlagOptions = {}): this {
    return this.#add('stringToString', name, usage, new Map(), options);
  }

  integer(
    name: string,
    usage: string,
    options: FlagOptions & { readonly initial?: number; readonly type?: 'int' | 'int32' | 'int64' } = {},
  ): this {
    return this.#add(options.type ?? 'int', name, usage, options.initial ?? 0, options);
  }

  /** @param options `initialMs` is the default in milliseconds */
  duration(name: string, usage: string, options: FlagOptions & { readonly initialMs?: number } = {}): this {
    return this.#add('duration', name, usage, options.initialMs ?? 0, options);
  }

  /** Everything after the first argument belongs to the arguments. */
  stopAtFirstArgument(): this {
    this.#isInterspersed = false;
    return this;
  }

  lookup(name: string): Flag | undefined {
    return this.#flags.get(normalize(name));
  }

  lookupShort(letter: string): Flag | undefined {
    return this.#shorts.get(letter);
  }

  /** By name. */
  list(): readonly Flag[] {
    return [...this.#flags.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  get arguments(): readonly string[] {
    return this.#arguments;
  }

  /** How many arguments stood before `--`; -1 when there was none. */
  get argumentsBeforeDash(): number {
    return this.#dashAt;
  }

  isChanged(name: string): boolean {
    return this.lookup(name)?.isChanged ?? false;
  }

  getBool(name: string): boolean {
    return this.#read(name) as boolean;
  }

  getString(name: string): string {
    return this.#read(name) as string;
  }

  getStrings(name: string): readonly string[] {
    return this.#read(name) as readonly string[];
  }

  getMap(name: string): ReadonlyMap<string, string> {
    return this.#read(name) as ReadonlyMap<string, string>;
  }

  /** Also for durations: milliseconds. */
  getNumber(name: string): number {
    return this.#read(name) as number;
  }

  /** Adds flags that every command has; a command's own flag of the same name stays. */
  addInherited(other: FlagSet): void {
    for (const flag of other.list()) {
      if (this.#flags.has(flag.name)) continue;
      this.#insert(flag);
      this.#inherited.add(flag.name);
    }
  }

  /** The value of a flag that every command has; empty where the command has a flag of its own by that name. */
  getInherited(name: string): string {
    return this.#inherited.has(name) ? this.getString(name) : '';
  }

  /**
   * @param warn where the note about a deprecated flag goes
   * @throws FlagError, HelpRequested
   */
  parse(argv: readonly string[], warn: (line: string) => void): void {
    const rest = [...argv];
    while (rest.length > 0) {
      const argument = rest.shift()!;
      if (argument === '--') {
        this.#dashAt = this.#arguments.length;
        this.#arguments.push(...rest);
        return;
      }
      if (argument.length < 2 || !argument.startsWith('-')) {
        this.#arguments.push(argument);
        if (this.#isInterspersed) continue;
        this.#arguments.push(...rest);
        return;
      }
      if (argument.startsWith('--')) this.#parseLong(argument, rest, warn);
      else this.#parseShorts(argument.slice(1), rest, warn);
    }
  }

  #parseLong(argument: string, rest: string[], warn: (line: string) => void): void {
    const body = argument.slice(2);
    if (/^[-=]/.test(body)) throw new FlagError(`bad flag syntax: ${argument}`);
    const equals = body.indexOf('=');
    const name = equals < 0 ? body : body.slice(0, equals);
    const flag = this.lookup(name);
    if (!flag) {
      if (name === 'help') throw new HelpRequested();
      throw new FlagError(`unknown flag: --${name}`);
    }
    const value = equals >= 0 ? body.slice(equals + 1) : (flag.options.withoutValue ?? rest.shift());
    if (value === undefined) throw new FlagError(`flag needs an argument: ${argument}`);
    this.#set(flag, value, warn);
  }

  #parseShorts(letters: string, rest: string[], warn: (line: string) => void): void {
    let shorts = letters;
    while (shorts !== '') {
      const letter = shorts[0]!;
      const flag = this.#shorts.get(letter);
      if (!flag) {
        if (letter === 'h') throw new HelpRequested();
        throw new FlagError(`unknown shorthand flag: ${quoteRune(letter)} in -${shorts}`);
      }
      let value: string | undefined;
      let left = '';
      if (shorts.length > 2 && shorts[1] === '=') value = shorts.slice(2);
      else if (flag.options.withoutValue !== undefined) {
        value = flag.options.withoutValue;
        left = shorts.slice(1);
      } else if (shorts.length > 1) value = shorts.slice(1);
      else value = rest.shift();
      if (value === undefined) throw new FlagError(`flag needs an argument: ${quoteRune(letter)} in -${shorts}`);
      this.#set(flag, value, warn);
      shorts = left;
    }
  }

  #set(flag: Flag, text: string, warn: (line: string) => void): void {
    const wasChanged = flag.isChanged;
    const problem = setFlag(flag, text);
    if (problem !== undefined) {
      const title = flag.options.short ? `-${flag.options.short}, --${flag.name}` : `--${flag.name}`;
      throw new FlagError(`invalid argument ${JSON.stringify(text)} for "${title}" flag: ${problem}`);
    }
    if (flag.options.deprecated && !wasChanged)
      warn(`Flag --${flag.name} has been deprecated, ${flag.options.deprecated}`);
  }

  #add(type: FlagType, name: string, usage: string, initial: FlagValue, options: FlagOptions): this {
    this.#insert({ name, type, usage, options, initial, value: initial, isChanged: false });
    return this;
  }

  #insert(flag: Flag): void {
    this.#flags.set(flag.name, flag);
    if (flag.options.short) this.#shorts.set(flag.options.short, flag);
  }

  #read(name: string): FlagValue {
    const flag = this.lookup(name);
    if (!flag) throw new Error(`no such flag: ${name}`);
    return flag.value;
  }
}

/** `--dry_run` is `--dry-run`. */
function normalize(name: string): string {
  return name.replaceAll('_', '-');
}

/** A flag's default as help shows it. */
export function defaultText(flag: Flag): string {
  const { initial } = flag;
  if (flag.options.shownDefault !== undefined) return flag.options.shownDefault;
  if (flag.type === 'duration') return formatGoDuration(initial as number);
  if (initial instanceof Map) return '[]';
  if (Array.isArray(initial)) return `[${initial.join(',')}]`;
  return String(initial);
}
