import { builtins } from './functions/builtins.ts';
import type { TemplateFunctions } from './functions/template-function.ts';
import { Execution } from './execution.ts';
import type { Definition } from './definition.ts';
import { parseTemplate } from './parser.ts';
import { TemplateError } from './template-error.ts';
import { valueOf } from './values.ts';

export interface ExecuteOptions {
  /** A key that a map lacks is a failure instead of `<no value>`. */
  readonly failsOnMissingKeys?: boolean;
}

/**
 * Templates that know each other: a Go `template.Template` with all that it is associated with.
 * Upstream: text/template
 */
export class TemplateSet {
  readonly #functions: ReadonlyMap<string, TemplateFunctions[string]>;
  readonly #definitions = new Map<string, Definition>();

  /** @param functions besides the builtin ones */
  constructor(functions: TemplateFunctions = {}) {
    this.#functions = new Map(Object.entries({ ...builtins, ...functions }));
  }

  /** Reads a text and what it defines. Throws TemplateError. */
  parse(name: string, text: string): void {
    const known = new Set([...this.#functions.keys(), 'call']);
    for (const [defined, nodes] of parseTemplate(name, text, known)) {
      const isEmpty = nodes.every((node) => node.type === 'text' && node.text.trim() === '');
      // What is already there gives way only to something.
      if (isEmpty && this.#definitions.has(defined)) continue;
      this.#definitions.set(defined, { name: defined, nodes, source: { name, text } });
    }
  }

  /**
   * Writes what a template makes of data; what came before a failure has been written then. Throws TemplateError.
   * @param data JSON, with bigints where Go has an int64
   */
  execute(name: string, data: unknown, write: (text: string) => void, options: ExecuteOptions = {}): void {
    const definition = this.#definitions.get(name);
    if (!definition) throw new TemplateError(`template: no template "${name}" associated with template "${name}"`);
    const parts = { functions: this.#functions, definitions: this.#definitions, write, ...options };
    new Execution(parts, definition, valueOf(data)).run();
  }
}
