import { CommandError } from '../errors/command-error.ts';
import { goSyntax } from '../../api/go/go-syntax.ts';
import { prettyJson } from '../go/pretty-json.ts';
import { goQuote } from '../../api/index.ts';
import { JsonPath } from '../../api/jsonpath/json-path.ts';
import type { JsonObject } from '../resource/json.ts';
import type { ObjectPrinter } from './printer.ts';

/** Upstream: cli-runtime/pkg/printers/jsonpath.go */
export class JsonPathPrinter implements ObjectPrinter {
  readonly #template: string;
  readonly #asJson: boolean;
  readonly #path: JsonPath;

  constructor(template: string, options: { readonly allowsMissingKeys: boolean; readonly asJson: boolean }) {
    this.#template = template;
    this.#asJson = options.asJson;
    try {
      this.#path = new JsonPath(template, options);
    } catch (error) {
      throw new CommandError(`error parsing jsonpath ${template}, ${(error as Error).message}`);
    }
  }

  print(object: JsonObject): string {
    try {
      if (!this.#asJson) return this.#path.execute(object);
      const results = this.#path.find(object);
      return results.map((part) => `${prettyJson(part)}\n`).join('');
    } catch (error) {
      const details =
        `Error executing template: ${(error as Error).message}. Printing more information for debugging the template:\n` +
        `\ttemplate was:\n\t\t${this.#template}\n` +
        `\tobject given to jsonpath engine was:\n\t\t${goSyntax(object)}\n\n`;
      throw new CommandError(`error executing jsonpath ${goQuote(this.#template)}: ${details}\n`);
    }
  }
}
