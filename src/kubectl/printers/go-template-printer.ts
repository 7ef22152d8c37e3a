import { goJson, goQuote } from '../../api/index.ts';
import { defaultText, TemplateError, TemplateSet } from '../../go-template/index.ts';
import { CommandError } from '../errors/command-error.ts';
import type { JsonObject } from '../resource/json.ts';
import type { ObjectPrinter } from './printer.ts';
import { templateFunctions } from './template-functions.ts';

/** Upstream: cli-runtime/pkg/printers/template.go */
export class GoTemplatePrinter implements ObjectPrinter {
  readonly #template: string;
  readonly #failsOnMissingKeys: boolean;
  readonly #write: (text: string) => void;
  readonly #templates = new TemplateSet(templateFunctions);

  /** @param write for what was printed before a failure, and what led to it */
  constructor(template: string, options: { readonly allowsMissingKeys: boolean }, write: (text: string) => void) {
    this.#template = template;
    this.#failsOnMissingKeys = !options.allowsMissingKeys;
    this.#write = write;
    try {
      this.#templates.parse('output', template);
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      throw new CommandError(`error parsing template ${template}, ${error.message}`);
    }
  }

  print(object: JsonObject): string {
    const data = withIntegers(object);
    let output = '';
    try {
      this.#templates.execute('output', data, (text) => (output += text), {
        failsOnMissingKeys: this.#failsOnMissingKeys,
      });
      return output;
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      this.#write(
        `${output}Error executing template: ${error.message}. Printing more information for debugging the template:\n` +
          `\ttemplate was:\n\t\t${this.#template}\n` +
          `\traw data was:\n\t\t${goJson(object)}\n` +
          `\tobject given to template engine was:\n\t\t${defaultText(data)}\n\n`,
      );
      throw new CommandError(`error executing template ${goQuote(this.#template)}: ${error.message}`);
    }
  }
}

/** Whole numbers are int64 to Kubernetes' reader of JSON. */
function withIntegers(data: unknown): unknown {
  if (typeof data === 'number') return Number.isSafeInteger(data) ? BigInt(data) : data;
  if (Array.isArray(data)) return data.map(withIntegers);
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, withIntegers(value)]));
}
