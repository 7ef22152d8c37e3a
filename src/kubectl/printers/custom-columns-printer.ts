import { goText } from '../../api/index.ts';
import { CommandError } from '../errors/command-error.ts';
import { TabWriter } from '../go/tab-writer.ts';
import { JsonPath } from '../../api/jsonpath/json-path.ts';
import { relaxedJsonPath } from './relaxed-json-path.ts';
import type { JsonObject } from '../resource/json.ts';
import { isList, itemsOf } from '../resource/unstructured.ts';
import { numberText } from '../../api/go/number-text.ts';
import type { ObjectPrinter } from './printer.ts';

interface Column {
  readonly header: string;
  readonly path: string;
}

/** Upstream: kubectl/pkg/cmd/get/customcolumn.go */
export class CustomColumnsPrinter implements ObjectPrinter {
  readonly #columns: readonly Column[];
  readonly #hasHeaders: boolean;
  #printed = new Set<boolean>();

  constructor(columns: readonly Column[], hasHeaders: boolean) {
    this.#columns = columns;
    this.#hasHeaders = hasHeaders;
  }

  /** `NAME:.metadata.name,IMAGE:.spec.containers[*].image` */
  static fromSpec(spec: string, hasHeaders: boolean): CustomColumnsPrinter {
    if (spec === '') throw new CommandError('custom-columns format specified but no custom columns given');
    const columns = spec.split(',').map((part): Column => {
      const colon = part.indexOf(':');
      if (colon < 0) {
        throw new CommandError(`unexpected custom-columns spec: ${part}, expected <header>:<json-path-expr>`);
      }
      return { header: part.slice(0, colon), path: relaxedJsonPath(part.slice(colon + 1)) };
    });
    return new CustomColumnsPrinter(columns, hasHeaders);
  }

  /** Two lines: headers, then paths. */
  static fromTemplate(template: string): CustomColumnsPrinter {
    const [headerLine, pathLine] = template.replace(/\n$/, '').split('\n');
    const format = 'Expected format is one line of space separated headers, one line of space separated column specs.';
    if (!template) throw new CommandError(`invalid template, missing header line. ${format}`);
    if (pathLine === undefined) throw new CommandError(`invalid template, missing spec line. ${format}`);
    const headers = headerLine!.split(/\s+/).filter((word) => word !== '');
    const paths = pathLine.split(/\s+/).filter((word) => word !== '');
    if (headers.length !== paths.length) {
      throw new CommandError(
        `number of headers (${headers.length}) and field specifications (${paths.length}) don't match`,
      );
    }
    const columns = headers.map((header, index) => ({ header, path: relaxedJsonPath(paths[index]!) }));
    return new CustomColumnsPrinter(columns, true);
  }

  print(object: JsonObject): string {
    let output = '';
    const writer = new TabWriter((text) => (output += text));
    const isListPrinted = isList(object);
    if (this.#hasHeaders && !this.#printed.has(isListPrinted)) {
      writer.write(`${this.#columns.map((column) => column.header).join('\t')}\n`);
      this.#printed = new Set([isListPrinted]);
    }
    const paths = this.#columns.map((column) => parse(column.path));
    for (const each of isListPrinted ? itemsOf(object) : [object]) {
      writer.write(`${paths.map((path) => cellOf(path, each)).join('\t')}\n`);
    }
    writer.flush();
    return output;
  }
}

function parse(path: string): JsonPath {
  try {
    return new JsonPath(path, { allowsMissingKeys: true });
  } catch (error) {
    throw new CommandError((error as Error).message);
  }
}

function cellOf(path: JsonPath, object: JsonObject): string {
  const results = path.find(object);
  if (results.length === 0 || results[0]!.length === 0) return '<none>';
  return results.flatMap((values) => values.map(valueText)).join(',');
}

/** Go's fmt.Sprint. */
function valueText(value: unknown): string {
  return (typeof value === 'number' ? numberText(value) : goText(value)).replaceAll('\u001b', '^[');
}
