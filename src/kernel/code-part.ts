import { invariant } from './invariant.ts';

/**
 * Code that the page fetches when it is first needed, so that it opens with little script: the programs of an image,
 * the rules of a kind. The strict zone names the part and uses what is in it; the host knows where it comes from
 * (`http/code-sources.ts`) and brings it in time, because somebody has said that it will be needed:
 *
 * - a request that needs it: `ApiServer.codeFor(request)`, awaited before the request is handled;
 * - an event: `clock.awaitCode(part)`, awaited before the next event runs.
 *
 * Virtual time stands still meanwhile, so that a run is the same whether the code was here already or not.
 */
export class CodePart<T extends object = object> {
  readonly name: string;
  #code: T | undefined;

  /** @param name for people: `nginx`, `rules of the API` */
  constructor(name: string) {
    this.name = name;
  }

  get isHere(): boolean {
    return this.#code !== undefined;
  }

  /** What is in it. Whoever asks has made sure that it was awaited. */
  get code(): T {
    invariant(this.#code, `the code of ${this.name} was awaited before it is used`);
    return this.#code;
  }

  provide(code: T): void {
    this.#code ??= code;
  }
}
