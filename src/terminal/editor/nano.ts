import type { Key } from '../line-editor/keys.ts';
import type { EditedFile, Editor, EditorFrame } from './editor-program.ts';
import { TextBuffer } from './text-buffer.ts';
import { TextView } from './text-view.ts';

/** A question at the bottom of the screen. */
interface Question {
  readonly text: string;
  /** One key answers; otherwise a line is typed. */
  readonly isKey: boolean;
  answer: string;
  readonly done: (answer: string) => void;
}

const shortcuts = [
  ['^G', 'Help', '^O', 'Write Out', '^W', 'Where Is', '^K', 'Cut', '^C', 'Location', 'M-U', 'Undo'],
  ['^X', 'Exit', '^L', 'Refresh', '^Q', 'Where Was', '^U', 'Paste', '^_', 'Go To Line', 'M-E', 'Redo'],
];
/** Tabs are no part of YAML. */
const indent = '  ';

/**
 * The part of GNU nano that one needs for a manifest.
 * Differs: no help text, no spell checker, no marking; Tab inserts two spaces.
 */
export class Nano implements Editor {
  readonly #file: EditedFile;
  readonly #buffer: TextBuffer;
  readonly #view = new TextView();
  #name: string;
  #message: string;
  #question: Question | undefined;
  #cut: string[] = [];
  #lastKey = '';
  #searched = '';
  #isDone = false;
  #page = 20;
  readonly exitStatus = 0;

  constructor(file: EditedFile) {
    this.#file = file;
    this.#name = file.name;
    this.#buffer = new TextBuffer(file.text);
    const count = file.text === '' ? 0 : this.#buffer.lines.length;
    this.#message = file.isNew ? '[ New File ]' : `[ Read ${count} line${count === 1 ? '' : 's'} ]`;
  }

  press(key: Key): boolean {
    this.#message = '';
    if (this.#question) this.#answer(this.#question, key);
    else if (key.type !== 'key') this.#type(key.text);
    else this.#command(key.name);
    this.#lastKey = key.type === 'key' ? key.name : '';
    return this.#isDone;
  }

  draw({ columns, rows }: { readonly columns: number; readonly rows: number }): EditorFrame {
    this.#page = Math.max(1, rows - 6);
    const text = this.#view.draw(this.#buffer, { columns, rows: rows - 4 });
    const question = this.#question;
    const status = question
      ? `\x1b[7m${`${question.text}${question.answer}`.padEnd(columns)}`
      : this.#message && `${' '.repeat(Math.max(0, (columns - this.#message.length) >> 1))}\x1b[7m${this.#message}`;
    const allRows = [
      this.#title(columns),
      ...text.rows,
      status,
      ...shortcuts.map((line) => shortcutRow(line, columns)),
    ];
    if (!question) return { rows: allRows, cursorRow: text.cursorRow + 1, cursorColumn: text.cursorColumn };
    return { rows: allRows, cursorRow: rows - 3, cursorColumn: question.text.length + question.answer.length };
  }

  #title(columns: number): string {
    const [left, right] = ['  GNU nano 7.2', this.#buffer.isModified ? 'Modified  ' : ''];
    const name = this.#name === '' ? 'New Buffer' : this.#name;
    const start = Math.max(left.length + 2, (columns - name.length) >> 1);
    return `\x1b[7m${`${left.padEnd(start)}${name}`.padEnd(columns - right.length)}${right}`;
  }

  #type(text: string): void {
    this.#buffer.checkpoint();
    this.#buffer.insert(text);
  }

  #command(name: string): void {
    const buffer = this.#buffer;
    const { row, column } = buffer;
    switch (name) {
      case 'Enter':
        return this.#type('\n');
      case 'Tab':
        return this.#type(indent);
      case 'Backspace':
      case 'C-h':
        if (row === 0 && column === 0) return;
        buffer.checkpoint();
        this.#left();
        buffer.remove(buffer.cursor, { row, column });
        return;
      case 'Delete':
      case 'C-d': {
        buffer.checkpoint();
        this.#right();
        const end = buffer.cursor;
        buffer.remove({ row, column }, end);
        return;
      }
      case 'Left':
      case 'C-b':
        return this.#left();
      case 'Right':
      case 'C-f':
        return this.#right();
      case 'Up':
      case 'C-p':
        return buffer.moveTo(row - 1);
      case 'Down':
      case 'C-n':
        return buffer.moveTo(row + 1);
      case 'Home':
      case 'C-a':
        return buffer.moveTo(row, 0);
      case 'End':
      case 'C-e':
        return buffer.moveTo(row, buffer.line.length);
      case 'PageUp':
      case 'C-y':
        return buffer.moveTo(row - this.#page);
      case 'PageDown':
      case 'C-v':
        return buffer.moveTo(row + this.#page);
      case 'M-\\':
        return buffer.moveTo(0, 0);
      case 'M-/':
        return buffer.moveTo(buffer.lines.length - 1, 0);
      case 'C-k':
        return this.#cutLine();
      case 'C-u':
        return this.#paste();
      case 'M-u':
      case 'M-U':
        this.#message = buffer.undo() ? '[ Undid change ]' : '[ Nothing to undo ]';
        return;
      case 'M-e':
      case 'M-E':
        this.#message = buffer.redo() ? '[ Redid change ]' : '[ Nothing to redo ]';
        return;
      case 'C-w':
        return this.#ask(`Search${this.#searched && ` [${this.#searched}]`}: `, (text) => this.#search(text));
      case 'C-c':
        this.#message = `[ line ${row + 1}/${buffer.lines.length}, col ${column + 1}/${buffer.line.length + 1} ]`;
        return;
      case 'C-_':
      case 'C-\x7f':
        return this.#ask('Enter line number, column number: ', (text) => buffer.moveTo(Number.parseInt(text) - 1, 0));
      case 'C-o':
      case 'C-s':
        return this.#askName(() => undefined);
      case 'C-x':
        return this.#leave();
      default:
    }
  }

  #left(): void {
    const { row, column } = this.#buffer;
    if (column > 0) this.#buffer.moveTo(row, column - lastCharacter(this.#buffer.line.slice(0, column)).length);
    else if (row > 0) this.#buffer.moveTo(row - 1, Number.POSITIVE_INFINITY);
  }

