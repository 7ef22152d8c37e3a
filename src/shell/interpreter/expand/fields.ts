import { escapePattern } from './pattern.ts';

/** One word after expansion: its text, and the same as a pattern in which what was quoted is escaped. */
export interface Field {
  readonly text: string;
  readonly pattern: string;
}

/** How `"$@"`, `$*` and their like are put down. */
interface ListStyle {
  readonly isQuoted: boolean;
  /** `*` rather than `@`. */
  readonly isStar: boolean;
}

/** Collects the words that one word of the source expands to, splitting what came from expansions as IFS says. */
export class FieldBuilder {
  readonly #fields: Field[] = [];
  readonly #separators: string;
  readonly #splits: boolean;
  #text = '';
  #pattern = '';
  /** Something, even if empty, belongs to the current field. */
  #isStarted = false;
  /** White space ended the last field; a separator right behind belongs to the same delimiter. */
  #endedBySpace = false;

  /** @param splits false where the result is one word whatever it holds: an assignment, a pattern, a here-document */
  constructor(separators: string, splits: boolean) {
    this.#separators = separators;
    this.#splits = splits;
  }

  /** Source text: a pattern character is one, but nothing is split. */
  addLiteral(text: string): void {
    if (text === '') return;
    this.begin();
    this.#text += text;
    this.#pattern += text;
  }

  addQuoted(text: string): void {
    this.begin();
    this.#text += text;
    this.#pattern += escapePattern(text);
  }

  /** What an expansion outside of quotes gave. */
  addExpanded(text: string): void {
    if (!this.#splits || this.#separators === '') return this.#append(text);
    let from = 0;
    for (let index = 0; index < text.length; index++) {
      const letter = text[index]!;
      if (!this.#separators.includes(letter)) continue;
      this.#append(text.slice(from, index));
      from = index + 1;
      if (/[ \t\n]/.test(letter)) {
        if (this.#isStarted) {
          this.#end();
          this.#endedBySpace = true;
        }
      } else if (this.#endedBySpace) {
        this.#endedBySpace = false;
      } else {
        this.#end();
      }
    }
    this.#append(text.slice(from));
  }

  addList(items: readonly string[], { isQuoted, isStar }: ListStyle): void {
    const joint = isStar ? (this.#separators[0] ?? '') : ' ';
    if (isQuoted && (isStar || !this.#splits)) return this.addQuoted(items.join(joint));
    if (!this.#splits) return this.#append(items.join(joint));
    items.forEach((item, index) => {
      if (index > 0 && this.#isStarted) this.#end();
      if (isQuoted) this.addQuoted(item);
      else this.addExpanded(item);
    });
  }

  /** A field starts here, even if nothing is added to it. */
  begin(): void {
    this.#isStarted = true;
    this.#endedBySpace = false;
  }

  finish(): readonly Field[] {
    if (this.#isStarted) this.#end();
    return this.#fields;
  }

  #append(text: string): void {
    if (text === '') return;
    this.begin();
    this.#text += text;
    // A backslash that came from an expansion is a backslash.
    this.#pattern += text.replaceAll('\\', '\\\\');
  }

  #end(): void {
    this.#fields.push({ text: this.#text, pattern: this.#pattern });
    this.#text = '';
    this.#pattern = '';
    this.#isStarted = false;
    this.#endedBySpace = false;
  }
}
