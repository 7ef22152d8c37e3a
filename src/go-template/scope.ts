import type { MaybeValue } from './values.ts';

/** The variables that are in force; the latest of a name hides the others. */
export class Scope {
  readonly #variables: { readonly name: string; value: MaybeValue }[] = [];

  /** A point to come back to. */
  get mark(): number {
    return this.#variables.length;
  }

  backTo(mark: number): void {
    this.#variables.length = mark;
  }

  declare(name: string, value: MaybeValue): void {
    this.#variables.push({ name, value });
  }

  /** Undefined when there is none of that name. */
  find(name: string): { value: MaybeValue } | undefined {
    return this.#variables.findLast((variable) => variable.name === name);
  }

  /** Changes one of the latest: 1 is the last. */
  setLatest(nth: number, value: MaybeValue): void {
    this.#variables.at(-nth)!.value = value;
  }
}