  #right(): void {
    const { row, column, line, lines } = this.#buffer;
    if (column < line.length) this.#buffer.moveTo(row, column + String.fromCodePoint(line.codePointAt(column)!).length);
    else if (row < lines.length - 1) this.#buffer.moveTo(row + 1, 0);
  }

  /** Lines cut one after the other are pasted together. */
  #cutLine(): void {
    const { row, line } = this.#buffer;
    if (this.#lastKey !== 'C-k') this.#cut = [];
    this.#cut.push(line);
    this.#buffer.checkpoint();
    this.#buffer.replaceLines(row, 1, []);
    this.#buffer.moveTo(row, 0);
  }

  #paste(): void {
    if (this.#cut.length === 0) return;
    const { row } = this.#buffer;
    this.#buffer.checkpoint();
    this.#buffer.replaceLines(row, 0, this.#cut);
    this.#buffer.moveTo(row + this.#cut.length, 0);
  }

  #search(text: string): void {
    this.#searched = text || this.#searched;
    if (this.#searched === '') return;
    const pattern = new RegExp(this.#searched.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'gi');
    const found = this.#buffer.find(pattern);
    if (found) this.#buffer.moveTo(found.row, found.column);
    else this.#message = `[ "${this.#searched}" not found ]`;
  }

  #leave(): void {
    if (!this.#buffer.isModified) {
      this.#isDone = true;
      return;
    }
    this.#question = {
      text: 'Save modified buffer? (Y/N, ^C to cancel) ',
      isKey: true,
      answer: '',
      done: (answer) => {
        if (/^n$/i.test(answer)) this.#isDone = true;
        else if (/^y$/i.test(answer)) this.#askName(() => (this.#isDone = true));
      },
    };
  }

  #askName(then: () => void): void {
    this.#question = {
      text: 'File Name to Write: ',
      isKey: false,
      answer: this.#name,
      done: (name) => {
        const problem = this.#file.write(this.#buffer.text, name);
        if (problem !== undefined) {
          this.#message = `[ Error writing ${name}: ${problem} ]`;
          return;
        }
        this.#name = name;
        this.#buffer.markSaved();
        const count = this.#buffer.text === '' ? 0 : this.#buffer.lines.length;
        this.#message = `[ Wrote ${count} line${count === 1 ? '' : 's'} ]`;
        then();
      },
    };
  }

  #ask(text: string, done: (answer: string) => void): void {
    this.#question = { text, isKey: false, answer: '', done };
  }

  #answer(question: Question, key: Key): void {
    if (key.type === 'key' && (key.name === 'C-c' || key.name === 'Escape')) {
      this.#question = undefined;
      this.#message = '[ Cancelled ]';
    } else if (question.isKey) {
      if (key.type === 'key') return;
      this.#question = undefined;
      question.done(key.text);
      if (!this.#isDone && !this.#question && !/^[yn]$/i.test(key.text)) this.#question = question;
    } else if (key.type !== 'key') question.answer += key.text.replaceAll('\n', '');
    else if (key.name === 'Enter') {
      this.#question = undefined;
      question.done(question.answer);
    } else if (key.name === 'Backspace' || key.name === 'C-h') question.answer = question.answer.slice(0, -1);
    else if (key.name === 'C-u' || key.name === 'C-k') question.answer = '';
  }
}

function lastCharacter(text: string): string {
  return /.$/u.exec(text)?.[0] ?? '';
}

function shortcutRow(line: readonly string[], columns: number): string {
  const pairs = Array.from({ length: line.length / 2 }, (_, index) => [line[2 * index]!, line[2 * index + 1]!]);
  const width = Math.max(14, Math.floor(columns / pairs.length));
  return pairs
    .slice(0, Math.max(1, Math.floor(columns / width)))
    .map(([key, name]) => `\x1b[7m${key}\x1b[0m ${name!.slice(0, width - 4).padEnd(width - key!.length - 1)}`)
    .join('')
    .trimEnd();
}
