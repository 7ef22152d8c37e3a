import { unquote } from '../../api/go/quote.ts';

/** Prints what the server warns of, each text once. Upstream: client-go/rest/warnings.go */
export class WarningPrinter {
  readonly #print: (line: string) => void;
  readonly #seen = new Set<string>();

  constructor(print: (line: string) => void) {
    this.#print = print;
  }

  get count(): number {
    return this.#seen.size;
  }

  takeFrom(response: Response): void {
    const header = response.headers.get('warning');
    if (!header) return;
    for (const [, text] of header.matchAll(/299 \S+ ("(?:[^"\\]|\\.)*")/g)) this.#warn(unquote(text!) ?? text!);
  }

  #warn(text: string): void {
    if (text === '' || this.#seen.has(text)) return;
    this.#seen.add(text);
    this.#print(`Warning: ${text}\n`);
  }
}
