// A terminal speaks in control characters.
/* oxlint-disable no-control-regex */
import { columnList, commonPrefix } from './column-list.ts';
import { HistoryCursor } from './history-cursor.ts';
import { firstKey, type Key } from './keys.ts';
import { LineBuffer } from './line-buffer.ts';
import { LineView } from './line-view.ts';
import { ReverseSearch } from './reverse-search.ts';

/** What could stand at the cursor. */
export interface Candidates {
  /** Where the word begins that a candidate replaces. */
  readonly start: number;
  readonly candidates: readonly string[];
}

export interface LineEditorOptions {
  readonly write: (text: string) => void;
  readonly columns: () => number;
  readonly rows: () => number;
  readonly complete: (line: string, cursor: number) => Promise<Candidates>;
}

/** How the editing of a line ended. */
export type LineEnd =
  { readonly type: 'line'; readonly text: string } | { readonly type: 'interrupt' } | { readonly type: 'end' };

/** What is shown where the line ended without Enter. */
const endMarks: Readonly<Record<LineEnd['type'], string>> = { line: '', interrupt: '^C', end: 'exit' };

/** More than this many candidates are shown only when asked for. */
const manyCandidates = 100;

/** Edits one line after another with readline's keys. Upstream: readline, emacs mode */
export class LineEditor {
  readonly #options: LineEditorOptions;
  readonly #buffer = new LineBuffer();
  readonly #view: LineView;
  #prompt = '';
  #history = new HistoryCursor([]);
  #search: ReverseSearch | undefined;
  #killed = '';
  #lastAction = '';
  #isSecondTab = false;
  #rest = '';
  /** Alt-. walks back through the last words of earlier lines. */
  #lastWord = { position: 0, length: 0 };
  #ended: LineEnd | undefined;

  constructor(options: LineEditorOptions) {
    this.#options = options;
    this.#view = new LineView(options.write, options.columns);
  }

  /** Shows a prompt. A prompt of several lines keeps only its last one for redrawing. */
  begin(prompt: string, history: readonly string[]): void {
    const lastLine = prompt.lastIndexOf('\n') + 1;
    if (lastLine > 0) this.#options.write(prompt.slice(0, lastLine).replaceAll('\n', '\r\n'));
    this.#prompt = prompt.slice(lastLine);
    this.#history = new HistoryCursor(history);
    this.#buffer.set('');
    this.#search = undefined;
    this.#ended = undefined;
    this.#lastAction = '';
    this.#view.begin();
    this.#redraw();
  }

  /** Draws the line again: the screen's width changed, or something was printed over it. */
  redraw(): void {
    this.#redraw();
  }

  /** Takes keys until the line ends. What is left of the data is for whoever comes next. */
  feed(data: string): { readonly end: LineEnd | undefined; readonly rest: string } {
    let rest = this.#rest + data;
    this.#rest = '';
    while (rest !== '' && !this.#ended) {
      const first = firstKey(rest);
      if (!first) {
        this.#rest = rest;
        rest = '';
        break;
      }
      rest = rest.slice(first.length);
      this.#press(first.key);
    }
    return { end: this.#ended, rest };
  }

  #press(key: Key): void {
    if (this.#search) {
      const step = this.#search.press(key);
      if (step === 'searching') return this.#redraw();
      this.#endSearch(step === 'cancelled');
      if (step === 'cancelled') return;
      key = step.key;
      if (key.type === 'key' && key.name === 'Escape') return;
    }
    if (key.type !== 'key') return this.#insert(key.text);
    if (key.name !== 'Tab') this.#isSecondTab = false;
    const action = actions[key.name];
    if (!action) return;
    action(this.#hands);
    this.#lastAction = key.name;
  }

  #insert(text: string): void {
    this.#lastAction = '';
    this.#isSecondTab = false;
    const clean = text.replaceAll('\t', '    ').replace(/[\x00-\x09\x0b-\x1f\x7f]/g, '');
    const isSimple = this.#buffer.after === '' && this.#view.fits(this.#prompt, this.#buffer.text, clean);
    this.#buffer.insert(clean);
    if (isSimple) this.#options.write(clean);
    else this.#redraw();
  }

