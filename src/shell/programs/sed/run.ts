import { decodeUtf8, encodeUtf8, type Routine } from '../../../kernel/index.ts';
import type { Tool } from '../tool.ts';
import type { Address, SedCommand, Substitution } from './parse.ts';

export interface SedInput {
  /** The next line and whether a newline ends it; undefined at the end. */
  next(): { readonly line: string; readonly isEnded: boolean } | undefined;
  isLast(): boolean;
}

interface Quit {
  readonly status: number;
}

/** Runs a script over its input, line by line, as sed's cycle goes. */
export class SedRun {
  readonly #tool: Tool;
  readonly #commands: readonly SedCommand[];
  readonly #isQuiet: boolean;
  readonly #print: (text: string) => Routine<void>;
  #input!: SedInput;
  #pattern = '';
  #isEnded = true;
  #hold = '';
  #line = 0;
  #hasSubstituted = false;
  #appended: string[] = [];
  #lastRegex: RegExp | undefined;

  constructor(tool: Tool, commands: readonly SedCommand[], isQuiet: boolean, print: (text: string) => Routine<void>) {
    this.#tool = tool;
    this.#commands = commands;
    this.#isQuiet = isQuiet;
    this.#print = print;
  }

  /** Undefined when the input ended, a status when `q` did. */
  *run(input: SedInput): Routine<Quit | undefined> {
    this.#input = input;
    let keepsPattern = false;
    for (;;) {
      if (!keepsPattern && !this.#read()) return undefined;
      const result = yield* this.#cycle();
      keepsPattern = result === 'again';
      if (typeof result === 'object') return result;
      yield { kind: 'tick', cpuMs: 0.001 };
    }
  }

  #read(): boolean {
    const next = this.#input.next();
    if (!next) return false;
    this.#line++;
    this.#pattern = next.line;
    this.#isEnded = next.isEnded;
    this.#hasSubstituted = false;
    return true;
  }

