import type { JsonObject } from '../resource/json.ts';
import { groupVersionKindOf, isList, itemsOf, nameOf } from '../resource/unstructured.ts';
import type { ObjectPrinter } from './printer.ts';

/** `deployment.apps/web created`. Upstream: cli-runtime/pkg/printers/name.go */
export class NamePrinter implements ObjectPrinter {
  readonly #operation: string;

  /** @param operation what happened to the object; nothing for `-o name` */
  constructor(operation = '') {
    this.#operation = operation;
  }

  print(object: JsonObject): string {
    if (isList(object))
      return itemsOf(object)
        .map((item) => this.print(item))
        .join('');
    const { group, kind } = groupVersionKindOf(object);
    const type = `${kind.toLowerCase()}${group && `.${group}`}`;
    return `${type}/${nameOf(object) || '<unknown>'}${this.#operation && ` ${this.#operation}`}\n`;
  }
}
