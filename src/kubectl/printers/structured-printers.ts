import { prettyJson } from '../go/pretty-json.ts';
import { goJson } from '../../api/index.ts';
import { isObject, type JsonObject, type JsonValue } from '../resource/json.ts';
import { isList } from '../resource/unstructured.ts';
import { emitYaml } from '../yaml/emit-yaml.ts';
import { fieldOrderOf } from './field-order.ts';
import type { ObjectPrinter } from './printer.ts';

/** Upstream: cli-runtime/pkg/printers/json.go */
export class JsonPrinter implements ObjectPrinter {
  readonly #isTyped: boolean;

  /** @param isTyped fields stand in the order of the Go type instead of that of their names */
  constructor(isTyped = false) {
    this.#isTyped = isTyped;
  }

  print(object: JsonObject): string {
    if (isWatchEvent(object)) return `${goJson(object)}\n`;
    return `${prettyJson(object, this.#isTyped ? fieldOrderOf(object) : undefined)}\n`;
  }
}

/** Upstream: cli-runtime/pkg/printers/yaml.go */
export class YamlPrinter implements ObjectPrinter {
  #isFirst = true;

  print(object: JsonObject): string {
    const separator = this.#isFirst ? '' : '---\n';
    this.#isFirst = false;
    return separator + emitYaml(object);
  }
}

/** Leaves out who manages which field. Upstream: cli-runtime/pkg/printers/managedfields.go */
export class WithoutManagedFields implements ObjectPrinter {
  readonly #inner: ObjectPrinter;

  constructor(inner: ObjectPrinter) {
    this.#inner = inner;
  }

  print(object: JsonObject): string {
    return this.#inner.print(withoutManagedFields(object));
  }
}

export function withoutManagedFields(object: JsonObject): JsonObject {
  if (isWatchEvent(object)) return { ...object, object: withoutManagedFields(object['object'] as JsonObject) };
  if (isList(object)) {
    const items = object['items'] as JsonValue[];
    return { ...object, items: items.map((item) => (isObject(item) ? withoutManagedFields(item) : item)) };
  }
  const metadata = object['metadata'];
  if (!isObject(metadata) || metadata['managedFields'] === undefined) return object;
  const { managedFields: _, ...rest } = metadata;
  return { ...object, metadata: rest };
}

function isWatchEvent(object: JsonObject): boolean {
  return typeof object['type'] === 'string' && isObject(object['object']) && object['kind'] === undefined;
}
