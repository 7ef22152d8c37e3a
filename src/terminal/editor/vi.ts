import type { Key } from '../line-editor/keys.ts';
import type { EditedFile, Editor, EditorFrame } from './editor-program.ts';
import { runExCommand, searchPattern } from './ex-command.ts';
import { TextBuffer, type Place } from './text-buffer.ts';
import { TextView } from './text-view.ts';
import {
  firstLetter,
  insertKey,
  joinLines,
  put,
  replaceCharacters,
  shiftLines,
  swapCase,
  type Register,
} from './vi-edits.ts';
import { motions, motionToCharacter, type Motion } from './vi-motions.ts';

type Mode = 'normal' | 'insert' | 'replace' | 'visual' | 'visual-line';

const operators = 'dcy<>';
/** Keys that wait for another one. */
const prefixes = 'gzZrftFT"m\'`';

/**
 * The part of vi that one needs for a manifest: modes, motions, operators with counts, undo, search, `.` and the ex
 * commands w, q, x, e!, d, s and set number.
 * Differs: no named registers, marks, macros, windows or mappings; Tab inserts two spaces.
 */
export class Vi implements Editor {
  readonly #file: EditedFile;
  readonly #view = new TextView();
  #buffer: TextBuffer;
  #mode: Mode = 'normal';
  #count = '';
  #operator = '';
  #operatorCount = '';
  #prefix = '';
  #register: Register = { text: '', isLinewise: false };
  #anchor: Place = { row: 0, column: 0 };
  /** What is typed after `:`, `/` or `?`, with it. */
  #commandLine: string | undefined;
  #message: string;
  #search = { pattern: '', isBackward: false };
  #found: { readonly command: string; readonly letter: string } | undefined;
  #typedKeys: Key[] = [];
  #lastChange: readonly Key[] = [];
  #linesBefore: readonly string[];
  #hasNumbers = false;
  #isDone = false;
  readonly exitStatus = 0;

  constructor(file: EditedFile) {
    this.#file = file;
    this.#buffer = new TextBuffer(file.text);
    this.#linesBefore = this.#buffer.lines;
    const size = `${file.text === '' ? 0 : this.#buffer.lines.length}L, ${new TextEncoder().encode(file.text).length}B`;
    this.#message = `"${file.name}" ${file.isNew ? '[New]' : size}`;
  }

  press(key: Key): boolean {
    if (key.type === 'text') for (const text of key.text) this.#step({ type: 'text', text });
    // Escape and a letter that come together are Meta to others.
    else if (key.type === 'key' && /^M-.$/u.test(key.name)) {
      this.#step({ type: 'key', name: 'Escape' });
      this.#step({ type: 'text', text: key.name.slice(2) });
    } else this.#step(key);
    return this.#isDone;
  }

