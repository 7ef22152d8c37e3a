import type { HistoryCursor } from './history-cursor.ts';
import type { Key } from './keys.ts';

/** What a key did to the search. `key`: the search is over and the key is for the line. */
export type SearchStep = 'searching' | 'cancelled' | { readonly key: Key };

/** Ctrl-R: finds earlier lines by what they contain. Upstream: readline isearch.c */
export class ReverseSearch {
  readonly #history: HistoryCursor;
  #text = '';
  #position: number;
  #isFailing = false;

  constructor(history: HistoryCursor) {
    this.#history = history;
    this.#position = history.newest;
  }

  get prompt(): string {
    return `(${this.#isFailing ? 'failed ' : ''}reverse-i-search)\`${this.#text}': `;
  }

  /** The line that was found, and where in it the text is. */
  get found(): { readonly position: number; readonly line: string; readonly cursor: number } {
    const line = this.#history.at(this.#position);
    return { position: this.#position, line, cursor: Math.max(0, line.indexOf(this.#text)) };
  }

  press(key: Key): SearchStep {
    if (key.type === 'text') return this.#search(this.#text + key.text, this.#position + 1);
    if (key.type === 'paste') return { key };
    switch (key.name) {
      case 'C-r':
        return this.#search(this.#text, this.#position);
      case 'Backspace':
      case 'C-h':
        return this.#search([...this.#text].slice(0, -1).join(''), this.#history.newest);
      case 'C-g':
      case 'C-c':
        return 'cancelled';
      default:
        return { key };
    }
  }

  #search(text: string, before: number): SearchStep {
    this.#text = text;
    const found = text === '' ? this.#history.newest : this.#history.find(text, before);
    this.#isFailing = found === undefined;
    if (found !== undefined) this.#position = found;
    return 'searching';
  }
}
