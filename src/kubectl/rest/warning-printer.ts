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
    for (const [, text] of header.matchAll(/299 \S+ ("(?:[^"\\]|\\.)*")/g))
      this.#warn(decodeBytes(unquote(text!) ?? text!));
  }

  #warn(text: string): void {
    if (text === '' || this.#seen.has(text)) return;
    this.#seen.add(text);
    this.#print(`Warning: ${text}\n`);
  }
}

/** Headers come as bytes, one for each character; they are UTF-8. */
function decodeBytes(text: string): string {
  if (!/[\u0080-\u00ff]/.test(text) || /[\u0100-\uffff]/.test(text)) return text;
  return new TextDecoder().decode(Uint8Array.from(text, (character) => character.charCodeAt(0)));
}