  *#emit(text: string): Routine<void> {
    yield* this.#print(text + (this.#isEnded ? '\n' : ''));
  }

  *#endCycle(): Routine<void> {
    if (!this.#isQuiet) yield* this.#emit(this.#pattern);
    yield* this.#flush();
  }

  *#flush(): Routine<void> {
    for (const text of this.#appended.splice(0)) yield* this.#print(text);
  }

  *#cycle(): Routine<Quit | 'next' | 'again'> {
    for (let index = 0; index < this.#commands.length; index++) {
      const command = this.#commands[index]!;
      if (this.#selects(command) === command.isNegated) {
        if (command.name === '{') index = command.target - 1;
        continue;
      }
      switch (command.name) {
        case 'd':
          yield* this.#flush();
          return 'next';
        case 'D': {
          const end = this.#pattern.indexOf('\n');
          yield* this.#flush();
          if (end < 0) return 'next';
          this.#pattern = this.#pattern.slice(end + 1);
          return 'again';
        }
        case 'n':
          if (!this.#isQuiet) yield* this.#emit(this.#pattern);
          yield* this.#flush();
          if (!this.#read()) return { status: 0 };
          break;
        case 'N': {
          const before = this.#pattern;
          yield* this.#flush();
          if (!this.#read()) {
            this.#pattern = before;
            if (!this.#isQuiet) yield* this.#emit(before);
            return { status: 0 };
          }
          this.#pattern = `${before}\n${this.#pattern}`;
          break;
        }
        case 'q':
          yield* this.#endCycle();
          return { status: Number(command.text || 0) };
        case 'Q':
          return { status: Number(command.text || 0) };
        case 'b':
          index = command.target - 1;
          break;
        case 't':
        case 'T':
          if (this.#hasSubstituted === (command.name === 't')) index = command.target - 1;
          this.#hasSubstituted = false;
          break;
        case 'c':
          // A range is replaced once, at its end.
          if (!command.to || command.isNegated || !command.isActive) yield* this.#print(command.text);
          yield* this.#flush();
          return 'next';
        default:
          yield* this.#perform(command);
      }
    }
    yield* this.#endCycle();
    return 'next';
  }

  *#perform(command: SedCommand): Routine<void> {
    switch (command.name) {
      case 's':
        return yield* this.#substitute(command.substitution!);
      case 'y':
        this.#pattern = [...this.#pattern].map((letter) => command.letters!.get(letter) ?? letter).join('');
        return;
      case 'p':
        return yield* this.#emit(this.#pattern);
      case 'P':
        return yield* this.#print(`${this.#pattern.split('\n')[0]}\n`);
      case '=':
        return yield* this.#print(`${this.#line}\n`);
      case 'a':
        this.#appended.push(command.text);
        return;
      case 'i':
        return yield* this.#print(command.text);
      case 'h':
        this.#hold = this.#pattern;
        return;
      case 'H':
        this.#hold += `\n${this.#pattern}`;
        return;
      case 'g':
        this.#pattern = this.#hold;
        return;
      case 'G':
        this.#pattern += `\n${this.#hold}`;
        return;
      case 'x':
        [this.#pattern, this.#hold] = [this.#hold, this.#pattern];
        return;
      case 'z':
        this.#pattern = '';
        return;
      case 'l':
        return yield* this.#print(
          `${this.#pattern.replace(/[\\\t\n]/g, (letter) => ({ '\\': '\\\\', '\t': '\\t', '\n': '\\n' })[letter]!)}$\n`,
        );
      case 'F':
        return yield* this.#print('-\n');
      case 'r':
        if (this.#tool.files.stat(this.#tool.path(command.text))) {
          this.#appended.push(decodeUtf8(this.#tool.files.read(this.#tool.path(command.text))));
        }
        return;
      case 'w':
        return this.#writeTo(command.text);
      default:
        return;
    }
  }

  #writeTo(path: string): void {
    this.#tool.files.write(this.#tool.path(path), encodeUtf8(`${this.#pattern}\n`), { append: true });
  }

  #selects(command: SedCommand): boolean {
    const { from, to } = command;
    if (!from) return true;
    if (!to) return this.#matches(from);
    if (command.isActive) {
      const isOver =
        command.activeUntil !== undefined
          ? this.#line >= command.activeUntil
          : to.kind === 'last'
            ? this.#input.isLast()
            : this.#matches(to);
      if (isOver) command.isActive = false;
      // A second address above the current line ends the range before this line.
      return command.activeUntil === undefined || this.#line <= command.activeUntil;
    }
    const starts = from.kind === 'line' && from.line === 0 ? this.#line === 1 : this.#matches(from);
    if (!starts) return false;
    command.activeUntil = to.kind === 'line' ? to.line : to.kind === 'count' ? this.#line + to.count : undefined;
    const isOneLine =
      (command.activeUntil !== undefined && command.activeUntil <= this.#line) ||
      (to.kind === 'last' && this.#input.isLast()) ||
      (from.kind === 'line' && from.line === 0 && this.#matches(to));
    command.isActive = !isOneLine;
    return true;
  }

  #matches(address: Address): boolean {
    switch (address.kind) {
      case 'line':
        return this.#line === address.line;
      case 'step':
        return address.step === 0
          ? this.#line === address.first
          : this.#line >= address.first && (this.#line - address.first) % address.step === 0;
      case 'last':
        return this.#input.isLast();
      case 'regex': {
        const regex = address.regex ?? this.#lastRegex;
        this.#lastRegex = regex;
        return regex?.test(this.#pattern) ?? false;
      }
      case 'count':
        return false;
    }
  }

  *#substitute(substitution: Substitution): Routine<void> {
    const regex = substitution.regex ?? this.#lastRegex;
    if (!regex) return;
    this.#lastRegex = regex;
    let count = 0;
    let isChanged = false;
    const result = this.#pattern.replace(
      new RegExp(regex.source, `g${regex.flags.replace('g', '')}`),
      (...match: unknown[]) => {
        count++;
        const isWanted = substitution.isGlobal ? count >= substitution.occurrence : count === substitution.occurrence;
        if (!isWanted) return match[0] as string;
        isChanged = true;
        return replacementFor(substitution.replacement, match as (string | undefined)[]);
      },
    );
    if (!isChanged) return;
    this.#pattern = result;
    this.#hasSubstituted = true;
    if (substitution.prints) yield* this.#emit(this.#pattern);
    if (substitution.writesTo !== undefined) this.#writeTo(substitution.writesTo);
  }
}

/** `&`, `\1`, `\n`, and GNU's changes of case (`\U`, `\L`, `\u`, `\l`, `\E`). */
function replacementFor(replacement: string, match: readonly (string | undefined)[]): string {
  let result = '';
  let mode: 'U' | 'L' | '' = '';
  let next: 'u' | 'l' | '' = '';
  const add = (text: string): void => {
    let made = mode === 'U' ? text.toUpperCase() : mode === 'L' ? text.toLowerCase() : text;
    if (next !== '' && made !== '') {
      made = (next === 'u' ? made[0]!.toUpperCase() : made[0]!.toLowerCase()) + made.slice(1);
      next = '';
    }
    result += made;
  };
  for (let index = 0; index < replacement.length; index++) {
    const letter = replacement[index]!;
    if (letter === '&') add(match[0] ?? '');
    else if (letter !== '\\') add(letter);
    else {
      const escaped = replacement[++index] ?? '\\';
      if (/\d/.test(escaped))
        add(
          typeof match[Number(escaped)] === 'string' && Number(escaped) < match.length - 2
            ? match[Number(escaped)]!
            : '',
        );
      else if (escaped === 'n') add('\n');
      else if (escaped === 't') add('\t');
      else if (escaped === 'U' || escaped === 'L') mode = escaped;
      else if (escaped === 'E') mode = '';
      else if (escaped === 'u' || escaped === 'l') next = escaped;
      else add(escaped);
    }
  }
  return result;
}