  draw({ columns, rows }: { readonly columns: number; readonly rows: number }): EditorFrame {
    const size = { columns, rows: rows - 1 };
    const text = this.#view.draw(this.#buffer, size, { filler: '\x1b[34m~', hasNumbers: this.#hasNumbers });
    const isTyping = this.#mode === 'insert' || this.#mode === 'replace';
    const mode = {
      insert: '-- INSERT --',
      replace: '-- REPLACE --',
      visual: '-- VISUAL --',
      'visual-line': '-- VISUAL LINE --',
    };
    const status = this.#mode === 'normal' ? this.#message : mode[this.#mode];
    const place = `${this.#buffer.row + 1},${this.#buffer.column + 1}`;
    const left = (this.#commandLine ?? status).slice(0, columns - 1);
    const right = this.#commandLine === undefined ? place.padEnd(14) : '';
    const bottom = left.length + right.length < columns ? left.padEnd(columns - right.length) + right : left;
    const allRows = [...text.rows, bottom];
    if (this.#commandLine !== undefined) {
      return { rows: allRows, cursorRow: rows - 1, cursorColumn: this.#commandLine.length };
    }
    const isBehind = !isTyping && this.#buffer.column > 0 && this.#buffer.column === this.#buffer.line.length;
    return { rows: allRows, cursorRow: text.cursorRow, cursorColumn: text.cursorColumn - (isBehind ? 1 : 0) };
  }

  #step(key: Key): void {
    const isFresh = this.#isIdle;
    if (isFresh) {
      this.#typedKeys = [];
      this.#linesBefore = this.#buffer.lines;
    }
    this.#typedKeys.push(key);
    if (this.#commandLine !== undefined) this.#editCommandLine(key);
    else if (this.#mode === 'insert' || this.#mode === 'replace') this.#insert(key);
    else if (key.type === 'paste') for (const text of key.text) this.#command(text);
    else this.#command(key.type === 'text' ? key.text : key.name);
    if (!this.#isIdle) return;
    const isRepeatable = this.#buffer.lines !== this.#linesBefore && !/^[u.:/?]$/.test(textOf(this.#typedKeys[0]!));
    if (isRepeatable && textOf(this.#typedKeys[0]!) !== 'C-r') this.#lastChange = this.#typedKeys;
    this.#keepOnText();
  }

  get #isIdle(): boolean {
    const isWaiting = this.#operator + this.#prefix + this.#count !== '';
    return this.#mode === 'normal' && !isWaiting && this.#commandLine === undefined;
  }

  /** The cursor stands on a character, not behind the last one. */
  #keepOnText(): void {
    const { row, column, line } = this.#buffer;
    if (column >= line.length) this.#buffer.moveTo(row, Math.max(0, line.length - 1));
  }

  #command(name: string): void {
    if (this.#prefix !== '') return this.#afterPrefix(name);
    if (/^[1-9]$/.test(name) || (name === '0' && this.#count !== '')) {
      this.#count += name;
      return;
    }
    if (name === 'Escape' || name === 'C-c') {
      this.#mode = 'normal';
      return this.#reset();
    }
    if (prefixes.includes(name) && name.length === 1) {
      this.#prefix = name;
      return;
    }
    if (this.#mode !== 'normal') return this.#visual(name);
    if (this.#operator !== '') return this.#operate(name);
    if (operators.includes(name) && name.length === 1) {
      this.#operator = name;
      this.#operatorCount = this.#count;
      this.#count = '';
      return;
    }
    const motion = this.#motion(name);
    if (motion) {
      this.#buffer.moveTo(motion.to.row, motion.to.column);
      return this.#reset();
    }
    this.#plain(name);
  }

  #reset(): void {
    this.#count = this.#operator = this.#operatorCount = this.#prefix = '';
  }

  get #times(): number {
    return Number(this.#count || 1) * Number(this.#operatorCount || 1);
  }

  #afterPrefix(name: string): void {
    const prefix = this.#prefix;
    this.#prefix = '';
    if (name === 'Escape') return this.#reset();
    if ('ftFT'.includes(prefix)) {
      this.#found = { command: prefix, letter: name };
      return this.#go(motionToCharacter(this.#buffer, prefix, name, this.#times));
    }
    if (prefix === 'g' && name === 'g') return this.#go(this.#motion('gg'));
    if (prefix === 'r' && name.length === 1) replaceCharacters(this.#buffer, name, this.#times);

    if (prefix === 'Z' && name === 'Z') {
      if (!this.#buffer.isModified || this.#write(undefined)) this.#isDone = true;
    } else if (prefix === 'Z' && name === 'Q') this.#isDone = true;
    this.#reset();
  }

  /** A motion that is there: for the cursor, or for the operator that waits. */
  #go(motion: Motion | undefined): void {
    if (motion && this.#operator !== '') return this.#apply(this.#operator, motion);
    if (motion) this.#buffer.moveTo(motion.to.row, motion.to.column);
    this.#reset();
  }

  #motion(name: string): Motion | undefined {
    if (name === 'n' || name === 'N') return this.#nextMatch(name === 'N');
    if ((name === ';' || name === ',') && this.#found) {
      const { command, letter } = this.#found;
      const swapped = command === command.toLowerCase() ? command.toUpperCase() : command.toLowerCase();
      return motionToCharacter(this.#buffer, name === ';' ? command : swapped, letter, this.#times);
    }
    const motion = motions[name];
    return motion?.(this.#buffer, this.#times, this.#count !== '' || this.#operatorCount !== '');
  }

  #nextMatch(isOpposite: boolean): Motion | undefined {
    const { pattern, isBackward } = this.#search;
    if (pattern === '') return undefined;
    const to = this.#buffer.find(searchPattern(pattern), isBackward !== isOpposite);
    if (!to) this.#message = `E486: Pattern not found: ${pattern}`;
    return to && { to };
  }

  #operate(name: string): void {
    const operator = this.#operator;
    if (name === '/' || name === '?') {
      this.#commandLine = name;
      return;
    }
    if (name === operator) {
      const { row, lines } = this.#buffer;
      const last = Math.min(row + this.#times - 1, lines.length - 1);
      return this.#apply(operator, { to: { row: last, column: 0 }, isLinewise: true });
    }
    // `cw` stops at the end of the word.
    const isWord =
      operator === 'c' && (name === 'w' || name === 'W') && /\S/.test(this.#buffer.line[this.#buffer.column] ?? '');
    const motion = this.#motion(isWord ? (name === 'w' ? 'e' : 'E') : name);
    if (!motion) return this.#reset();
    // `dw` on the last word of a line leaves the next line alone.
    const crosses = (name === 'w' || name === 'W') && motion.to.row > this.#buffer.row;
    const { row, lines } = this.#buffer;
    this.#apply(operator, crosses ? { to: { row, column: lines[row]!.length } } : motion);
  }

  #apply(operator: string, motion: Motion): void {
    const { cursor } = this.#buffer;
    const isBackward = motion.to.row < cursor.row || (motion.to.row === cursor.row && motion.to.column < cursor.column);
    const [from, end] = isBackward ? [motion.to, cursor] : [cursor, motion.to];
    const to = motion.isInclusive ? { row: end.row, column: end.column + 1 } : end;
    this.#count = this.#operator = this.#operatorCount = '';
    if (operator === '<' || operator === '>') return shiftLines(this.#buffer, operator, from.row, end.row);
    if (motion.isLinewise) return this.#applyToLines(operator, from.row, end.row);
    this.#register = { text: this.#buffer.between(from, to), isLinewise: false };
    if (operator === 'y') return this.#buffer.moveTo(from.row, from.column);
    this.#buffer.checkpoint();
    this.#buffer.remove(from, to);
    if (operator === 'c') this.#mode = 'insert';
  }

  #applyToLines(operator: string, first: number, last: number): void {
    const lines = this.#buffer.lines.slice(first, last + 1);
    this.#register = { text: lines.join('\n'), isLinewise: true };
    if (operator === 'y') return this.#buffer.moveTo(first);
    this.#buffer.checkpoint();
    this.#buffer.replaceLines(first, lines.length, operator === 'c' ? [/^\s*/.exec(lines[0]!)![0]] : []);
    this.#buffer.moveTo(first, firstLetter(this.#buffer.lines[Math.min(first, this.#buffer.lines.length - 1)]!));
    if (operator === 'c') this.#mode = 'insert';
    else if (lines.length > 2) this.#message = `${lines.length} fewer lines`;
  }

  #visual(name: string): void {
    const motion = this.#motion(name);
    if (motion) {
      this.#buffer.moveTo(motion.to.row, motion.to.column);
      this.#count = '';
      return;
    }
    const isLinewise = this.#mode === 'visual-line' || /^[DXYSC]$/.test(name);
    const operator = { x: 'd', X: 'd', D: 'd', Y: 'y', s: 'c', S: 'c', C: 'c' }[name] ?? name;
    this.#count = '';
    if (name === 'v' || name === 'V') this.#mode = 'normal';
    else if (name === ':')
      this.#commandLine = `:${Math.min(this.#anchor.row, this.#buffer.row) + 1},${Math.max(this.#anchor.row, this.#buffer.row) + 1}`;
    else if (operators.includes(operator)) {
      this.#mode = 'normal';
      const to = this.#anchor;
      const { cursor } = this.#buffer;
      const isBackward = to.row < cursor.row || (to.row === cursor.row && to.column <= cursor.column);
      if (isBackward) this.#buffer.moveTo(to.row, to.column);
      this.#apply(operator, { to: isBackward ? cursor : to, isLinewise, isInclusive: true });
    }
  }

  #plain(name: string): void {
    const buffer = this.#buffer;
    const { row, column, line } = buffer;
    const times = this.#times;
    this.#message = '';
    this.#count = '';
    switch (name) {
      case 'i':
      case 'Insert':
        return this.#startInsert(column);
      case 'a':
        return this.#startInsert(Math.min(column + 1, line.length));
      case 'I':
        return this.#startInsert(firstLetter(line));
      case 'A':
        return this.#startInsert(line.length);
      case 'o':
      case 'O':
        buffer.checkpoint();
        buffer.replaceLines(name === 'o' ? row + 1 : row, 0, ['']);
        buffer.moveTo(name === 'o' ? row + 1 : row, 0);
        this.#mode = 'insert';
        return;
      case 'R':
        buffer.checkpoint();
        this.#mode = 'replace';
        return;
      case 'x':
      case 'Delete':
        if (line !== '') this.#apply('d', { to: { row, column: Math.min(line.length, column + times) } });
        return;
      case 'X':
        return this.#apply('d', { to: { row, column: Math.max(0, column - times) } });
      case 's':
        return this.#apply('c', { to: { row, column: Math.min(line.length, column + times) } });
      case 'D':
        return this.#apply('d', { to: { row, column: line.length } });
      case 'C':
        return this.#apply('c', { to: { row, column: line.length } });
      case 'S':
        return this.#applyToLines('c', row, Math.min(row + times - 1, buffer.lines.length - 1));
      case 'Y':
        return this.#applyToLines('y', row, Math.min(row + times - 1, buffer.lines.length - 1));
      case 'J':
        return joinLines(buffer);
      case 'p':
      case 'P':
        return put(buffer, this.#register, name === 'p', times);
      case 'u':
        this.#message = buffer.undo() ? '' : 'Already at oldest change';
        return;
      case 'C-r':
        this.#message = buffer.redo() ? '' : 'Already at newest change';
        return;
      case 'v':
      case 'V':
        this.#anchor = buffer.cursor;
        this.#mode = name === 'v' ? 'visual' : 'visual-line';
        return;
      case '~':
        return swapCase(buffer);
      case '.':
        for (const key of this.#lastChange) this.#step(key);
        return;
      case ':':
      case '/':
      case '?':
        this.#commandLine = name;
        return;
      case '*': {
        const word = /[\p{L}\p{N}_]+/u.exec(line.slice(line.slice(0, column).search(/[\p{L}\p{N}_]*$/u)))?.[0];
        if (word) this.#search = { pattern: `\\<${word}\\>`, isBackward: false };
        return this.#go(this.#nextMatch(false));
      }
      default:
    }
  }

  #startInsert(column: number): void {
    this.#buffer.checkpoint();
    this.#buffer.moveTo(this.#buffer.row, column);
    this.#mode = 'insert';
  }

  #insert(key: Key): void {
    const buffer = this.#buffer;
    if (key.type === 'key' && (key.name === 'Escape' || key.name === 'C-c')) {
      this.#mode = 'normal';
      buffer.moveTo(buffer.row, buffer.column - 1);
      return;
    }
    if (insertKey(buffer, key, this.#mode === 'replace') || key.type !== 'key') return;
    const motion = /^(?:Up|Down|Left|Right|Home|End|Page.*)$/.test(key.name) ? this.#motion(key.name) : undefined;
    if (motion) buffer.moveTo(motion.to.row, motion.to.column);
  }

  #editCommandLine(key: Key): void {
    const line = this.#commandLine!;
    if (key.type !== 'key') this.#commandLine = line + key.text;
    else if (key.name === 'Enter') {
      this.#commandLine = undefined;
      this.#mode = 'normal';
      if (line.startsWith(':')) this.#runEx(line.slice(1));
      else this.#runSearch(line);
    } else if (key.name === 'Escape' || key.name === 'C-c') {
      this.#commandLine = undefined;
      this.#mode = 'normal';
      this.#reset();
    } else if (key.name === 'Backspace' || key.name === 'C-h') {
      this.#commandLine = line.length > 1 ? line.slice(0, -1) : undefined;
    } else if (key.name === 'C-u') this.#commandLine = line[0]!;
  }

  #runSearch(line: string): void {
    const isBackward = line.startsWith('?');
    this.#search = { pattern: line.slice(1) || this.#search.pattern, isBackward };
    try {
      this.#go(this.#nextMatch(false));
    } catch {
      this.#message = `E486: Pattern not found: ${this.#search.pattern}`;
      this.#reset();
    }
  }

  #runEx(line: string): void {
    this.#message = '';
    const said = runExCommand(line, this.#buffer, {
      write: (name) => this.#write(name),
      quit: (isForced) => {
        if (isForced || !this.#buffer.isModified) this.#isDone = true;
        else this.#message = 'E37: No write since last change (add ! to override)';
      },
      set: (option) => {
        if (/^nu(mber)?$/.test(option)) this.#hasNumbers = true;
        else if (/^nonu(mber)?$/.test(option)) this.#hasNumbers = false;
      },
      reload: () => (this.#buffer = new TextBuffer(this.#file.text)),
      lastSearch: this.#search.pattern,
    });
    if (said !== '') this.#message = said;
  }

  #write(name: string | undefined): boolean {
    const { text } = this.#buffer;
    const target = name ?? this.#file.name;
    if (target === '') {
      this.#message = 'E32: No file name';
      return false;
    }
    const problem = this.#file.write(text, target);
    if (problem !== undefined) {
      this.#message = `"${target}" E212: Can't open file for writing: ${problem}`;
      return false;
    }
    this.#buffer.markSaved();
    const count = text === '' ? 0 : this.#buffer.lines.length;
    this.#message = `"${target}" ${count}L, ${new TextEncoder().encode(text).length}B written`;
    return true;
  }
}

function textOf(key: Key): string {
  return key.type === 'key' ? key.name : key.text;
}
