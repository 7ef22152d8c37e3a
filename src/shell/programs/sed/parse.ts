import { UsageError } from '../options.ts';
import { compileRegex } from '../posix-regex.ts';

export type Address =
  | { readonly kind: 'line'; readonly line: number }
  | { readonly kind: 'step'; readonly first: number; readonly step: number }
  | { readonly kind: 'last' }
  /** An empty expression means the one that was used last. */
  | { readonly kind: 'regex'; readonly regex: RegExp | undefined }
  | { readonly kind: 'count'; readonly count: number };

export interface Substitution {
  readonly regex: RegExp | undefined;
  readonly replacement: string;
  readonly isGlobal: boolean;
  readonly occurrence: number;
  readonly prints: boolean;
  readonly writesTo: string | undefined;
}

export interface SedCommand {
  readonly from: Address | undefined;
  readonly to: Address | undefined;
  readonly isNegated: boolean;
  readonly name: string;
  readonly text: string;
  readonly substitution: Substitution | undefined;
  readonly letters: ReadonlyMap<string, string> | undefined;
  /** Of `{`: where its block ends; of `b`, `t`, `T`: where the label stands. */
  target: number;
  /** Between the two addresses of a range; until which line, when that is known. */
  isActive: boolean;
  activeUntil: number | undefined;
}

/** Parses a sed script; blocks and labels become positions in the list. */
export function parseSed(script: string, isExtended: boolean): readonly SedCommand[] {
  const commands = new Parser(script, isExtended).run();
  const labels = new Map(
    commands.flatMap((command, index) => (command.name === ':' ? [[command.text, index] as const] : [])),
  );
  for (const command of commands) {
    if (!'btT'.includes(command.name)) continue;
    if (command.text === '') command.target = commands.length;
    else {
      const target = labels.get(command.text);
      if (target === undefined)
        throw new UsageError(
          `-e expression #1, char ${script.length}: can't find label for jump to \`${command.text}'`,
          1,
          false,
        );
      command.target = target;
    }
  }
  return commands;
}

class Parser {
  readonly #script: string;
  readonly #isExtended: boolean;
  readonly #commands: SedCommand[] = [];
  readonly #open: number[] = [];
  #at = 0;

  constructor(script: string, isExtended: boolean) {
    this.#script = script;
    this.#isExtended = isExtended;
  }

  run(): SedCommand[] {
    for (;;) {
      this.#skip(/[\s;]/);
      if (this.#at >= this.#script.length) break;
      if (this.#script[this.#at] === '#') {
        this.#skip(/[^\n]/);
        continue;
      }
      this.#command();
    }
    if (this.#open.length > 0) this.#fail("unmatched `{'", 0);
    return this.#commands;
  }

  #fail(problem: string, at = this.#at): never {
    throw new UsageError(`-e expression #1, char ${at}: ${problem}`, 1, false);
  }

  #skip(pattern: RegExp): void {
    while (this.#at < this.#script.length && pattern.test(this.#script[this.#at]!)) this.#at++;
  }

  #take(pattern: RegExp): string {
    const start = this.#at;
    this.#skip(pattern);
    return this.#script.slice(start, this.#at);
  }

