import { TabWriter } from '../go/tab-writer.ts';

/**
 * What describe writes on: tab-separated cells, aligned, indented two blanks a level. What could steer a terminal is
 * shown instead of sent.
 * Upstream: kubectl/pkg/describe/describe.go PrefixWriter
 */
export class DescribePage {
  readonly #isAligned: boolean;
  #text = '';
  readonly #writer = new TabWriter(
    (text) => {
      this.#text += text;
    },
    { minWidth: 0, tabWidth: 8, padding: 2, padWith: ' ' },
  );

  /** @param isAligned without it the tabs stay tabs */
  constructor(isAligned = true) {
    this.#isAligned = isAligned;
  }

  write(level: number, text: string): void {
    const shown = '  '.repeat(level) + text.replaceAll('\u001b', '^[').replaceAll('\r', '\\r');
    if (this.#isAligned) this.#writer.write(shown);
    else this.#text += shown;
  }

  /** `Name:	value` and a newline. */
  field(level: number, name: string, value: string | number | boolean): void {
    this.write(level, `${name}:\t${value}\n`);
  }

  /** Ends the columns so far: the next ones are aligned among themselves. */
  flush(): void {
    this.#writer.flush();
  }

  end(): string {
    this.#writer.flush();
    return this.#text;
  }
}
