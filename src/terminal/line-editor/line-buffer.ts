/** The text of a line and the cursor in it, in UTF-16 units; the cursor is never inside a character. */
export class LineBuffer {
  text = '';
  cursor = 0;

  set(text: string, cursor = text.length): void {
    this.text = text;
    this.cursor = cursor;
  }

  insert(text: string): void {
    this.text = this.text.slice(0, this.cursor) + text + this.text.slice(this.cursor);
    this.cursor += text.length;
  }

  /** Takes out what lies between two places and gives it back. */
  remove(from: number, to: number): string {
    const removed = this.text.slice(from, to);
    this.text = this.text.slice(0, from) + this.text.slice(to);
    if (this.cursor > to) this.cursor -= removed.length;
    else if (this.cursor > from) this.cursor = from;
    return removed;
  }

  get before(): string {
    return this.text.slice(0, this.cursor);
  }

  get after(): string {
    return this.text.slice(this.cursor);
  }

  get previous(): number {
    return this.cursor - ([...this.before].at(-1)?.length ?? 0);
  }

  get next(): number {
    return this.cursor + ([...this.after][0]?.length ?? 0);
  }

  /** Where the word begins that ends at or before the cursor: letters and digits, as readline's Alt-B. */
  get wordStart(): number {
    return this.before.replace(/[\p{L}\p{N}_]*[^\p{L}\p{N}_]*$/u, '').length;
  }

  get wordEnd(): number {
    return this.cursor + /^[^\p{L}\p{N}_]*[\p{L}\p{N}_]*/u.exec(this.after)![0].length;
  }

  /** Where the blank-separated word begins, as Ctrl-W takes it. */
  get blankWordStart(): number {
    return this.before.replace(/\S*\s*$/, '').length;
  }

  /** The start and end of the line of a multi-line text that the cursor is in. */
  get lineStart(): number {
    return this.before.lastIndexOf('\n') + 1;
  }

  get lineEnd(): number {
    const end = this.text.indexOf('\n', this.cursor);
    return end < 0 ? this.text.length : end;
  }
}