  #redraw(): void {
    if (this.#search) {
      const { line, cursor } = this.#search.found;
      this.#view.draw(this.#search.prompt, line, cursor);
    } else this.#view.draw(this.#prompt, this.#buffer.text, this.#buffer.cursor);
  }

  #endSearch(isCancelled: boolean): void {
    const found = this.#search!.found;
    this.#search = undefined;
    if (!isCancelled && found.line !== '') {
      this.#history.moveTo(found.position, this.#buffer.text);
      this.#buffer.set(found.line, found.cursor);
    }
    this.#redraw();
  }

  /** What the keys can do. */
  readonly #hands: Hands = {
    buffer: this.#buffer,
    redraw: () => this.#redraw(),
    end: (end) => {
      this.#view.leave(this.#prompt, this.#buffer.text, endMarks[end.type]);
      this.#ended = end;
    },
    history: (step) => {
      const line = this.#history.move(step, this.#buffer.text);
      if (line === undefined) return;
      this.#buffer.set(line);
      this.#redraw();
    },
    historyEnd: (isNewest) => {
      const line = this.#history.moveTo(isNewest ? this.#history.newest : 0, this.#buffer.text);
      if (line === undefined) return;
      this.#buffer.set(line);
      this.#redraw();
    },
    kill: (from, to, isBackward) => {
      if (from === to) return;
      const text = this.#buffer.remove(from, to);
      const goesOn = killingKeys.has(this.#lastAction);
      this.#killed = !goesOn ? text : isBackward ? text + this.#killed : this.#killed + text;
      this.#redraw();
    },
    yank: () => {
      if (this.#killed === '') return;
      this.#buffer.insert(this.#killed);
      this.#redraw();
    },
    search: () => {
      this.#search = new ReverseSearch(this.#history);
      this.#redraw();
    },
    clear: () => {
      this.#view.clear();
      this.#redraw();
    },
    complete: () => void this.#complete(),
    lastWord: () => this.#insertLastWord(),
  };

  #insertLastWord(): void {
    const isRepeated = this.#lastAction === 'M-.';
    const from = isRepeated ? this.#lastWord.position : this.#history.newest;
    const position = from - 1;
    if (position < 0) return;
    const word = /\S+\s*$/.exec(this.#history.at(position))?.[0].trim() ?? '';
    if (isRepeated) this.#buffer.remove(this.#buffer.cursor - this.#lastWord.length, this.#buffer.cursor);
    this.#buffer.insert(word);
    this.#lastWord = { position, length: word.length };
    this.#redraw();
  }

  async #complete(): Promise<void> {
    const { text, cursor } = this.#buffer;
    const { start, candidates } = await this.#options.complete(text, cursor);
    // Whoever typed on does not want the line changed under their hands.
    if (this.#ended || this.#search || text !== this.#buffer.text || cursor !== this.#buffer.cursor) return;
    const word = text.slice(start, cursor);
    const common = commonPrefix(candidates);
    if (candidates.length > 0 && common.length > word.length) {
      this.#isSecondTab = false;
      this.#buffer.remove(start, cursor);
      this.#buffer.insert(common);
      this.#redraw();
    } else if (candidates.length > 1) {
      if (this.#isSecondTab) this.#list(candidates);
      this.#isSecondTab = true;
    } else if (candidates.length === 0) this.#options.write('\x07');
  }

  #list(candidates: readonly string[]): void {
    this.#view.leave(this.#prompt, this.#buffer.text);
    const names = candidates.map((name) => name.trimEnd().replace(/(?<=.)\/$/, '/'));
    const shown = names.map((name) => name.slice(name.lastIndexOf('/', name.length - 2) + 1));
    const list =
      names.length > manyCandidates
        ? `${columnList(shown.slice(0, manyCandidates), this.#options.columns())}... and ${names.length - manyCandidates} more\n`
        : columnList(shown, this.#options.columns());
    this.#options.write(list.replaceAll('\n', '\r\n'));
    this.#redraw();
  }
}

interface Hands {
  readonly buffer: LineBuffer;
  redraw(): void;
  end(end: LineEnd): void;
  history(step: number): void;
  historyEnd(isNewest: boolean): void;
  kill(from: number, to: number, isBackward: boolean): void;
  yank(): void;
  search(): void;
  clear(): void;
  complete(): void;
  lastWord(): void;
}

type Action = (hands: Hands) => void;

const killingKeys = new Set(['C-k', 'C-u', 'C-w', 'M-d', 'M-Backspace']);

function moveTo(place: (buffer: LineBuffer) => number): Action {
  return ({ buffer, redraw }) => {
    buffer.cursor = place(buffer);
    redraw();
  };
}

const left = moveTo((buffer) => buffer.previous);
const right = moveTo((buffer) => buffer.next);
const toStart = moveTo((buffer) => buffer.lineStart);
const toEnd = moveTo((buffer) => buffer.lineEnd);
const wordLeft = moveTo((buffer) => buffer.wordStart);
const wordRight = moveTo((buffer) => buffer.wordEnd);
const older: Action = ({ history }) => history(-1);
const newer: Action = ({ history }) => history(1);

const backspace: Action = ({ buffer, redraw }) => {
  if (buffer.cursor === 0) return;
  buffer.remove(buffer.previous, buffer.cursor);
  redraw();
};

const remove: Action = ({ buffer, redraw }) => {
  buffer.remove(buffer.cursor, buffer.next);
  redraw();
};

const enter: Action = ({ buffer, end }) => end({ type: 'line', text: buffer.text });

const actions: Readonly<Record<string, Action>> = {
  Enter: enter,
  'C-o': enter,
  'C-c': ({ end }) => end({ type: 'interrupt' }),
  'C-d': (hands) => (hands.buffer.text === '' ? hands.end({ type: 'end' }) : remove(hands)),
  Delete: remove,
  Backspace: backspace,
  'C-h': backspace,
  Left: left,
  'C-b': left,
  Right: right,
  'C-f': right,
  Home: toStart,
  'C-a': toStart,
  End: toEnd,
  'C-e': toEnd,
  'C-Left': wordLeft,
  'M-Left': wordLeft,
  'M-b': wordLeft,
  'C-Right': wordRight,
  'M-Right': wordRight,
  'M-f': wordRight,
  Up: older,
  'C-p': older,
  Down: newer,
  'C-n': newer,
  'M-<': ({ historyEnd }) => historyEnd(false),
  'M->': ({ historyEnd }) => historyEnd(true),
  'C-k': ({ buffer, kill }) => kill(buffer.cursor, buffer.lineEnd, false),
  'C-u': ({ buffer, kill }) => kill(buffer.lineStart, buffer.cursor, true),
  'C-w': ({ buffer, kill }) => kill(buffer.blankWordStart, buffer.cursor, true),
  'M-Backspace': ({ buffer, kill }) => kill(buffer.wordStart, buffer.cursor, true),
  'M-d': ({ buffer, kill }) => kill(buffer.cursor, buffer.wordEnd, false),
  'C-y': ({ yank }) => yank(),
  'C-r': ({ search }) => search(),
  'C-l': ({ clear }) => clear(),
  'M-.': ({ lastWord }) => lastWord(),
  'M-_': ({ lastWord }) => lastWord(),
  Tab: ({ complete }) => complete(),
  'C-t': ({ buffer, redraw }) => {
    const at = buffer.cursor === buffer.text.length ? buffer.previous : buffer.cursor;
    if (at === 0) return;
    const after = String.fromCodePoint(buffer.text.codePointAt(at)!);
    buffer.remove(at, at + after.length);
    buffer.cursor = at;
    const before = buffer.previous;
    buffer.cursor = before;
    buffer.insert(after);
    buffer.cursor = at + after.length;
    redraw();
  },
};