  #command(): void {
    const from = this.#address();
    let to: Address | undefined;
    this.#skip(/[ \t]/);
    if (from && this.#script[this.#at] === ',') {
      this.#at++;
      this.#skip(/[ \t]/);
      to = this.#address(true);
      if (!to) this.#fail("unexpected `,'", this.#at);
    }
    this.#skip(/[ \t]/);
    let isNegated = false;
    while (this.#script[this.#at] === '!') {
      isNegated = true;
      this.#at++;
      this.#skip(/[ \t]/);
    }
    const name = this.#script[this.#at++];
    if (name === undefined) this.#fail('missing command', this.#at - 1);
    const command: SedCommand = {
      from,
      to,
      isNegated,
      name,
      ...this.#argument(name),
      target: 0,
      isActive: false,
      activeUntil: undefined,
    };
    if (name === '}') {
      const open = this.#open.pop();
      if (open === undefined) this.#fail("unexpected `}'");
      else this.#commands[open]!.target = this.#commands.length + 1;
    }
    if (name === '{') this.#open.push(this.#commands.length);
    this.#commands.push(command);
  }

  #address(isSecond = false): Address | undefined {
    const letter = this.#script[this.#at];
    if (letter === '$') {
      this.#at++;
      return { kind: 'last' };
    }
    if (isSecond && letter === '+') {
      this.#at++;
      return { kind: 'count', count: Number(this.#take(/\d/)) };
    }
    if (letter !== undefined && /\d/.test(letter)) {
      const line = Number(this.#take(/\d/));
      if (this.#script[this.#at] !== '~') return { kind: 'line', line };
      this.#at++;
      return { kind: 'step', first: line, step: Number(this.#take(/\d/)) };
    }
    if (letter !== '/' && letter !== '\\') return undefined;
    if (letter === '\\') this.#at++;
    const source = this.#delimited(this.#script[this.#at++]!, 'unterminated address regex');
    const flags = this.#take(/[IM]/);
    return { kind: 'regex', regex: this.#regex(source, flags.includes('I') ? 'i' : '') };
  }

  /** Text up to the next delimiter that is neither escaped nor in brackets. */
  #delimited(delimiter: string, problem: string): string {
    let text = '';
    let isInBrackets = false;
    for (; this.#at < this.#script.length; this.#at++) {
      const letter = this.#script[this.#at]!;
      if (letter === '\\') {
        const next = this.#script[++this.#at];
        text += next === delimiter && !/[.*+?()[\]{}|^$]/.test(delimiter) ? delimiter : `\\${next}`;
      } else if (letter === delimiter && !isInBrackets) {
        this.#at++;
        return text;
      } else {
        if (letter === '[' && !isInBrackets) isInBrackets = this.#script.includes(']', this.#at + 2);
        else if (letter === ']') isInBrackets = false;
        text += letter;
      }
    }
    return this.#fail(problem, this.#script.length);
  }

  #regex(source: string, flags: string): RegExp | undefined {
    return source === '' ? undefined : compileRegex(source, this.#isExtended ? 'extended' : 'basic', flags);
  }

  #argument(name: string): Pick<SedCommand, 'text' | 'substitution' | 'letters'> {
    const plain = (text = ''): Pick<SedCommand, 'text' | 'substitution' | 'letters'> => ({
      text,
      substitution: undefined,
      letters: undefined,
    });
    switch (name) {
      case 's':
        return { text: '', substitution: this.#substitution(), letters: undefined };
      case 'y':
        return { text: '', substitution: undefined, letters: this.#transliteration() };
      case 'a':
      case 'i':
      case 'c':
        return plain(this.#block());
      case ':':
      case 'b':
      case 't':
      case 'T':
        this.#skip(/[ \t]/);
        return plain(this.#take(name === ':' ? /[^\n;]/ : /[^\n;}]/).trim());
      case 'q':
      case 'Q':
      case 'l':
        this.#skip(/[ \t]/);
        return plain(this.#take(/\d/));
      case 'r':
      case 'w':
        this.#skip(/[ \t]/);
        return plain(this.#take(/[^\n]/));
      default:
        if (!'{}=dDgGhHnNpPxzF'.includes(name)) this.#fail(`unknown command: \`${name}'`);
        return plain();
    }
  }

  /** The text of `a`, `i` and `c`: on the same line, or behind a backslash on the next ones. */
  #block(): string {
    this.#skip(/[ \t]/);
    if (this.#script[this.#at] === '\\') {
      this.#at++;
      this.#skip(/[ \t]/);
      if (this.#script[this.#at] === '\n') this.#at++;
    }
    if (this.#at >= this.#script.length) this.#fail("expected \\ after `a', `c' or `i'");
    let text = '';
    for (; this.#at < this.#script.length && this.#script[this.#at] !== '\n'; this.#at++) {
      if (this.#script[this.#at] === '\\' && this.#at + 1 < this.#script.length) this.#at++;
      text += this.#script[this.#at];
    }
    return `${text}\n`;
  }

  #substitution(): Substitution {
    const delimiter = this.#script[this.#at++];
    if (delimiter === undefined) return this.#fail("unterminated `s' command");
    const source = this.#delimited(delimiter, "unterminated `s' command");
    const replacement = this.#delimited(delimiter, "unterminated `s' command");
    const flags = this.#take(/[gpiIeMm\d]/);
    let writesTo: string | undefined;
    if (this.#script[this.#at] === 'w') {
      this.#at++;
      this.#skip(/[ \t]/);
      writesTo = this.#take(/[^\n]/);
    }
    if (this.#at < this.#script.length && !/[\s;}#]/.test(this.#script[this.#at]!))
      this.#fail("unknown option to `s'", this.#at + 1);
    const lower = `${/[iI]/.test(flags) ? 'i' : ''}${/[mM]/.test(flags) ? 'm' : ''}`;
    return {
      regex: this.#regex(source, lower),
      replacement,
      isGlobal: flags.includes('g'),
      occurrence: Number(/\d+/.exec(flags)?.[0] ?? 1),
      prints: flags.includes('p'),
      writesTo,
    };
  }

  #transliteration(): ReadonlyMap<string, string> {
    const delimiter = this.#script[this.#at++];
    if (delimiter === undefined) return this.#fail("unterminated `y' command");
    const letters = (text: string): string[] => [
      ...text.replace(/\\(.)/g, (_, letter: string) => (letter === 'n' ? '\n' : letter === 't' ? '\t' : letter)),
    ];
    const from = letters(this.#delimited(delimiter, "unterminated `y' command"));
    const to = letters(this.#delimited(delimiter, "unterminated `y' command"));
    if (from.length !== to.length) this.#fail("strings for `y' command are different lengths");
    return new Map(from.map((letter, index) => [letter, to[index]!]));
  }
}
